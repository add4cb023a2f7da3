// The panel's rows that lead on: the ties of a name, the parties of a deal.

const typeRank = new Map(answer.types.map((type, rank) => [type.id, rank]));

/** The ties of a name by what they say, each leading on. */
function drawTiesOf(number) {
  const groups = new Map();
  for (const link of linksOf[number]) {
    if (!shown.links[link]) continue;
    const other = otherEnd(link, number);
    const deal = isDeal(other);
    const type = types.get(links[link].type);
    const label =
      deal && type && !links[link].type.match(/^(PARTY_TO|SITED_IN)$/)
        ? dealLabel(other, number, link)
        : readFrom(link, number);
    if (!groups.has(label)) groups.set(label, { rank: typeRank.get(links[link].type), rows: [] });
    groups.get(label).rows.push({
      link,
      make: () => (deal ? drawDealRow(other, number) : drawNeighbour(other, link)),
    });
  }
  if (!groups.size) {
    return make("p", {
      class: "hint",
      text: linksOf[number].length
        ? "All its ties are hidden by the filters."
        : "No ties in this answer.",
    });
  }
  const sorted = [...groups].sort(([, a], [, b]) => a.rank - b.rank);
  return make(
    "section",
    { class: "tie-groups" },
    ...sorted.map(([label, { rows }]) => drawTieGroup(label, rows)),
  );
}

const FIRST_TIES = 8;
const statusRank = new Map(answer.statuses.map((status, rank) => [status.id, rank]));

/** Ties of one kind: the surest and best connected first, a long list folded. */
function drawTieGroup(label, rows) {
  const weight = ({ link }) =>
    Math.max(nodes[links[link].from].degree, nodes[links[link].to].degree);
  rows.sort(
    (a, b) =>
      statusRank.get(links[a.link].status) - statusRank.get(links[b.link].status) ||
      weight(b) - weight(a),
  );
  const list = make("ul", { class: "ties" }, ...rows.slice(0, FIRST_TIES).map((row) => row.make()));
  const rest = rows.length - FIRST_TIES;
  const more = make("button", { type: "button", class: "quiet", text: `Show ${rest} more` });
  more.addEventListener("click", () => {
    list.append(...rows.slice(FIRST_TIES).map((row) => row.make()));
    list.children[FIRST_TIES].querySelector("button").focus();
    more.remove();
  });
  const heading = make(
    "h3",
    {},
    make("span", { text: label }),
    rows.length > 1 ? make("span", { class: "h3-count", text: String(rows.length) }) : null,
  );
  return make("div", {}, heading, list, rest > 0 ? more : null);
}

/** How a deal reads from one of its parties: the first party's way or the second's. */
function dealLabel(deal, number, link) {
  const type = types.get(links[link].type);
  if (links[link].spoke === "SITED_IN") return type.inverse;
  const parties = partiesOf(deal).filter(({ site }) => !site);
  const mine = parties.find(({ node }) => node === number);
  return mine?.second ? type.inverse : type.label;
}

function drawDealRow(deal, number) {
  const others = partiesOf(deal).filter(({ node }) => node !== number);
  const who = others.filter(({ site }) => !site).map(({ node }) => nodes[node].name);
  const where = others.filter(({ site }) => site).map(({ node }) => nodes[node].name);
  const title = who.length ? who.join(", ") : where.join(", ") || nodes[deal].short;
  const { short, told } = nodes[deal];
  const facts = wordFacts(told, statusOf(linksOf[deal][0]), `${short} ${where.join(" ")}`);
  const under = [short, facts, who.length && where.length ? where.join(", ") : ""]
    .filter(Boolean)
    .join(" · ");
  return drawTieRow({
    deal: true,
    kind: lookOf(nodes[deal]),
    title,
    under,
    status: statusOf(linksOf[deal][0]),
    item: { node: deal },
  });
}

function drawNeighbour(number, link) {
  const status = link === undefined ? null : statusOf(link);
  const sentences = link === undefined ? 0 : links[link].evidence.length;
  const row = drawTieRow({
    kind: lookOf(nodes[number]),
    title: nodes[number].name,
    under: link === undefined ? "" : wordFacts(links[link].told || {}, status),
    status,
    item: { node: number },
  });
  if (sentences) {
    row.append(
      make("button", {
        type: "button",
        class: "quiet why",
        "aria-label": `How we know: ${nodes[number].name.slice(0, 80)}`,
        text: sentences === 1 ? "1 sentence" : `${sentences} sentences`,
        on: { click: () => select({ link }) },
      }),
    );
  }
  return row;
}

function drawTieRow({ kind, title, under, status, item }) {
  return make(
    "li",
    {},
    make(
      "button",
      {
        type: "button",
        class: "tie-row",
        on: {
          click: () => select(item),
          mouseenter: () => hover(item),
          mouseleave: () => hover(null),
        },
      },
      drawKind(kind),
      make(
        "span",
        { class: "tie-words" },
        make("span", { class: "tie-name", dir: "auto", text: title }),
        under ? make("span", { class: "tie-under", dir: "auto", text: under }) : null,
      ),
      drawBadge(status),
    ),
  );
}

function drawParties(deal) {
  const rows = partiesOf(deal).filter(({ link }) => shown.links[link]);
  const part = (title, some) =>
    some.length
      ? make(
          "div",
          {},
          make("h3", { text: title }),
          make(
            "ul",
            { class: "ties" },
            ...some.map(({ node, role }) =>
              drawTieRow({
                kind: lookOf(nodes[node]),
                title: nodes[node].name,
                under: role,
                status: null,
                item: { node },
              }),
            ),
          ),
        )
      : null;
  return make(
    "section",
    { class: "tie-groups" },
    part(
      "Parties",
      rows.filter(({ site }) => !site),
    ),
    part(
      "Where",
      rows.filter(({ site }) => site),
    ),
  );
}
