// The picture as SVG: the same places, shapes, lines and names as on the canvas, in the part of
// it that is looked at.

/** A pen that takes what labels are drawn with, and keeps it as SVG text. */
function makePen(scale) {
  const canvas = document.createElement("canvas").getContext("2d");
  const written = [];
  let state = { move: "", fillStyle: "", strokeStyle: "", lineWidth: 0, font: "" };
  const kept = [];
  const pen = {
    written,
    getTransform: () => ({ a: scale }),
    setTransform: () => {},
    save: () => kept.push({ ...state }),
    restore: () => (state = kept.pop()),
    translate: (x, y) => (state.move += ` translate(${round(x)} ${round(y)})`),
    rotate: (angle) => (state.move += ` rotate(${round((angle * 180) / Math.PI)})`),
    fillRect: (x, y, width, height) =>
      written.push(svgTag("rect", { x, y, width, height, fill: state.fillStyle, ...at(state) })),
    measureText: (text) => {
      canvas.font = state.font;
      return canvas.measureText(text);
    },
    strokeText: (text, x, y) =>
      written.push(
        svgText(text, x, y, state, {
          fill: "none",
          stroke: state.strokeStyle,
          "stroke-width": state.lineWidth,
          "stroke-linejoin": "round",
        }),
      ),
    fillText: (text, x, y) => written.push(svgText(text, x, y, state, { fill: state.fillStyle })),
  };
  for (const name of ["fillStyle", "strokeStyle", "lineWidth", "font"])
    Object.defineProperty(pen, name, {
      get: () => state[name],
      set: (value) => (state[name] = value),
    });
  return pen;
}

const at = ({ move }) => (move ? { transform: move.trim() } : {});
const round = (number) => Math.round(number * 100) / 100;

function svgTag(tag, attributes, inside = "") {
  const told = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(
      ([name, value]) => ` ${name}="${asXml(typeof value === "number" ? round(value) : value)}"`,
    );
  return inside ? `<${tag}${told.join("")}>${inside}</${tag}>` : `<${tag}${told.join("")}/>`;
}

function svgText(text, x, y, state, paint) {
  const [, weight = "400", size = "13"] = /^(\d+) ([\d.]+)px/.exec(state.font) || [];
  const place = { x, y, "text-anchor": "middle", "dominant-baseline": "central", ...at(state) };
  const type = { "font-size": size, "font-weight": weight };
  return svgTag("text", { ...place, ...type, ...paint }, asXml(text));
}

/** The picture as it is looked at, a whole SVG document. */
function writeSvg() {
  if (onMap()) return writeMapSvg();
  const scale = network.getScale();
  const { x: left, y: top } = network.body.view.translation;
  const onScreen = ({ x, y }) => ({ x: x * scale + left, y: y * scale + top });
  const pen = makePen(scale);
  drawLabels(pen, null);
  const { clientWidth: width, clientHeight: height } = stage;
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const font = { "font-family": theme.font };
  return svgTag(
    "svg",
    { xmlns: SVG, ...size, ...font },
    [
      "",
      svgTag("title", {}, asXml(answer.title)),
      svgTag("rect", { width, height, fill: theme.ground }),
      ...shownNumbers(shown.links).map((number) => vectorLink(number, onScreen, scale)),
      ...shownNumbers(shown.nodes).map((number) => vectorNode(number, onScreen, scale)),
      ...pen.written,
      "",
    ].join("\n"),
  );
}

function vectorLink(number, onScreen, scale) {
  const { color, width, dashes, arrows } = paintLink(number, true);
  const { from, to } = links[number];
  const [a, b] = [onScreen(placeOf(from)), onScreen(placeOf(to))];
  const paint = {
    fill: "none",
    stroke: color.color,
    "stroke-opacity": color.opacity,
    "stroke-width": width * scale,
    "stroke-dasharray": dashes ? dashes.map((part) => round(part * scale)).join(" ") : undefined,
  };
  if (from === to) {
    const r = drawing.nodes[from].size * scale;
    return svgTag("circle", { cx: a.x + r, cy: a.y - r, r, ...paint });
  }
  const middle = onScreen(middleOf(number));
  // The point that pulls a quadratic curve through its middle.
  const pull = { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 };
  const d = `M${round(a.x)} ${round(a.y)}Q${round(pull.x)} ${round(pull.y)} ${round(b.x)} ${round(b.y)}`;
  const head = arrows ? vectorHead(pull, b, drawing.nodes[to].size * scale, scale, color) : "";
  return svgTag("path", { d, ...paint }) + head;
}

/** An arrow's head, where a tie meets the rim of its target. */
function vectorHead(from, to, radius, scale, color) {
  const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / far, (to.y - from.y) / far];
  const tip = { x: to.x - ux * radius, y: to.y - uy * radius };
  const long = 9 * scale;
  const [bx, by] = [tip.x - ux * long, tip.y - uy * long];
  const points = [
    [tip.x, tip.y],
    [bx - uy * long * 0.35, by + ux * long * 0.35],
    [bx + uy * long * 0.35, by - ux * long * 0.35],
  ];
  return svgTag("polygon", {
    points: points.map((point) => point.map(round).join(",")).join(" "),
    fill: color.color,
    "fill-opacity": color.opacity,
  });
}

function vectorNode(number, onScreen, scale) {
  const { shape, size, color, borderWidth } = paintNode(number);
  const { x, y } = onScreen(placeOf(number));
  const r = size * scale;
  const paint = {
    fill: color.background,
    stroke: color.border,
    "stroke-width": borderWidth * scale,
  };
  const points = cornersOf(shape, r);
  if (!points) return svgTag("circle", { cx: x, cy: y, r, ...paint });
  return svgTag("polygon", {
    points: points.map(([dx, dy]) => `${round(x + dx)},${round(y + dy)}`).join(" "),
    ...paint,
  });
}

/** The corners of a shape about its middle, as vis-network draws it; null for a circle. */
function cornersOf(shape, r) {
  const around = (number, radius, start, down = 0) =>
    Array.from({ length: number }, (_, at) => {
      const angle = start + (2 * Math.PI * at) / number;
      const far = typeof radius === "function" ? radius(at) : radius;
      return [far * Math.cos(angle), far * Math.sin(angle) + down];
    });
  const up = -Math.PI / 2;
  const three = (2 * 1.15 * r) / Math.sqrt(3); // from the middle of a triangle to a corner
  return {
    square: around(4, r * Math.SQRT2, Math.PI / 4),
    diamond: around(4, r, 0),
    triangle: around(3, three, up, 0.275 * 1.15 * r),
    triangleDown: around(3, three, -up, -0.275 * 1.15 * r),
    star: around(10, (point) => 0.82 * r * (point % 2 ? 0.5 : 1.3), up, 0.082 * r),
    hexagon: around(6, r, 0),
  }[shape];
}
