// The little drawings of the legend and the panel: the same shapes and lines as in the picture.

const OUTLINES = {
  dot: "M8 2a6 6 0 1 0 .01 0z",
  square: "M2.8 2.8h10.4v10.4H2.8z",
  diamond: "M8 1.2L14.8 8 8 14.8 1.2 8z",
  triangle: "M8 1.8L14.6 13.4H1.4z",
  triangleDown: "M8 14.2L1.4 2.6h13.2z",
  star: "M8 1.2l2 4.5 4.9.5-3.7 3.2 1.1 4.8L8 11.7l-4.3 2.5 1.1-4.8L1.1 6.2 6 5.7z",
  hexagon: "M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z",
};

/** A kind's shape in its colour. */
function drawKind(kind) {
  const path = makeSvg("path", {
    d: OUTLINES[kind.shape] || OUTLINES.dot,
    fill: fillOf(kind),
    stroke: edgeOf(kind),
  });
  if (kind.deal) path.setAttribute("transform", "translate(2.4 2.4) scale(.7)");
  return makeSvg("svg", { viewBox: "0 0 16 16", class: "kind-icon", "aria-hidden": "true" }, path);
}

/** A status's line: whole, dashed, dotted. */
function drawStatus(status) {
  const line = makeSvg("line", {
    x1: 1,
    y1: 6,
    x2: 31,
    y2: 6,
    class: `line ${status.confirmed ? "" : "unsure"}`,
  });
  if (status.dash.length) line.setAttribute("stroke-dasharray", status.dash.join(" "));
  const icon = makeSvg(
    "svg",
    { viewBox: "0 0 32 12", class: "line-icon", "aria-hidden": "true" },
    line,
  );
  const mark = markOf(status);
  if (mark) {
    const text = makeSvg("text", { x: 16, y: 10, class: "line-mark" });
    text.textContent = mark;
    icon.append(text);
  }
  return icon;
}

/** A tie type's line: as heavy as in the picture. */
function drawWeight(type) {
  return makeSvg(
    "svg",
    { viewBox: "0 0 24 12", class: "weight-icon", "aria-hidden": "true" },
    makeSvg("line", { x1: 1, y1: 6, x2: 23, y2: 6, class: `weight-${type.weight}` }),
  );
}

/** The inside of a node: people and places are paler, their outline is not. */
function fillOf(kind) {
  const dark = document.documentElement.dataset.theme === "dark";
  return kind.minor ? mix(kind.colour, dark ? "#151a21" : "#ffffff", 0.4) : kind.colour;
}

/** The sign in the middle of a tie that may not be: crossed out where denied. */
const markOf = (status) => (status.confirmed ? "" : status.id === "denied" ? "×" : "?");

/** The outline of a node: darker than its colour on a light ground, lighter on a dark one. */
function edgeOf(kind) {
  const dark = document.documentElement.dataset.theme === "dark";
  if (kind.deal) return dark ? "#e6ebf1" : "#2b3440";
  return mix(kind.colour, dark ? "#ffffff" : "#000000", 0.3);
}

/** Two colours (#rrggbb) mixed, with this share of the second. */
function mix(first, second, share) {
  const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [parts(first), parts(second)];
  return `#${a
    .map((v, i) =>
      Math.round(v * (1 - share) + b[i] * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
