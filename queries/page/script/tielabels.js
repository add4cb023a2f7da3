// What is written on ties: signs on those that may not be, the words of few or chosen ones.

/** A point of a tie as drawn, also where it is bent: 0 at its source, 1 at its target. */
function pointOn(number, share) {
  const { edgeType } = network.body.edges[number];
  if (edgeType?.getPoint) return edgeType.getPoint(share);
  const [a, b] = [placeOf(links[number].from), placeOf(links[number].to)];
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

const middleOf = (number) => pointOn(number, 0.5);

/** Signs on ties that may not be: they must never pass for existing ones. */
function drawMarks(pen, grid, onScreen, scale, focus) {
  if (!focus && (links.length > 900 || crowded) && scale < 0.9) return;
  setFont(pen, crowded ? 12 : 14, 700);
  links.forEach((link, number) => {
    if (!shown.links[number] || (focus && !focus.links.has(number))) return;
    const mark = markOf(statusOf(number));
    if (!mark) return;
    const owner = `mark${number}`;
    const boxes = [0.5, 0.36, 0.64, 0.24, 0.76].map((share) => {
      const { x, y } = onScreen(pointOn(number, share));
      return { x, y, x1: x - 7, y1: y - 8, x2: x + 7, y2: y + 8 };
    });
    const box = boxes.find((spot) => grid.free(spot, owner)) || boxes[0];
    grid.take(box, owner);
    write(pen, mark, box.x, box.y, theme.unsure);
  });
}

/** What a tie says, and how far it is real where it isn't simply in effect. */
function wordLink(number) {
  const status = statusOf(number);
  const { label } = links[number];
  return status.id === "in_effect" ? label : `${label} (${status.title.toLowerCase()})`;
}

/** What the hovered and the selected tie say. */
function drawChosenTies(pen, grid, onScreen) {
  setFont(pen, 12, 600);
  for (const item of [view.selected, view.hovered]) {
    if (item?.link === undefined || !shown.links[item.link]) continue;
    const text = wordLink(item.link);
    const { x, y } = onScreen(middleOf(item.link));
    const half = measure(pen, text) / 2 + 4;
    grid.take({ x1: x - half, y1: y - 10, x2: x + half, y2: y + 10 }, `tie${item.link}`);
    write(pen, text, x, y, statusOf(item.link).confirmed ? theme.accent : theme.unsure);
  }
}

/** What few ties say, written along them where they are long enough and free. */
function drawTieNames(pen, grid, onScreen, scale, focus) {
  setFont(pen, 11, 400);
  links.forEach((link, number) => {
    if (
      link.spoke ||
      !shown.links[number] ||
      (!focus && link.label === dullTie) ||
      (focus && !focus.links.has(number))
    )
      return;
    const line = measureLine(number, onScreen, scale);
    const text = wordLink(number);
    const half = measure(pen, text) / 2 + 3;
    const marked = Boolean(markOf(statusOf(number)));
    if (line.length < 2 * half + 8) return;
    const steps = Math.max(1, Math.round(half / 6));
    const boxes = [];
    for (let step = -steps; step <= steps; step += 1) {
      const x = line.x + (line.ux * half * step) / steps;
      const y = line.y + (line.uy * half * step) / steps + (marked ? 13 : 0);
      boxes.push({ x1: x - 6, y1: y - 6, x2: x + 6, y2: y + 6 });
    }
    const owner = `tie${number}`;
    if (!boxes.every((box) => grid.free(box, owner))) return;
    boxes.forEach((box) => grid.take(box, owner));
    pen.save();
    pen.translate(line.x, line.y + (marked ? 13 : 0));
    pen.rotate(Math.atan2(line.uy, line.ux));
    if (!marked) {
      pen.fillStyle = theme.ground; // else the tie would show between the words
      pen.fillRect(-half, -4, 2 * half, 8);
    }
    write(pen, text, 0, 0, marked ? theme.unsure : theme.soft);
    pen.restore();
  });
}

/** The free part of a tie on the screen: its middle, its length, and its direction to the right. */
function measureLine(number, onScreen, scale) {
  const { from, to } = links[number];
  const [a, b] = [onScreen(placeOf(from)), onScreen(placeOf(to))];
  const [ra, rb] = [drawing.nodes[from].size * scale, drawing.nodes[to].size * scale];
  const whole = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / whole, (b.y - a.y) / whole];
  const bend = onScreen(middleOf(number));
  const shift = (ra - rb) / 2;
  const flip = ux < -0.001 ? -1 : 1;
  return {
    x: bend.x + ux * shift,
    y: bend.y + uy * shift,
    length: whole - ra - rb - 10,
    ux: ux * flip,
    uy: uy * flip,
  };
}
