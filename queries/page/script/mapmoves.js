// Moving about the map: fit, zoom, drag, pinch.

/** Fills what is free with the places that are shown, or with these. */
function fitMap(only) {
  const found = only || spots.map((_, spot) => spot).filter((spot) => shownAt(spot).length);
  const points = found.map((spot) => spots[spot]);
  if (!points.length) return;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const { right, bottom } = covered();
  const width = stage.clientWidth - right;
  const height = stage.clientHeight - bottom;
  const scale = Math.min(
    Math.max(80, width - 2 * MAP.pad) / Math.max(MAP.least, wide),
    Math.max(80, height - 2 * MAP.pad) / Math.max(MAP.least / 2, high),
    MAP.most,
  );
  atlas.scale = scale;
  atlas.x = width / 2 - (left + wide / 2) * scale;
  atlas.y = height / 2 - (top + high / 2) * scale;
  paintMap();
}

/** Brings places into what nothing covers, if one of them is not. */
function revealOnMap(item) {
  const found = [...(findSpotsOf(item) || [])];
  if (!found.length) return;
  const { right, bottom } = covered();
  const seen = found
    .map((spot) => toScreen(spots[spot]))
    .every(
      ({ x, y }) =>
        x > 30 &&
        y > 30 &&
        x < stage.clientWidth - right - 30 &&
        y < stage.clientHeight - bottom - 40,
    );
  if (!seen) fitMap(found);
}

/** Zooms about a point of the screen, the middle of what is free without one. */
function zoomMap(factor, at) {
  const { right, bottom } = covered();
  const { x, y } = at || {
    x: (stage.clientWidth - right) / 2,
    y: (stage.clientHeight - bottom) / 2,
  };
  const scale = Math.min(
    MAP.most,
    Math.max(stage.clientWidth / world.width / 2, atlas.scale * factor),
  );
  const grown = scale / atlas.scale;
  atlas.x = x - (x - atlas.x) * grown;
  atlas.y = y - (y - atlas.y) * grown;
  atlas.scale = scale;
  paintMap();
}

function listenToMap() {
  byId("map").addEventListener("keydown", moveByKey);
  const fingers = new Map();
  const place = ({ clientX, clientY }) => {
    const { left, top } = atlas.svg.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const { svg } = atlas;
  svg.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoomMap(Math.exp(-event.deltaY / 400), place(event));
    },
    { passive: false },
  );
  svg.addEventListener("pointerdown", (event) => {
    if (!fingers.size) atlas.dragged = false;
    fingers.set(event.pointerId, place(event));
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const still = Math.hypot(now.x - before.x, now.y - before.y) < 4;
    if (still && !atlas.dragged) return;
    atlas.dragged = true;
    svg.setPointerCapture(event.pointerId);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) pinch(before, now, other);
    else dragMap(now.x - before.x, now.y - before.y);
  });
  for (const name of ["pointerup", "pointercancel"])
    svg.addEventListener(name, ({ pointerId }) => fingers.delete(pointerId));
  svg.addEventListener("click", ({ target }) => {
    if (!atlas.dragged && !target.closest(".marker, .lane")) select(null);
  });
}

/** Moves the map, never so far that the middle of the stage leaves the world. */
function dragMap(dx, dy) {
  const [middleX, middleY] = [stage.clientWidth / 2, stage.clientHeight / 2];
  const within = (value, most, middle) =>
    Math.min(middle, Math.max(middle - most * atlas.scale, value));
  atlas.x = within(atlas.x + dx, world.width, middleX);
  atlas.y = within(atlas.y + dy, world.height, middleY);
  paintMap();
}

const KEY_STEP = 70; // pixels

/** The keys of the graph, on the map. */
function moveByKey(event) {
  const steps = { ArrowRight: [-1, 0], ArrowLeft: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (steps[event.key]) dragMap(...steps[event.key].map((step) => step * KEY_STEP));
  else if (event.key === "+" || event.key === "=") zoomMap(1.25);
  else if (event.key === "-") zoomMap(1 / 1.25);
  else if (event.key === "0") fitMap();
  else return;
  event.preventDefault();
}

function pinch(before, now, other) {
  const apart = (a) => Math.hypot(a.x - other.x, a.y - other.y) || 1;
  zoomMap(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
}

const CREDIT = "Cities: GeoNames (CC BY 4.0) · Land: Natural Earth";

/** The map as it is looked at, a whole SVG document. */
function writeMapSvg() {
  const copy = atlas.svg.cloneNode(true);
  for (const hit of copy.querySelectorAll(".hit, [display=none]")) hit.remove();
  set(copy, { xmlns: SVG, "font-family": theme.font });
  const title = makeSvg("title");
  title.textContent = keepXml(answer.title);
  const { clientWidth: width, clientHeight: height } = stage;
  const credit = writeLine(CREDIT, width - 8, height - 8, 1);
  credit.setAttribute("text-anchor", "end");
  copy.append(credit);
  copy.prepend(title, makeSvg("rect", { width, height, fill: theme.sea }));
  return new XMLSerializer().serializeToString(copy);
}
