// Start: draw, then listen.

function hover(item) {
  if (sameItem(view.hovered, item)) return;
  change({ hovered: item });
  graph.style.cursor = item ? "pointer" : "";
}

function listenToGraph() {
  network.on("afterDrawing", drawOver);
  network.on("click", ({ nodes: [node], edges: [link] }) => {
    if (node !== undefined && opensPart(node)) goToPart(nodes[node].part);
    else if (node !== undefined) select({ node });
    else if (link !== undefined) {
      const deal = [links[link].from, links[link].to].find(isDeal);
      select(deal !== undefined ? { node: deal } : { link });
    } else select(null);
  });
  network.on("hoverNode", ({ node }) => hover({ node }));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", ({ edge }) => hover({ link: edge }));
  network.on("blurEdge", () => hover(null));
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) fitView([...findFocus().nodes]);
  });
}

/** A frame in a notebook, or a turned phone, gets its size after the page has started. */
function watchSize() {
  let last = { width: stage.clientWidth, height: stage.clientHeight };
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = stage;
    if (!width || !height || (width === last.width && height === last.height)) return;
    last = { width, height };
    if (isUpright() !== upright) resetPlaces();
    network.setSize("100%", "100%");
    network.redraw();
    fitView(null, false);
  }).observe(stage);
}

function sayNothing() {
  const nothing = byId("nothing");
  nothing.hidden = false;
  if (answer.note) nothing.append(make("p", { class: "said", dir: "auto", text: answer.note }));
  else
    nothing.append(
      make("h2", { text: "Nothing was found" }),
      make("p", {
        text: "No name and no tie in the graph answers this question. Try another name or a wider question.",
      }),
    );
  byId("zoom").hidden = true;
  byId("legend").hidden = true;
  byId("tools").hidden = true;
  document.body.classList.add("empty");
}

function start() {
  startTheme();
  startToolbar();
  startLegend();
  startPanel();
  startTable(); // after the panel, which takes room from it
  startMap();
  startParts();
  startSearch();
  startReach();
  startExport();
  startKeys();
  startPrint();
  startCanvas();
  graph.setAttribute(
    "aria-label",
    `Graph of ${count(countShown().names, ...ONES)} and ${count(countShown().ties, "tie", "ties")}`,
  );
  network.once("afterDrawing", () => {
    requestAnimationFrame(() => {
      window.partnergraphReady = performance.now();
      document.body.dataset.ready = "yes";
    });
  });
  listenToGraph();
  fitView(null, false);
  watch(FILTERS, () => {
    applyFilters();
    refreshShown();
  });
  watchers.unshift(watchers.pop()); // filters first: what is drawn depends on them
  watch(["selected", "hovered", "cursor", ...FILTERS], () => network.redraw());
  startAddress();
  watchSize();
  if (!nodes.length) sayNothing();
}

start();
