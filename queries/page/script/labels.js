// Names in the picture, drawn by ourselves: always the same size on the screen, the best connected
// first, and none over another.

// `line`: letters in a line; `few`: ties that are named; `room`:
// square pixels of the stage to a name, in a small picture and in a crowd.
const LABEL = {
  size: 13,
  most: 220,
  line: 24,
  few: 70,
  room: 5000,
  crowdRoom: 12000,
  crowd: 150,
};
const widths = new Map();
const lines = new Map();

/** The order in which names are given room: names before deals, then by ties. */
const labelOrder = nodes
  .map((_, number) => number)
  .sort(
    (a, b) => Number(isDeal(a)) - Number(isDeal(b)) || nodes[b].degree - nodes[a].degree || a - b,
  );

const crowded = nodes.length > LABEL.crowd;

/** The names that come first: in a crowd they may cover small nodes, and they are set in bold. */
const leaders = new Set(
  labelOrder.slice(0, crowded ? 12 : 5).filter((number) => nodes[number].degree > 3),
);

/** What so many deals, or ties, are called that it says nothing: left out until in focus. */
const findDull = (names) => {
  const times = new Map();
  for (const name of names) if (name) times.set(name, (times.get(name) || 0) + 1);
  const [name, most] = [...times].sort((a, b) => b[1] - a[1])[0] || ["", 0];
  return most > 12 ? name : null;
};
const dullName = findDull(nodes.map((node) => node.short));
const dullTie = findDull(links.map((link) => (link.spoke ? null : link.label)));

/** A node's name as it is drawn: one or two short lines. */
function linesOf(number) {
  if (!lines.has(number))
    lines.set(number, breakName(isDeal(number) ? nodes[number].short : nodes[number].name));
  return lines.get(number);
}

function breakName(text) {
  const letters = Array.from(text.slice(0, 200).replace(/\s+/g, " ").trim());
  if (letters.length <= LABEL.line) return [letters.join("")];
  const spaces = letters
    .map((letter, at) => (letter === " " ? at : -1))
    .filter((at) => at > 0 && at <= LABEL.line);
  const middle = letters.length / 2;
  const at = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  if (at === undefined) return [cutLine(letters)];
  return [letters.slice(0, at).join(""), cutLine(letters.slice(at + 1))];
}

const cutLine = (letters) =>
  letters.length > LABEL.line
    ? `${letters
        .slice(0, LABEL.line - 1)
        .join("")
        .trim()}…`
    : letters.join("");

/** Draws names and marks over the nodes; `focus` (or null) holds the nodes and links in focus. */
function drawLabels(pen, focus) {
  const matrix = pen.getTransform();
  const scale = network.getScale();
  const ratio = matrix.a / scale;
  const { x: left, y: top } = network.body.view.translation;
  const onScreen = (place) => ({ x: place.x * scale + left, y: place.y * scale + top });
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.lineJoin = "round";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const grid = makeGrid();
  const seen = takeNodes(grid, onScreen, scale, focus);
  takeControls(grid);
  drawMarks(pen, grid, onScreen, scale, focus);
  drawChosenTies(pen, grid, onScreen);
  drawNames(pen, grid, seen, onScreen, scale, focus);
  if (links.length <= LABEL.few || (focus && focus.links.size <= LABEL.few))
    drawTieNames(pen, grid, onScreen, scale, focus);
  pen.restore();
}

/** Gives every node on the screen its own place in the grid; the numbers of those seen. */
function takeNodes(grid, onScreen, scale, focus) {
  const seen = new Set();
  for (const number of labelOrder) {
    if (!shown.nodes[number] || (focus && !focus.nodes.has(number))) continue;
    const { x, y } = onScreen(placeOf(number));
    if (x < -40 || y < -40 || x > stage.clientWidth + 40 || y > stage.clientHeight + 40) continue;
    seen.add(number);
    const r = Math.max(2, drawing.nodes[number].size * scale * 0.8);
    if (nodes.length <= 1500) grid.take({ x1: x - r, y1: y - r, x2: x + r, y2: y + r }, number);
  }
  return seen;
}

/** No name hides under the buttons. */
function takeControls(grid) {
  const zoom = byId("zoom");
  if (zoom.hidden) return;
  const { offsetLeft: x1, offsetTop: y1, offsetWidth, offsetHeight } = zoom;
  grid.take({ x1, y1, x2: x1 + offsetWidth, y2: y1 + offsetHeight }, "zoom");
}

function drawNames(pen, grid, seen, onScreen, scale, focus) {
  const first = [];
  if (view.selected?.node !== undefined) first.push(view.selected.node);
  if (view.hovered?.node !== undefined) first.push(view.hovered.node);
  if (view.cursor !== null) first.push(view.cursor);
  if (focus) for (const number of labelOrder) if (focus.nodes.has(number)) first.push(number);
  const forced = new Set(first.slice(0, 3));
  const area = stage.clientWidth * stage.clientHeight;
  const most = Math.min(LABEL.most, area / (crowded ? LABEL.crowdRoom : LABEL.room));
  let drawn = 0;
  for (const number of new Set([...first, ...labelOrder])) {
    if (drawn >= most) break;
    if (!seen.has(number) || (!focus && nodes[number].short && nodes[number].short === dullName))
      continue;
    const place = onScreen(placeOf(number));
    const deal = isDeal(number);
    const minor = lookOf(nodes[number]).minor;
    const size = (deal ? 11.5 : minor ? 12 : LABEL.size) - (narrow() ? 1 : 0);
    const strong = view.selected?.node === number || view.cursor === number;
    setFont(pen, size, deal ? 400 : strong ? 700 : leaders.has(number) ? 600 : 500);
    const radius = drawing.nodes[number].size * scale + (strong ? 6 : 0);
    const text = linesOf(number);
    const spot = findSpot(pen, grid, number, text, {
      place,
      radius,
      size,
      forced: forced.has(number),
      onScreen,
    });
    if (!spot) continue;
    text.forEach((line, at) =>
      write(
        pen,
        line,
        spot.x,
        spot.y + (at - (text.length - 1) / 2) * size * 1.18,
        deal || minor ? theme.soft : theme.ink,
      ),
    );
    drawn += 1;
  }
}

/** How many of a node's ties run out towards a spot: a name there would lie on them. */
function countCrossed(number, place, spot, onScreen) {
  if (linksOf[number].length > 14) return 0;
  const [sx, sy] = [spot.x - place.x, spot.y - place.y];
  const far = Math.hypot(sx, sy) || 1;
  const near = Math.abs(sy) > Math.abs(sx) ? 0.6 : 0.88;
  let crossed = 0;
  for (const link of linksOf[number]) {
    if (!shown.links[link]) continue;
    const other = onScreen(placeOf(otherEnd(link, number)));
    const [dx, dy] = [other.x - place.x, other.y - place.y];
    if ((dx * sx + dy * sy) / (far * (Math.hypot(dx, dy) || 1)) > near) crossed += 1;
  }
  return crossed;
}

/** Below the node, else above, right or left of it; null where all of them are taken. */
function findSpot(pen, grid, number, text, { place, radius, size, forced, onScreen }) {
  const half = Math.max(...text.map((line) => measure(pen, line))) / 2 + 3;
  const high = (size * (1 + 1.18 * (text.length - 1))) / 2 + 2;
  const away = radius + high + 2;
  const spots = [
    { x: place.x, y: place.y + away },
    { x: place.x, y: place.y - away },
    { x: place.x + radius + half + 2, y: place.y },
    { x: place.x - radius - half - 2, y: place.y },
  ];
  // A name that would leave the picture moves in as far as it still hangs under its node.
  const inside = Math.min(Math.max(place.x, half + 2), stage.clientWidth - half - 2);
  if (Math.abs(inside - place.x) < half)
    spots.splice(2, 0, { x: inside, y: place.y + away }, { x: inside, y: place.y - away });
  if (!crowded) {
    spots.forEach(
      (spot, at) => (spot.cost = countCrossed(number, place, spot, onScreen) + at * 0.4),
    );
    spots.sort((a, b) => a.cost - b.cost);
  }
  // Who has most ties is never nameless: rather than that, its name covers a small node.
  const tries = leaders.has(number) ? (crowded ? [true] : [false, true]) : [false];
  for (const over of tries) {
    for (const spot of spots) {
      const box = { x1: spot.x - half, y1: spot.y - high, x2: spot.x + half, y2: spot.y + high };
      if (box.x1 < 0 || box.x2 > stage.clientWidth || box.y1 < 0 || box.y2 > stage.clientHeight)
        continue;
      if (grid.free(box, number, over)) {
        grid.take(box, number, true);
        return spot;
      }
    }
  }
  return forced ? spots[0] : null;
}

function setFont(pen, size, weight) {
  pen.font = `${weight} ${size}px ${theme.font}`;
}

function measure(pen, text) {
  const key = `${pen.font}|${text}`;
  if (!widths.has(key)) widths.set(key, pen.measureText(text).width);
  return widths.get(key);
}

/** Text with a halo in the colour of the ground, readable over ties. */
function write(pen, text, x, y, colour) {
  pen.lineWidth = 4;
  pen.strokeStyle = theme.ground;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
