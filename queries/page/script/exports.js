// What is to be seen, as files: names and ties as CSV, everything as GraphML and JSON.

// A spreadsheet would take a cell that begins so for a formula, and run it.
const FORMULA = /^[=+\-@\t\r]/;
const BYTE_ORDER_MARK = "\uFEFF"; // else Excel reads UTF-8 as something else

function writeCsv(columns, rows) {
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))];
  return BYTE_ORDER_MARK + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

const shownNumbers = (flags) => [...flags.keys()].filter((number) => flags[number]);

const NAME_COLUMNS = ["name", "kind", "ties", "documents", "aliases", "id"];

/** The names that are shown, a row each; `ties` are those shown, `documents` those behind them. */
function listNames() {
  return shownNumbers(shown.nodes)
    .filter((number) => !isDeal(number))
    .map((number) => ({
      name: nodes[number].name,
      kind: kinds.get(nodes[number].kind).title,
      ties: linksOf[number].filter((link) => shown.links[link]).length,
      documents: listPapers(reachOf(number).filter((link) => shown.links[link])).length,
      aliases: (nodes[number].aliases || []).join("; "),
      id: nodes[number].id,
    }));
}

/** The documents of the sentences behind links that the filters let through. */
function listPapers(linkNumbers) {
  const found = sentencesOf(linkNumbers).filter(sentenceShown);
  return [...new Set(found.map((number) => evidence[number].document))].filter(
    (number) => documents[number],
  );
}

const TIE_COLUMNS = [
  "from",
  "tie",
  "to",
  "kind",
  "amount",
  "since",
  "place",
  "status",
  "confidence",
  "sentences",
  "sentence",
  "documents",
];

/** The ties that are shown, a row each, deals of several parties too. */
function listTies() {
  return ties.filter(tieShown).map((tie) => {
    const row = wordTie(tie);
    const told = sentencesOf(tie.links).filter(sentenceShown);
    return {
      ...row,
      status: row.status.title,
      confidence: Math.max(...tie.links.map((link) => links[link].confidence)),
      sentences: told.length,
      sentence: told.length ? evidence[told[0]].pieces.join("") : "",
      documents: listPapers(tie.links)
        .map((number) => documents[number].title)
        .join("; "),
    };
  });
}

/** Text as XML 1.0 can hold it, escaped. */
const asXml = (text) =>
  String(text)
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, "")
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign])
    .replace(/[\t\r\n]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const GRAPHML_KEYS = {
  node: { name: "string", kind: "string", aliases: "string" },
  edge: {
    type: "string",
    label: "string",
    status: "string",
    confidence: "double",
    sentences: "int",
    sentence: "string",
  },
};

/** Everything shown as GraphML, for Gephi, networkx, yEd, …; deals are nodes of their own. */
function writeGraphml() {
  const keys = Object.entries(GRAPHML_KEYS).flatMap(([owner, names]) =>
    Object.entries(names).map(
      ([name, type]) =>
        `<key id="${owner}-${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`,
    ),
  );
  const data = (owner, row) =>
    Object.keys(GRAPHML_KEYS[owner])
      .map((name) => `<data key="${owner}-${name}">${asXml(row[name])}</data>`)
      .join("");
  const drawn = shownNumbers(shown.nodes).map((number) => {
    const { name, kind, aliases = [] } = nodes[number];
    return `<node id="n${number}">${data("node", { name, kind, aliases: aliases.join("; ") })}</node>`;
  });
  const tied = shownNumbers(shown.links).map((number) => {
    const { from, to, type, label, status, confidence } = links[number];
    const told = sentencesOf([number]).filter(sentenceShown);
    const sentence = told.length ? evidence[told[0]].pieces.join("") : "";
    const row = { type, label, status, confidence, sentences: told.length, sentence };
    return `<edge id="e${number}" source="n${from}" target="n${to}">${data("edge", row)}</edge>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    '<graph id="G" edgedefault="directed">',
    ...drawn,
    ...tied,
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}

/** Everything shown as JSON: names, ties, and the sentences and documents behind them. */
function writeJson() {
  const { title, question, parameters } = answer;
  const told = sentencesOf(shownNumbers(shown.links)).filter(sentenceShown);
  const papers = [...new Set(told.map((number) => evidence[number].document))];
  const found = {
    title,
    question,
    parameters: Object.fromEntries(parameters),
    names: shownNumbers(shown.nodes).map((number) => {
      const { id, name, kind, aliases = [] } = nodes[number];
      return { id, name, kind, aliases };
    }),
    ties: shownNumbers(shown.links).map((number) => {
      const { id, from, to, type, label, status, confidence, evidence: all } = links[number];
      const sentences = all.filter(sentenceShown);
      const [source, target] = [nodes[from].id, nodes[to].id];
      return { id, source, target, type, label, status, confidence, sentences };
    }),
    sentences: Object.fromEntries(
      told.map((number) => {
        const { pieces, document, status, confidence } = evidence[number];
        return [number, { text: pieces.join(""), document, status, confidence }];
      }),
    ),
    documents: Object.fromEntries(
      papers.filter((number) => documents[number]).map((number) => [number, documents[number]]),
    ),
  };
  return `${JSON.stringify(found, null, 1)}\n`;
}
