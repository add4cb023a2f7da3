// Making and finding elements. Text only ever enters through textContent, so no name, title or
// sentence can become markup.

const byId = (id) => document.getElementById(id);

/** An element; `props` sets class, text, and attributes, `on` adds listeners. */
function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "on") {
      for (const [event, listener] of Object.entries(value))
        element.addEventListener(event, listener);
    } else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes. */
function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A link, or plain text where the address leads anywhere but to the web. */
function makeLink(url, text) {
  if (!/^https?:\/\//i.test(url)) return make("span", { text });
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", text });
}

/** The number of the community that the page's address names; null for the overview. */
function readPart() {
  const found = /(?:^#|&)part=(\d{1,4})(?:&|$)/.exec(location.hash);
  return found && byId(`answer-${found[1]}`) ? Number(found[1]) : null;
}

const openPart = readPart(); // as long as the page is not drawn anew

/** What came with the page for what is open: the whole answer, or one community of it. */
const readBlock = (id) =>
  JSON.parse(byId(openPart === null ? id : `${id}-${openPart}`).textContent);

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** Text as it is compared in a search: without case, accents and the like. */
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(
      /[ßøłđæœ]/g,
      (letter) => ({ ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe" })[letter],
    )
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => window.matchMedia("(max-width: 820px)").matches;

/** Lets the screen reader say a line. */
function speak(text) {
  byId("spoken").textContent = text;
}
