// The same ties as a table, for those who would rather read.

const TABLE_STEP = 300;

/** A tie in words: {from, tie, to, status, sentences, item}. */
function wordTie(tie) {
  const status = statusOf(tie.links[0]);
  const sentences = sentencesOf(tie.links).length;
  if (tie.deal === undefined) {
    const link = links[tie.link];
    return {
      from: nodes[link.from].name,
      tie: link.label,
      to: nodes[link.to].name,
      status,
      sentences,
      item: { link: tie.link },
    };
  }
  const parties = partiesOf(tie.deal);
  const who = parties.filter(({ site }) => !site).map(({ node }) => nodes[node].name);
  const where = parties.filter(({ site }) => site).map(({ node }) => nodes[node].name);
  return {
    from: who[0] || where[0] || "",
    tie: nodes[tie.deal].short,
    to: [...who.slice(1), ...(who.length ? where : [])].join(", "),
    status,
    sentences,
    item: { node: tie.deal },
  };
}

const wordTies = () =>
  ties
    .filter(tieShown)
    .map(wordTie)
    .sort(
      (a, b) =>
        a.from.localeCompare(b.from, "en") ||
        a.tie.localeCompare(b.tie, "en") ||
        a.to.localeCompare(b.to, "en"),
    );

function startTable() {
  byId("toggle-table").addEventListener("click", () => openTable(!view.table));
  watch(["table", "off"], () => {
    const table = byId("table");
    table.hidden = !view.table;
    byId("toggle-table").setAttribute("aria-pressed", String(view.table));
    graph.toggleAttribute("inert", view.table);
    if (view.table) drawTable(table, TABLE_STEP);
    else table.replaceChildren();
  });
}

function openTable(on) {
  if (view.table !== on) change({ table: on });
}

function drawTable(holder, most) {
  const rows = wordTies();
  holder.replaceChildren(makeTable(rows.slice(0, most), (item) => select(item)));
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

/** A table of ties in words; with `open`, every tie is a button that opens it. */
function makeTable(rows, open) {
  const head = ["From", "Tie", "To", "Status", "Sentences"].map((text) =>
    make("th", { scope: "col", text }),
  );
  const body = rows.map((row) => {
    const tie = open
      ? make("button", {
          type: "button",
          class: "quiet",
          text: row.tie,
          on: { click: () => open(row.item) },
        })
      : row.tie;
    return make(
      "tr",
      {},
      make("th", { scope: "row", dir: "auto", text: row.from }),
      make("td", {}, tie),
      make("td", { dir: "auto", text: row.to }),
      make("td", {}, row.status.id === "in_effect" ? row.status.title : drawBadge(row.status)),
      make("td", { class: "number", text: String(row.sentences) }),
    );
  });
  return make(
    "table",
    {},
    make("caption", { text: `${count(rows.length, "tie", "ties")}` }),
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...body),
  );
}
