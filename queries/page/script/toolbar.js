// Buttons, keys and theme.

function startToolbar() {
  const on = (id, act) => byId(id).addEventListener("click", act);
  on("zoom-in", () => zoomBy(1.4));
  on("zoom-out", () => zoomBy(1 / 1.4));
  on("fit", () => fitView());
  on("reset", resetAll);
  on("undo", undoLast);
  watch(UNDONE, () => (byId("undo").disabled = !past.length));
  on("physics", () => {
    const running = byId("physics").getAttribute("aria-pressed") !== "true";
    byId("physics").setAttribute("aria-pressed", String(running));
    setPhysics(running);
  });
  on("toggle-theme", () =>
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
  );
  on("open-legend", () => openLegend(!byId("legend").classList.contains("open")));
  for (const id of ["tools", "zoom", "legend"]) byId(id).hidden = false;
}

function undoLast() {
  speak(undo() ? "Undone" : "Nothing to undo");
}

/** Everything as it was when the page opened. */
function resetAll() {
  byId("physics").setAttribute("aria-pressed", "false");
  byId("query").value = "";
  clearTableFind();
  stopPlaying();
  setPhysics(false);
  change(firstView());
  resetPlaces();
  fitView();
  speak("Everything as at first");
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId("toggle-theme").setAttribute("aria-pressed", String(name === "dark"));
  if (!network) return;
  repaint();
  if (onMap()) drawMap();
  drawLegend();
  drawPanel(false);
}

function startTheme() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !isTyping(event)) {
      event.preventDefault();
      undoLast();
    }
    if (event.key !== "Escape") return;
    if (view.path?.to === null) change({ path: null });
    else if (byId("legend").classList.contains("open")) openLegend(false);
    else if (view.selected) closePanel();
    else showAs("graph");
  });
  const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  graph.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) moveCursor(...steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") openAtCursor();
    else if (event.key === "+" || event.key === "=") zoomBy(1.25);
    else if (event.key === "-") zoomBy(1 / 1.25);
    else if (event.key === "0") fitView();
    else return;
    event.preventDefault();
  });
  graph.addEventListener("focus", () => network.redraw());
  graph.addEventListener("blur", () => network.redraw());
}

const isTyping = ({ target }) => target.matches?.('input[type="search"]');

/** Moves the keyboard's place to the nearest name in a direction; without one, to the first. */
function moveCursor(dx, dy) {
  const from = view.cursor !== null && shown.nodes[view.cursor] ? placeOf(view.cursor) : null;
  let best = null;
  let least = Infinity;
  for (const number of labelOrder) {
    if (!shown.nodes[number] || number === view.cursor) continue;
    if (!from) {
      best = number;
      break;
    }
    const { x, y } = placeOf(number);
    const along = (x - from.x) * dx + (y - from.y) * dy;
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    if (along <= 1 || aside > along * 2.5) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [number, cost];
  }
  if (best === null) return;
  change({ cursor: best });
  reveal([best]);
  const node = nodes[best];
  speak(
    `${isDeal(best) ? node.short : node.name}, ${lookOf(node).title}, ${count(node.degree, "tie", "ties")}`.slice(
      0,
      300,
    ),
  );
}

function openAtCursor() {
  if (view.cursor === null) moveCursor(0, 0);
  if (view.cursor === null) return;
  if (opensPart(view.cursor)) return goToPart(nodes[view.cursor].part);
  select({ node: view.cursor });
  byId("panel-title")?.focus({ preventScroll: true });
}

function startPrint() {
  let before = "light";
  window.addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme;
    if (before !== "light") setTheme("light");
    byId("printed").replaceChildren(makeTable(wordTies().slice(0, 200)));
  });
  window.addEventListener("afterprint", () => {
    byId("printed").replaceChildren();
    if (before !== "light") setTheme(before);
  });
}
