// Communities of an answer too large for one picture: the overview opens them, each is a picture of
// its own, drawn by the page anew.

/** Opens a community, or, with null, the overview; a name in it by its number there. */
function goToPart(part, node) {
  const words = new URLSearchParams();
  if (part !== null) words.set("part", String(part));
  if (node !== undefined) words.set("name", String(node));
  location.hash = words.toString(); // startAddress draws the page anew
}

const opensPart = (node) => nodes[node]?.part !== undefined;

/** Above a community: whose it is, and the way back. */
function startParts() {
  const { within } = answer;
  if (!within) return;
  const names = nodes.filter((_, node) => !isDeal(node)).length;
  const said = [count(names, "name", "names"), count(ties.length, "tie", "ties")];
  if (within.outside)
    said.push(`${count(within.outside, "more tie leads", "more ties lead")} to other communities`);
  byId("part").append(
    make("button", {
      type: "button",
      class: "quiet",
      id: "all-parts",
      text: "‹ All communities",
      on: { click: () => goToPart(null) },
    }),
    make("b", { dir: "auto", text: within.name }),
    make("span", { text: said.join(", ") }),
  );
  byId("part").hidden = false;
  for (const notice of document.querySelectorAll(".notice")) notice.hidden = true;
}

/** The names of all communities that match best: [{name, part, number}]. */
function findMembers(query, most) {
  const wanted = fold(query);
  const found = [];
  if (!wanted) return found;
  answer.members.forEach((names, part) =>
    names.forEach((name, number) => {
      const rank = rankMatch(fold(name), wanted);
      if (rank < 9) found.push({ name, part, number, rank });
    }),
  );
  return found
    .sort((a, b) => a.rank - b.rank || a.part - b.part || a.number - b.number)
    .slice(0, most);
}

/** What the panel of a community offers. */
function drawOpening(node) {
  const { part } = nodes[node];
  return make("button", {
    type: "button",
    class: "tool opening",
    id: "open-part",
    text: "Open this community",
    on: { click: () => goToPart(part) },
  });
}
