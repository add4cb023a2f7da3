// The view in the page's address (its fragment), so that it can be kept, sent and come back to.

const LISTS = {
  kinds: answer.kinds,
  groups: answer.groups,
  types: answer.types,
  statuses: answer.statuses,
};

/** The view as a fragment: what differs from the first view, by numbers of rows and nodes. */
function wordView() {
  const words = new URLSearchParams();
  const put = (name, value) => value && words.set(name, value);
  for (const [group, rows] of Object.entries(LISTS))
    put(
      group,
      rows
        .map(({ id }, at) => (view.off[group].has(id) ? at : -1))
        .filter((at) => at >= 0)
        .join("."),
    );
  put("part", openPart !== null && String(openPart));
  put("documents", [...view.off.documents].sort((a, b) => a - b).join("."));
  put("least", view.least ? String(Math.round(view.least * 100)) : "");
  put("time", view.time?.join("."));
  put("near", view.near && `${view.near.node}.${view.near.steps}`);
  put("path", view.path && view.path.to !== null && `${view.path.from}.${view.path.to}`);
  put("fold", view.folded && "1");
  put("gone", [...view.gone].sort((a, b) => a - b).join("."));
  put("name", view.selected?.node !== undefined && String(view.selected.node));
  put("tie", view.selected?.link !== undefined && String(view.selected.link));
  put("spot", view.selected?.spot !== undefined && String(view.selected.spot));
  put("as", view.as !== "graph" && view.as);
  return words.toString();
}

/** The view that a fragment tells; what it tells wrongly is left as at first. */
function readView(fragment) {
  const words = new URLSearchParams(fragment);
  const numbers = (name, below) =>
    (words.get(name) || "")
      .split(".")
      .filter((text) => /^\d{1,7}$/.test(text))
      .map(Number)
      .filter((number) => number < below);
  const found = firstView();
  for (const [group, rows] of Object.entries(LISTS))
    found.off[group] = new Set(numbers(group, rows.length).map((at) => rows[at].id));
  found.off.documents = new Set(numbers("documents", documents.length));
  found.least = (numbers("least", 101)[0] || 0) / 100;
  const time = numbers("time", periods.length);
  if (time.length === 2 && time[0] <= time[1]) found.time = time;
  const [near, steps] = numbers("near", Math.max(nodes.length, MOST_STEPS + 1));
  if (near < nodes.length && steps >= 1 && steps <= MOST_STEPS) found.near = { node: near, steps };
  const path = numbers("path", nodes.length);
  if (path.length === 2 && path[0] !== path[1]) found.path = { from: path[0], to: path[1] };
  found.gone = new Set(numbers("gone", nodes.length));
  const [[name], [tie]] = [numbers("name", nodes.length), numbers("tie", links.length)];
  if (name !== undefined) found.selected = { node: name };
  else if (tie !== undefined) found.selected = { link: tie };
  found.folded = words.get("fold") === "1";
  const [spot] = numbers("spot", spots.length);
  if (spot !== undefined) found.selected = { spot };
  const as = words.get("as");
  if (as === "table" || (as === "map" && world)) found.as = as;
  return found;
}

let written = "";

function startAddress() {
  const read = () => {
    const fragment = location.hash.slice(1);
    if (fragment === written) return;
    if (readPart() !== openPart) {
      location.reload();
      return;
    }
    written = fragment;
    const { cursor, hovered, pinned, ...found } = readView(fragment);
    change(found);
    fitView(null, false);
  };
  read();
  watch([...FILTERS, "selected", "as"], keepAddress);
  window.addEventListener("hashchange", read);
}

function keepAddress() {
  written = wordView();
  try {
    history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
  } catch {
    // a frame without an address of its own, as in a notebook
  }
}
