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
      kind: lookOf(nodes[number]).title,
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
  "until",
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
      since: row.told.since,
      until: row.told.until,
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

/** Text as XML 1.0 can hold it. */
const keepXml = (text) =>
  // eslint-disable-next-line no-control-regex
  String(text).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu, "");

/** The same, escaped. */
const asXml = (text) =>
  keepXml(text)
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign])
    .replace(/[\t\r\n]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a deal or tie tells of itself, by the names that it has in files. */
function tellFacts({ kind, role, amount, stake, since, until, place } = {}) {
  return { deal_kind: kind, role, amount, stake, since, until, place };
}

/** A name in a file; a deal's with what is known of it, as it has no tie of its own to hold it. */
function nameRow(number) {
  const { id, name, kind, aliases = [], told } = nodes[number];
  if (!isDeal(number)) return { id, name, kind, aliases };
  const spokes = linksOf[number].filter((link) => shown.links[link]).map((link) => links[link]);
  const { type, status } = spokes[0] || {};
  const confidence = spokes.length
    ? Math.max(...spokes.map((spoke) => spoke.confidence))
    : undefined;
  return { id, name, kind, aliases, type, status, confidence, ...tellFacts(told) };
}

/** A line in a file. GraphML readers refuse both sorts in one graph, so direction is a fact. */
function tieRow(number) {
  const { id, type, label, status, confidence, told, role, spoke, directed } = links[number];
  const facts = spoke ? { role: role || (spoke === "SITED_IN" ? "site" : "") } : tellFacts(told);
  return { id, type, label, status, confidence, directed: Boolean(directed && !spoke), ...facts };
}

const FACT_KEYS = Object.fromEntries(Object.keys(tellFacts()).map((name) => [name, "string"]));
const GRAPHML_KEYS = {
  node: {
    id: "string",
    name: "string",
    kind: "string",
    aliases: "string",
    type: "string",
    status: "string",
    confidence: "double",
    ...FACT_KEYS,
  },
  edge: {
    type: "string",
    label: "string",
    status: "string",
    confidence: "double",
    directed: "boolean",
    ...FACT_KEYS,
    sentences: "int",
    sentence: "string",
  },
};

/** What a node or edge has to tell; what is empty stays out, as "" is no number. */
const graphmlData = (owner, row) =>
  Object.keys(GRAPHML_KEYS[owner])
    .filter((name) => row[name] !== undefined && row[name] !== "")
    .map((name) => `<data key="${owner}-${name}">${asXml(row[name])}</data>`)
    .join("");

/** Everything shown as GraphML, for Gephi, networkx, yEd, …; deals are nodes of their own. */
function writeGraphml() {
  const keys = Object.entries(GRAPHML_KEYS).flatMap(([owner, names]) =>
    Object.entries(names).map(
      ([name, type]) =>
        `<key id="${owner}-${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`,
    ),
  );
  const drawn = shownNumbers(shown.nodes).map((number) => {
    const row = nameRow(number);
    const data = graphmlData("node", { ...row, aliases: row.aliases.join("; ") });
    return `<node id="n${number}">${data}</node>`;
  });
  const tied = shownNumbers(shown.links).map((number) => {
    const { from, to } = links[number];
    const told = sentencesOf([number]).filter(sentenceShown);
    const sentence = told.length ? evidence[told[0]].pieces.join("") : "";
    const data = graphmlData("edge", { ...tieRow(number), sentences: told.length, sentence });
    return `<edge id="e${number}" source="n${from}" target="n${to}">${data}</edge>`;
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
    names: shownNumbers(shown.nodes).map(nameRow),
    ties: shownNumbers(shown.links).map((number) => {
      const { from, to, evidence: all } = links[number];
      const [source, target] = [nodes[from].id, nodes[to].id];
      return { source, target, ...tieRow(number), sentences: all.filter(sentenceShown) };
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
