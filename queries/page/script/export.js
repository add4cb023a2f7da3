// The menu that saves what is to be seen as a file.

const EXPORTS = [
  { id: "png", text: "Picture (PNG)", ending: "png", make: drawPng },
  { id: "svg", text: "Picture (SVG)", ending: "svg", type: "image/svg+xml", make: writeSvg },
  {
    id: "names",
    text: "Names (CSV)",
    ending: "names.csv",
    type: "text/csv",
    make: () => writeCsv(NAME_COLUMNS, listNames()),
  },
  {
    id: "ties",
    text: "Ties (CSV)",
    ending: "ties.csv",
    type: "text/csv",
    make: () => writeCsv(TIE_COLUMNS, listTies()),
  },
  { id: "graphml", text: "GraphML", ending: "graphml", type: "text/xml", make: writeGraphml },
  { id: "json", text: "JSON", ending: "json", type: "application/json", make: writeJson },
];
const SHARPNESS = 2; // pixels of the PNG to one of the screen

/** The picture as a PNG, drawn from the SVG. */
async function drawPng() {
  const address = URL.createObjectURL(new Blob([writeSvg()], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = stage.clientWidth * SHARPNESS;
    canvas.height = stage.clientHeight * SHARPNESS;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function save({ text, ending, type, make: write }) {
  // A picture can be too large for the browser: it then gives none, or throws.
  const made = await Promise.resolve(write()).catch(() => null);
  if (!made) return speak(`Not saved: ${text}`);
  const file = made instanceof Blob ? made : new Blob([made], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(file);
  make("a", { href: address, download: `${nameFile(answer.title)}.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  speak(`Saved: ${text}`);
}

const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/; // names that Windows takes for no file

/** A file's name out of a title: plain letters, never empty. */
function nameFile(title) {
  const name = fold(title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  return DEVICE.test(name) ? `${name}-graph` : name || "partnergraph";
}

function startExport() {
  const button = byId("open-export");
  const menu = byId("export");
  const open = (on) => {
    menu.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (on) menu.firstChild.focus();
  };
  menu.append(...EXPORTS.map((one) => makeEntry(one, () => open(false), button)));
  button.addEventListener("click", () => open(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    const entries = [...menu.children];
    const at = entries.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (step !== undefined) entries.at(step % entries.length).focus();
    else if (event.key === "Escape") {
      open(false);
      button.focus();
    } else if (event.key !== "Tab") return;
    if (event.key === "Tab") open(false);
    else event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.hidden && !menu.contains(target) && !button.contains(target)) open(false);
  });
}

function makeEntry(one, close, button) {
  return make("button", {
    type: "button",
    role: "menuitem",
    tabindex: "-1",
    id: `export-${one.id}`,
    text: one.text,
    on: {
      click: () => {
        close();
        button.focus();
        save(one);
      },
    },
  });
}
