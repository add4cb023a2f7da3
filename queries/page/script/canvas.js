// The picture itself: vis-network with places given, physics off, and colours of the theme.

const graph = byId("graph");
const stage = byId("stage");
const plain = options.page.plain; // straight ties
const bare = options.page.bare; // no dashes, no arrows, until focused
let network = null;
let nodeSet = null;
let edgeSet = null;
let theme = {};
let upright = false;
let stretch = { x: 1, y: 1 };

/** Colours and type for the canvas, from the style sheet. */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  theme = {
    ground: get("--canvas"),
    ink: get("--ink"),
    soft: get("--soft"),
    ties: {
      strong: get("--tie-strong"),
      plain: get("--tie"),
      faint: get("--tie-faint"),
    },
    unsure: get("--unsure"),
    accent: get("--accent"),
    sea: get("--sea"),
    land: get("--land"),
    border: get("--border"),
    font: get("--font"),
  };
}

function startCanvas() {
  readTheme();
  suitStage();
  nodeSet = new vis.DataSet(
    drawing.nodes.map((node) => ({ ...turn(node), ...paintNode(node.id) })),
  );
  edgeSet = new vis.DataSet(
    drawing.edges.map((edge) => ({
      id: edge.id,
      from: edge.from,
      to: edge.to,
      smooth: curve(edge),
      hidden: !shown.links[edge.id],
      ...paintLink(edge.id, !bare),
    })),
  );
  const { page, ...settings } = options;
  network = new vis.Network(graph, { nodes: nodeSet, edges: edgeSet }, settings);
  graph.querySelector(".vis-network").tabIndex = -1; // the keys are the graph's, one stop is enough
}

const isUpright = () => stage.clientHeight > stage.clientWidth * 1.15;

const MOST_STRETCH = 1.7;

/**
 * Suits the layout to the stage: turned by 90° where that is higher than wide, and drawn out the
 * way that would stay empty. Drawing out can't bring two nodes together.
 */
function suitStage() {
  upright = isUpright();
  stretch = { x: 1, y: 1 };
  const places = drawing.nodes.map(turn);
  const reach = (key) =>
    Math.max(...places.map((place) => place[key])) - Math.min(...places.map((place) => place[key]));
  if (places.length < 3 || places.length > 1500) return;
  const { width, height } = freeRoom();
  const factor = width / height / ((reach("x") + 80) / (reach("y") + 60));
  if (factor > 1) stretch.x = Math.min(MOST_STRETCH, factor);
  else stretch.y = Math.min(MOST_STRETCH, 1 / factor);
}

/** A node's place: as laid out, suited to the stage. */
function turn(node) {
  const [x, y] = upright ? [node.y, -node.x] : [node.x, node.y];
  return { id: node.id, x: x * stretch.x, y: y * stretch.y };
}

function paintNode(number) {
  const kind = lookOf(nodes[number]);
  const colour = { background: fillOf(kind), border: edgeOf(kind) };
  const { shape, size } = drawing.nodes[number];
  return { shape, size, color: colour, borderWidth: kind.deal ? 1.5 : 1.2 };
}

const WIDTHS = { strong: 2.4, plain: 1.4, faint: 1 };

/** How heavily a tie is drawn: the way from a deal to its place lightly, though the deal is not. */
const weightOf = (number) =>
  links[number].spoke === "SITED_IN" ? "plain" : types.get(links[number].type).weight;

/** Colour, width, dash and arrow of a tie; `styled` false leaves the costly ones out. */
function paintLink(number, styled) {
  const link = links[number];
  const status = statusOf(number);
  const weight = weightOf(number);
  // In a crowd heavy lines would cover everything: there only their colour tells.
  const width = (plain ? 1 : WIDTHS[weight]) * (0.6 + 0.4 * link.confidence);
  const full = plain ? (weight === "strong" ? 0.45 : 0.5) : 1;
  if (link.times) return paintBundle(link, status);
  return {
    color: {
      color: status.confirmed ? theme.ties[weight] : theme.unsure,
      opacity: styled ? full : status.confirmed ? 0.7 * full : 0.12,
      inherit: false,
    },
    width: status.confirmed ? width : Math.min(width, 1.4),
    dashes: styled && status.dash.length ? status.dash : false,
    arrows:
      styled && link.directed && !link.spoke ? { to: { enabled: true, scaleFactor: 0.55 } } : "",
  };
}

const mostTimes = links.reduce((most, { times = 0 }) => Math.max(most, times), 1);

/** The ties between two communities: the more they are, the heavier. */
function paintBundle({ times }, status) {
  const share = times / mostTimes;
  return {
    color: {
      color: status.confirmed ? theme.ties.strong : theme.unsure,
      opacity: Math.max(0.06, share),
      inherit: false,
    },
    width: 1 + 5 * share,
    dashes: false,
    arrows: "",
  };
}

function curve(edge) {
  if (!edge.bend) return { enabled: false };
  return {
    enabled: true,
    type: edge.bend > 0 ? "curvedCW" : "curvedCCW",
    roundness: Math.abs(edge.bend),
  };
}

/** Draws all anew in the colours of the theme. */
function repaint() {
  readTheme();
  nodeSet.update(drawing.nodes.map(({ id }) => ({ id, ...paintNode(id) })));
  edgeSet.update(drawing.edges.map(({ id }) => ({ id, ...paintLink(id, !bare) })));
}

/**
 * Brings the canvas to what the filters show. Past the DataSet: of five thousand nodes and their
 * ties it would set every option anew, which takes ten times as long.
 */
function refreshShown() {
  nodes.forEach((_, id) => (network.body.nodes[id].options.hidden = !shown.nodes[id]));
  links.forEach((_, id) => (network.body.edges[id].options.hidden = !shown.links[id]));
  network._updateVisibleIndices();
}

/** Puts every node back where the layout had it. */
function resetPlaces() {
  suitStage();
  nodeSet.update(drawing.nodes.map(turn));
}

const placeOf = (number) => {
  const node = network.body.nodes[number];
  return { x: node.x, y: node.y };
};

/** What overlays the stage: CSS pixels at the right and at the bottom. */
function covered() {
  const panel = byId("panel");
  if (panel.hidden) return { right: 0, bottom: 0 };
  return narrow()
    ? { right: 0, bottom: panel.offsetHeight }
    : { right: panel.offsetWidth + 16, bottom: 0 };
}

/** Width and height that nodes may fill: what nothing covers, less room for names. */
function freeRoom() {
  const { right, bottom } = covered();
  const side = narrow() ? 38 : 64;
  return {
    width: Math.max(60, stage.clientWidth - right - 2 * side),
    height: Math.max(60, stage.clientHeight - bottom - (bottom ? 70 : 96)),
  };
}

/** Moves the view so that these nodes (all shown ones without a list) fill what is free. */
function fitView(only, animate = true) {
  if (onMap()) {
    fitMap(only?.map((node) => spotOf[node]).filter((spot) => spot !== null));
    return;
  }
  const numbers = only || nodes.map((_, number) => number).filter((number) => shown.nodes[number]);
  if (!numbers.length || !stage.clientWidth) return;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const number of numbers) {
    const { x, y } = placeOf(number);
    const { size } = drawing.nodes[number];
    box.left = Math.min(box.left, x - size);
    box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  const free = freeRoom();
  const scale = Math.min(
    free.width / Math.max(1, box.right - box.left),
    free.height / Math.max(1, box.bottom - box.top),
    1.35,
  );
  moveView(
    { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 },
    Math.max(0.02, scale),
    animate,
  );
}

/** Brings a point of the picture to the middle of what is free. */
function moveView(position, scale, animate = true) {
  const { right, bottom } = covered();
  const offset = { x: -right / 2, y: -bottom / 2 - 6 };
  const animation =
    animate && !calm() && nodes.length <= 1500
      ? { duration: 260, easingFunction: "easeInOutQuad" }
      : false;
  network.moveTo({ position, scale, offset, animation });
}

/** Brings these nodes into what nothing covers: not at all, by moving, or by zooming out. */
function reveal(numbers) {
  const { right, bottom } = covered();
  const room = {
    left: 40,
    top: 40,
    right: stage.clientWidth - right - 40,
    bottom: stage.clientHeight - bottom - 44,
  };
  const places = numbers.map(placeOf);
  const seen = places.every((place) => {
    const { x, y } = network.canvasToDOM(place);
    return x >= room.left && x <= room.right && y >= room.top && y <= room.bottom;
  });
  if (seen) return true;
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [wide, high] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  const scale = network.getScale();
  const fitting = Math.min(
    scale,
    (room.right - room.left) / Math.max(1, wide),
    (room.bottom - room.top) / Math.max(1, high),
  );
  if (fitting < scale * 0.55) return false;
  moveView({ x: Math.min(...xs) + wide / 2, y: Math.min(...ys) + high / 2 }, fitting);
  return true;
}

/** Zooms about the middle of the view. */
function zoomBy(factor) {
  if (onMap()) {
    zoomMap(factor);
    return;
  }
  network.moveTo({
    scale: Math.min(8, Math.max(0.02, network.getScale() * factor)),
    animation: calm() ? false : { duration: 160, easingFunction: "easeOutQuad" },
  });
}

/** Lets springs move the nodes, or stops them. */
function setPhysics(on) {
  network.setOptions({
    physics: on
      ? {
          enabled: true,
          stabilization: false,
          solver: "forceAtlas2Based",
          forceAtlas2Based: { gravitationalConstant: -90, springLength: 110, avoidOverlap: 0.6 },
          maxVelocity: 40,
          timestep: 0.4,
        }
      : { enabled: false },
  });
}
