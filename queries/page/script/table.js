// The same ties as a table, for those who would rather read.

const TABLE_STEP = 300;

// What a row says, in the order of the columns; those that are `rare` only where any row has them.
const COLUMNS = [
  { id: "from", title: "From" },
  { id: "tie", title: "Tie" },
  { id: "to", title: "To" },
  { id: "kind", title: "Kind or role", rare: true },
  { id: "amount", title: "Amount", rare: true },
  { id: "since", title: "Since", rare: true, named: true },
  { id: "place", title: "Place", rare: true, named: true },
  { id: "status", title: "Status" },
  { id: "sentences", title: "Sentences", named: true },
];

const statusOrder = new Map(answer.statuses.map((status, rank) => [status.id, rank]));
const order = { by: "from", down: false, wanted: "" };

/** A tie in words: what each column says, and the item that the row opens. */
function wordTie(tie) {
  const row = tie.deal === undefined ? wordLinkRow(tie.link) : wordDealRow(tie.deal);
  const { kind, role, amount, stake, since, until } = row.told;
  return {
    ...row,
    kind: kind || role || "",
    amount: [amount, stake].filter(Boolean).join(" · "),
    since: [since, until && `until ${until}`].filter(Boolean).join(", "),
    status: statusOf(tie.links[0]),
    sentences: sentencesOf(tie.links).length,
  };
}

function wordLinkRow(number) {
  const { from, to, label, told = {} } = links[number];
  return {
    from: nodes[from].name,
    tie: label,
    to: nodes[to].name,
    place: told.place || "",
    told,
    item: { link: number },
  };
}

/** A deal's row: its parties in From and To; its site is a place and no party, unless alone. */
function wordDealRow(deal) {
  const { short, told } = nodes[deal];
  const parties = partiesOf(deal);
  const who = parties.filter(({ site }) => !site).map(({ node }) => nodes[node].name);
  const where = parties.filter(({ site }) => site).map(({ node }) => nodes[node].name);
  return {
    from: who[0] || where[0] || "",
    tie: short,
    to: who.length > 1 ? who.slice(1).join(", ") : where.join(", "),
    place: who.length > 1 ? where.join(", ") || told.place || "" : "",
    told,
    item: { node: deal },
  };
}

/** The ties that are shown, in words, in the order that the reader chose. */
function wordTies() {
  const inWords = (a, b, key) => a[key].localeCompare(b[key], "en", { numeric: true });
  const compare = {
    status: (a, b) => statusOrder.get(a.status.id) - statusOrder.get(b.status.id),
    sentences: (a, b) => a.sentences - b.sentences,
  }[order.by];
  const chosen = (a, b) => (compare ? compare(a, b) : inWords(a, b, order.by));
  // What says nothing comes last either way.
  const silent = (row) => Number(row[order.by] === "");
  return ties
    .filter(tieShown)
    .map(wordTie)
    .sort(
      (a, b) =>
        silent(a) - silent(b) ||
        chosen(a, b) * (order.down ? -1 : 1) ||
        inWords(a, b, "from") ||
        inWords(a, b, "tie") ||
        inWords(a, b, "to"),
    );
}

/** Whether a row holds every word that the reader looks for. */
function rowWanted(row) {
  if (!order.wanted) return true;
  const text = fold(
    [row.from, row.tie, row.to, row.kind, row.amount, row.place, row.status.title].join(" "),
  );
  return order.wanted.split(" ").every((word) => text.includes(word));
}

/** The box above the table in which rows are looked for; it stays while the rows are drawn anew. */
function makeTableFind(draw) {
  return make("input", {
    type: "search",
    class: "table-find",
    id: "table-find",
    "aria-label": "Find rows",
    placeholder: "Find rows",
    autocomplete: "off",
    on: {
      input: ({ target }) => {
        order.wanted = fold(target.value);
        draw();
      },
    },
  });
}

function clearTableFind() {
  order.wanted = "";
  byId("table-find").value = "";
}

function startTable() {
  byId("toggle-table").addEventListener("click", () => showAs(isTable() ? "graph" : "table"));
  const table = byId("table");
  const rows = make("div", { id: "table-rows" });
  const draw = () => drawTable(rows, TABLE_STEP);
  table.append(makeTableFind(draw), rows);
  watch(["as", ...FILTERS], () => {
    table.hidden = !isTable();
    for (const as of ["table", "map"])
      byId(`toggle-${as}`).setAttribute("aria-pressed", String(view.as === as));
    document.body.dataset.as = view.as;
    graph.toggleAttribute("inert", view.as !== "graph");
    if (isTable()) draw();
    else rows.replaceChildren();
  });
  watch(["selected"], () => {
    for (const row of byId("table").querySelectorAll("tbody tr")) markRow(row);
    byId("table").querySelector("tr.chosen")?.scrollIntoView({ block: "nearest" });
  });
}

const isTable = () => view.as === "table";

const itemOf = new WeakMap(); // rows of the table to what they open

const markRow = (row) => row.classList.toggle("chosen", sameItem(itemOf.get(row), view.selected));

function drawTable(holder, most) {
  const rows = wordTies().filter(rowWanted);
  const sortBy = (id) => {
    order.down = order.by === id && !order.down;
    order.by = id;
    drawTable(holder, most);
    byId(`sort-${id}`).focus();
  };
  holder.replaceChildren(
    makeTable(rows.slice(0, most), { open: select, sortBy, total: rows.length }),
  );
  if (rows.length > most) {
    holder.append(
      make("button", {
        type: "button",
        class: "quiet",
        text: `Show more (${(rows.length - most).toLocaleString("en")} left)`,
        on: { click: () => drawTable(holder, most * 3) },
      }),
    );
  }
}

/** A table of ties in words; with `open` and `sortBy`, rows open and column heads sort. */
function makeTable(rows, { open = null, sortBy = null, total = rows.length } = {}) {
  const columns = COLUMNS.filter(({ id, rare }) => !rare || rows.some((row) => row[id]));
  return make(
    "table",
    {},
    make("caption", { text: count(total, "tie", "ties") }),
    make("thead", {}, make("tr", {}, ...columns.map((column) => makeHead(column, sortBy)))),
    make("tbody", {}, ...rows.map((row) => makeRow(row, columns, open))),
  );
}

function makeHead({ id, title }, sortBy) {
  if (!sortBy) return make("th", { scope: "col", text: title });
  const sorted = order.by === id ? (order.down ? "descending" : "ascending") : "none";
  return make(
    "th",
    { scope: "col", "aria-sort": sorted },
    make("button", {
      type: "button",
      class: "sort",
      id: `sort-${id}`,
      text: title,
      on: { click: () => sortBy(id) },
    }),
  );
}

function makeRow(row, columns, open) {
  const cells = columns.map(({ id, title, named }) =>
    make(
      id === "from" ? "th" : "td",
      {
        scope: id === "from" && "row",
        class: `cell-${id}`,
        dir: "auto",
        "data-title": named && title,
      },
      makeCell(row, id, open),
    ),
  );
  const line = make("tr", {}, ...cells);
  if (!open) return line;
  itemOf.set(line, row.item);
  markRow(line);
  line.addEventListener("click", (event) => {
    const byKey = event.detail === 0;
    if (!byKey && !getSelection().isCollapsed) return; // the reader is marking text
    open(row.item);
    if (byKey) byId("panel-title").focus({ preventScroll: true });
  });
  return line;
}

function makeCell(row, id, open) {
  if (id === "status")
    return row.status.id === "in_effect" ? row.status.title : drawBadge(row.status);
  // A button for the keyboard; its click is the row's.
  if (id === "tie" && open)
    return make("button", { type: "button", class: "quiet", text: row.tie });
  return String(row[id]);
}
