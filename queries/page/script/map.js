// The map: land and borders, a marker for each place, arcs for the ties between places. Paint is
// given as attributes, so that the same drawing can be saved as a picture.

const MAP = {
  pad: 70, // pixels about what is fitted
  least: 700, // units of the map that are seen at least
  most: 3, // pixels to a unit at most
  bulge: 0.12, // of an arc's length
  names: 2, // told under a place
};
const atlas = { x: 0, y: 0, scale: 0.1, markers: [], lanes: [], dragged: false };

const onMap = () => view.as === "map";
const toScreen = ({ x, y }) => ({ x: x * atlas.scale + atlas.x, y: y * atlas.scale + atlas.y });

function startMap() {
  if (!world) return;
  const button = byId("toggle-map");
  button.hidden = false;
  button.addEventListener("click", () => showAs(onMap() ? "graph" : "map"));
  const land = makeSvg("path", { d: world.land });
  const borders = makeSvg("path", { d: world.borders, fill: "none" });
  atlas.ground = makeSvg("g", {}, land, borders);
  atlas.arcs = makeSvg("g", { "aria-hidden": "true" });
  atlas.places = makeSvg("g");
  atlas.words = makeSvg("g", { "aria-hidden": "true", "pointer-events": "none" });
  atlas.svg = makeSvg(
    "svg",
    { class: "atlas", role: "group", "aria-label": "Map" },
    atlas.ground,
    atlas.arcs,
    atlas.places,
    atlas.words,
  );
  atlas.markers = spots.map((_, spot) => makeMarker(spot));
  atlas.places.append(...atlas.markers);
  byId("map").prepend(atlas.svg);
  listenToMap();
  let opened = false;
  watch(["as", ...FILTERS], () => {
    byId("map").hidden = !onMap();
    if (!onMap()) return;
    drawMap();
    if (!opened) fitMap();
    opened = true;
  });
  watch(["selected", "hovered"], () => onMap() && paintMap());
}

function makeMarker(spot) {
  const open = (event) => {
    if (atlas.dragged) return;
    select(itemAt(spot));
    if (event.type === "keydown") byId("panel-title")?.focus({ preventScroll: true });
  };
  const marker = makeSvg("g", { class: "marker", role: "button", tabindex: "0" });
  marker.append(makeSvg("circle"), makeSvg("circle", { fill: "none", stroke: "none" }));
  marker.addEventListener("click", open);
  marker.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open(event);
  });
  marker.addEventListener("mouseenter", () => hover(itemAt(spot)));
  marker.addEventListener("mouseleave", () => hover(null));
  return marker;
}

/** Draws anew what the filters decide: which places and arcs there are. */
function drawMap() {
  atlas.lanes = listLanes();
  atlas.arcs.replaceChildren(...atlas.lanes.map(makeArc));
  spots.forEach((_, spot) => {
    const there = shownAt(spot);
    const marker = atlas.markers[spot];
    marker.setAttribute("display", there.length ? "inline" : "none");
    if (there.length)
      marker.setAttribute(
        "aria-label",
        `${spots[spot].name}: ${there.map(nameOf).join(", ")}`.slice(0, 200),
      );
  });
  const { names, placed } = countPlaced();
  byId("map-note").textContent = !names
    ? "No name is shown"
    : placed === names
      ? "All names have a place on the map"
      : `${placed} of ${count(names, "name has", "names have")} a place on the map`;
  paintMap();
}

const nameOf = (node) => (isDeal(node) ? nodes[node].short : nodes[node].name);

/** A line for the eye and a wider one for the pointer. */
function makeArc(lane) {
  const arc = makeSvg("g", { class: "lane" }, makeSvg("path"), makeSvg("path"));
  arc.addEventListener("click", () => atlas.dragged || select(itemOn(lane)));
  arc.addEventListener("mouseenter", () => hover(itemOn(lane)));
  arc.addEventListener("mouseleave", () => hover(null));
  return arc;
}

/** Gives everything its place and its paint. */
function paintMap() {
  if (!onMap()) return;
  const { clientWidth: width, clientHeight: height } = stage;
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    atlas.svg.setAttribute(name, value);
  const { x, y, scale } = atlas;
  set(atlas.ground, { transform: `translate(${round(x)} ${round(y)}) scale(${scale})` });
  const [land, borders] = atlas.ground.children;
  set(land, { fill: theme.land });
  set(borders, { stroke: theme.border, "stroke-width": 0.8 / scale, "stroke-linejoin": "round" });
  const item = view.hovered || view.selected;
  const focus = findSpotsOf(item);
  const near = new Set(focus);
  atlas.lanes.forEach((lane, at) => {
    const stands = !focus || isInFocus(lane, item);
    if (focus && stands) [lane.from, lane.to].forEach((spot) => near.add(spot));
    paintArc(atlas.arcs.children[at], lane, stands);
  });
  spots.forEach((_, spot) => paintMarker(spot, !focus || near.has(spot), focus?.has(spot)));
  writePlaces(focus ? near : null);
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/** Whether an arc belongs to what is selected or pointed at. */
function isInFocus(lane, item) {
  if (item.lane) return item.lane === lane.key;
  if (item.spot !== undefined) return lane.from === item.spot || lane.to === item.spot;
  const found = findFocus(item);
  return [...lane.links].some((link) => found.links.has(link));
}

function paintArc(arc, lane, stands) {
  const [line, hit] = arc.children;
  const [a, b] = [toScreen(spots[lane.from]), toScreen(spots[lane.to])];
  const found = [...lane.links];
  const sure = found.filter((link) => statusOf(link).confirmed);
  const weights = found.map(weightOf);
  const weight = ["strong", "plain", "faint"].find((one) => weights.includes(one));
  const statuses_ = new Set(found.map((link) => links[link].status));
  const dash = statuses_.size === 1 ? statusOf(found[0]).dash : [];
  const d = drawArc(a, b);
  set(line, {
    d,
    fill: "none",
    stroke: sure.length ? theme.ties[weight] : theme.unsure,
    "stroke-width": WIDTHS[weight] * 0.7 + Math.log2(found.length),
    "stroke-dasharray": dash.join(" "),
    "stroke-opacity": stands ? 0.9 : 0.15,
  });
  set(hit, { d, fill: "none", stroke: "transparent", "stroke-width": 12, class: "hit" });
}

/** An arc bent to the north, as long flights look on a map. */
function drawArc(a, b) {
  const [west, east] = a.x <= b.x ? [a, b] : [b, a];
  const [dx, dy] = [east.x - west.x, east.y - west.y];
  const pull = {
    x: (west.x + east.x) / 2 + dy * MAP.bulge * 2,
    y: (west.y + east.y) / 2 - dx * MAP.bulge * 2,
  };
  const points = [west, pull, east].map(({ x, y }) => `${round(x)} ${round(y)}`);
  return `M${points[0]}Q${points[1]} ${points[2]}`;
}

const radiusAt = (spot) => 4.5 + 1.7 * Math.sqrt(shownAt(spot).length);

/** The best connected name at a place lends it its colour; organisations come before places. */
const leaderAt = (spot) =>
  shownAt(spot).sort(
    (a, b) =>
      Number(lookOf(nodes[a]).minor) - Number(lookOf(nodes[b]).minor) ||
      Number(isDeal(a)) - Number(isDeal(b)) ||
      nodes[b].degree - nodes[a].degree,
  )[0];

function paintMarker(spot, stands, chosen) {
  const there = leaderAt(spot);
  if (there === undefined) return;
  const marker = atlas.markers[spot];
  const { x, y } = toScreen(spots[spot]);
  const kind = lookOf(nodes[there]);
  set(marker, { transform: `translate(${round(x)} ${round(y)})`, opacity: stands ? 1 : 0.25 });
  const [dot, ring] = marker.children;
  const r = radiusAt(spot);
  const edge = kind.deal ? edgeOf(kind) : theme.ground;
  set(dot, { r, fill: kind.colour, stroke: edge, "stroke-width": 1.5 });
  set(ring, { r: r + 4, stroke: chosen ? theme.accent : "none", "stroke-width": 2.5 });
}

/** Names of places, and under each who is there, where there is room. */
function writePlaces(only) {
  const grid = makeGrid();
  takeControls(grid);
  const placed = spots
    .map((_, spot) => spot)
    .filter((spot) => shownAt(spot).length)
    .sort(
      (a, b) =>
        Number(Boolean(only?.has(b))) - Number(Boolean(only?.has(a))) || rankAt(b) - rankAt(a),
    );
  for (const spot of placed) {
    const { x, y } = toScreen(spots[spot]);
    const r = radiusAt(spot);
    grid.take({ x1: x - r, y1: y - r, x2: x + r, y2: y + r }, `spot${spot}`);
  }
  const written = placed.flatMap((spot) => (only && !only.has(spot) ? [] : writePlace(grid, spot)));
  atlas.words.replaceChildren(...written);
}

const rankAt = (spot) => shownAt(spot).reduce((sum, node) => sum + nodes[node].degree, 0);

function writePlace(grid, spot) {
  const { x, y } = toScreen(spots[spot]);
  const r = radiusAt(spot);
  const lines_ = [cutLine(Array.from(spots[spot].name)), wordWho(spot)].filter(Boolean);
  const half = Math.max(...lines_.map(measureWord)) / 2 + 4;
  const tall = 16 * lines_.length;
  const places = [
    [x, y + r + 4],
    [x, y - r - 4 - tall],
    [x + r + 4 + half, y - tall / 2],
    [x - r - 4 - half, y - tall / 2],
  ];
  for (const [cx, top] of places) {
    const box = { x1: cx - half, y1: top, x2: cx + half, y2: top + tall };
    const inside = box.x1 > 0 && box.y1 > 0 && box.x2 < stage.clientWidth;
    if (!inside || !grid.free(box, `spot${spot}`)) continue;
    grid.take(box, `spot${spot}`, true);
    return lines_.map((line, at) => writeLine(line, cx, top + 12 + 15 * at, at));
  }
  return [];
}

const PLACE_FONT = [
  { size: 13, weight: 600 },
  { size: 11.5, weight: 400 },
];

/** How wide a line is, the first of a place or the second. */
function measureWord(text, at) {
  atlas.pen ||= document.createElement("canvas").getContext("2d");
  setFont(atlas.pen, PLACE_FONT[at].size, PLACE_FONT[at].weight);
  return measure(atlas.pen, text);
}

function writeLine(text, x, y, at) {
  const line = makeSvg("text", {
    x: round(x),
    y: round(y),
    "text-anchor": "middle",
    "font-size": PLACE_FONT[at].size,
    "font-weight": PLACE_FONT[at].weight,
    fill: at ? theme.soft : theme.ink,
    stroke: theme.ground,
    "stroke-width": 3.5,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  line.textContent = keepXml(text);
  return line;
}

/** Who is at a place, in a line: "Scania, Volvo +3"; nothing where it is the place alone. */
function wordWho(spot) {
  const own = (node) => lookOf(nodes[node]).minor && nodes[node].name === spots[spot].name;
  const there = shownAt(spot)
    .filter((node) => !own(node))
    .sort((a, b) => Number(isDeal(a)) - Number(isDeal(b)) || nodes[b].degree - nodes[a].degree);
  const told = there.slice(0, MAP.names).map((node) => cutLine(Array.from(nameOf(node))));
  const more = there.length - told.length;
  return told.join(", ") + (more ? ` +${more}` : "");
}
