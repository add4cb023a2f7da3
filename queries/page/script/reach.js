// What the panel offers to do with a name, and the line over the picture that says what was done.

const MOST_STEPS = 3;

/** Buttons for a name: its neighbourhood, the way to another, put away, pin. */
function drawReach(number) {
  const around = Array.from({ length: MOST_STEPS }, (_, at) => at + 1).map((steps) =>
    make("button", {
      type: "button",
      class: "step",
      id: `near-${steps}`,
      "aria-pressed": String(view.near?.node === number && view.near.steps === steps),
      "aria-label": `Only what is ${count(steps, "step", "steps")} away`,
      text: String(steps),
      on: { click: () => focusNear(number, steps) },
    }),
  );
  const act = (id, text, click, pressed) =>
    make("button", {
      type: "button",
      class: "step",
      id,
      text,
      "aria-pressed": pressed,
      on: { click },
    });
  const pinned = view.pinned.has(number);
  return make(
    "div",
    { class: "reach", role: "group", "aria-label": "In the picture" },
    make("span", { class: "reach-title", text: "Around" }),
    ...around,
    act("path-from", "Path to…", () => startPath(number)),
    act("pin", pinned ? "Unpin" : "Pin", () => pin(number), String(pinned)),
    act("put-away", "Hide", () => putAway(number)),
  );
}

function focusNear(node, steps) {
  const again = view.near?.node === node && view.near.steps === steps;
  change({ near: again ? null : { node, steps }, path: null });
  fitView();
}

function startPath(from) {
  if (view.as === "table") showAs("graph");
  change({ path: { from, to: null }, near: null });
  speak("Choose the other name: click it, or find it.");
  byId("query").focus();
}

/** Takes a chosen name as the other end, where one is being picked; whether it was. */
function endPath(item) {
  const from = view.path?.from;
  if (!view.path || view.path.to !== null || item?.node === undefined) return false;
  if (isDeal(item.node) || item.node === from) return false;
  change({ path: { from, to: item.node }, selected: null, hovered: null });
  fitView();
  speak(wordPath());
  return true;
}

function wordPath() {
  const { from, to } = view.path;
  const steps = countSteps(view.path);
  const names = `${shorten(nodes[from].name)} – ${shorten(nodes[to].name)}`;
  if (steps === Infinity) return `${names}: no path over confirmed ties that are shown`;
  return `${names}: ${count(steps, "step", "steps")}`;
}

const shorten = (name) => {
  const letters = Array.from(name);
  return letters.length > 28 ? `${letters.slice(0, 27).join("")}…` : name;
};

function putAway(number) {
  change({ gone: new Set([...view.gone, number]), selected: null });
  graph.focus({ preventScroll: true });
}

function pin(number) {
  const next = new Set(view.pinned);
  if (!next.delete(number)) next.add(number);
  change({ pinned: next });
}

/** The line over the picture, a piece for each thing that it leaves out beyond the legend. */
function startReach() {
  const line = byId("chips");
  const draw = () => {
    line.replaceChildren(...listChips().map(drawChip));
    line.hidden = !line.children.length;
  };
  watch(FILTERS, draw);
  watch(["pinned"], () => {
    nodeSet.update(nodes.map((_, id) => ({ id, fixed: view.pinned.has(id) })));
    drawPanel(false);
    network.redraw();
  });
}

function listChips() {
  const chips = [];
  if (view.path?.to === null)
    chips.push({
      text: `Path from ${shorten(nodes[view.path.from].name)}: choose the other name`,
      clear: { path: null },
    });
  else if (view.path) chips.push({ text: wordPath(), clear: { path: null } });
  if (view.near)
    chips.push({
      text: `${count(view.near.steps, "step", "steps")} around ${shorten(nodes[view.near.node].name)}`,
      clear: { near: null },
    });
  if (view.gone.size)
    chips.push({
      text: count(view.gone.size, "name put away", "names put away"),
      clear: { gone: new Set() },
    });
  return chips;
}

function drawChip({ text, clear }) {
  return make(
    "span",
    { class: "chip" },
    make("span", { dir: "auto", text }),
    make(
      "button",
      {
        type: "button",
        class: "chip-clear",
        "aria-label": `Take back: ${text}`,
        on: {
          click: () => {
            change(clear);
            graph.focus({ preventScroll: true });
            fitView();
          },
        },
      },
      drawIcon("M6 6l8 8M14 6l-8 8"),
    ),
  );
}
