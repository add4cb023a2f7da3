// What stands out: a veil over the picture, and what is selected or under the pointer drawn again
// on top. Restyling every other node and tie instead would take eight times as long.

/** The nodes and links that belong to the selected or hovered item; null where none is. */
function findFocus(item = view.selected || view.hovered) {
  if (!item) return null;
  const focus = { nodes: new Set(), links: new Set() };
  if (item.spot !== undefined) for (const node of shownAt(item.spot)) addNeighbours(focus, node);
  else if (item.lane) for (const link of findLane(item.lane)?.links || []) addLink(focus, link);
  else if (item.link !== undefined) {
    addLink(focus, item.link);
  } else {
    addNeighbours(focus, item.node);
    // The other parties of a deal are who one works with: they belong to the focus too.
    if (!isDeal(item.node))
      for (const node of [...focus.nodes]) if (isDeal(node)) addNeighbours(focus, node);
  }
  return focus;
}

function addLink(focus, link) {
  focus.links.add(link);
  for (const node of [links[link].from, links[link].to]) {
    focus.nodes.add(node);
    if (isDeal(node)) addNeighbours(focus, node);
  }
}

function addNeighbours(focus, node) {
  focus.nodes.add(node);
  for (const link of linksOf[node]) {
    if (!shown.links[link]) continue;
    focus.links.add(link);
    focus.nodes.add(otherEnd(link, node));
  }
}

/** Everything that is drawn after vis-network has drawn its nodes and ties. */
function drawOver(pen) {
  const focus = findFocus();
  if (focus) {
    drawVeil(pen);
    for (const link of focus.links) drawLinkAgain(pen, link);
    for (const node of focus.nodes) if (shown.nodes[node]) network.body.nodes[node].draw(pen);
  }
  if (view.selected?.node !== undefined) drawRing(pen, view.selected.node, theme.accent, 3);
  for (const number of view.pinned) drawRing(pen, number, theme.soft, 1);
  if (view.cursor !== null && document.activeElement === graph)
    drawRing(pen, view.cursor, theme.ink, 2);
  drawLabels(pen, focus);
}

function drawVeil(pen) {
  const scale = network.getScale();
  const { x, y } = network.body.view.translation;
  pen.save();
  pen.globalAlpha = view.selected ? 0.84 : 0.7;
  pen.fillStyle = theme.ground;
  pen.fillRect(-x / scale, -y / scale, stage.clientWidth / scale, stage.clientHeight / scale);
  pen.restore();
}

function drawLinkAgain(pen, number) {
  const edge = network.body.edges[number];
  if (bare) edge.setOptions({ ...paintLink(number, true) });
  const selected = view.selected?.link === number;
  const { width, color } = edge.options;
  const { color: kept, opacity } = color;
  edge.options.width = selected ? width + 1.6 : width + 0.4;
  color.opacity = 1;
  if (statusOf(number).confirmed) color.color = selected ? theme.accent : strengthen(number);
  edge.draw(pen);
  edge.options.width = width;
  color.color = kept;
  color.opacity = opacity;
  if (bare) edge.setOptions({ ...paintLink(number, false) });
}

/** The colour of a tie in focus: one step stronger than it has, a deal's own. */
const strengthen = (number) => (weightOf(number) === "strong" ? theme.ties.strong : theme.soft);

function drawRing(pen, number, colour, width) {
  if (!shown.nodes[number]) return;
  const { x, y } = placeOf(number);
  const scale = network.getScale();
  pen.save();
  pen.beginPath();
  pen.arc(x, y, drawing.nodes[number].size + 5 / scale + 2, 0, 2 * Math.PI);
  pen.strokeStyle = colour;
  pen.lineWidth = width / scale;
  pen.stroke();
  pen.restore();
}

/** Selects a node or a tie, opens its panel and brings it into view. */
function select(item) {
  if (endPath(item)) return;
  change({ selected: item, hovered: null, cursor: item?.node ?? view.cursor });
  if (!item) return;
  if (onMap()) {
    revealOnMap(item);
    return;
  }
  const focus = [...findFocus().nodes].filter((node) => shown.nodes[node]);
  if (focus.length <= 60 && reveal(focus)) return;
  reveal(item.node !== undefined ? [item.node] : [links[item.link].from, links[item.link].to]);
}
