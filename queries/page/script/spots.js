// Places of the map: which names are where, and which ties lead from one place to another.

const world = answer.world;

/** The places: {name, x, y, nodes}; names at one point of the map share one. */
const spots = [];
const spotOf = (() => {
  const known = new Map();
  return nodes.map(({ spot }, number) => {
    if (!spot) return null;
    const [name, x, y] = spot;
    const key = `${x},${y}`;
    if (!known.has(key)) known.set(key, spots.push({ name, x, y, nodes: [] }) - 1);
    const at = known.get(key);
    spots[at].nodes.push(number);
    return at;
  });
})();

const shownAt = (spot) => spots[spot].nodes.filter((node) => shown.nodes[node]);

/** How many names are shown, and how many of them have a place. */
function countPlaced() {
  const names = shownNumbers(shown.nodes).filter((node) => !isDeal(node));
  return { names: names.length, placed: names.filter((node) => spotOf[node] !== null).length };
}

/** The ties shown between two places, by their numbers "3-7": {from, to, links}. */
function listLanes() {
  const lanes = new Map();
  const add = (one, other, links_) => {
    if (one === null || other === null || one === other) return;
    const [from, to] = one < other ? [one, other] : [other, one];
    const key = `${from}-${to}`;
    if (!lanes.has(key)) lanes.set(key, { key, from, to, links: new Set() });
    for (const link of links_) lanes.get(key).links.add(link);
  };
  links.forEach(({ from, to }, number) => {
    if (shown.links[number]) add(spotOf[from], spotOf[to], [number]);
  });
  nodes.forEach((_, deal) => {
    if (isDeal(deal) && shown.nodes[deal] && spotOf[deal] === null) addDeal(deal, add);
  });
  return [...lanes.values()];
}

/** A deal without a site leads from each of its parties to each other one. */
function addDeal(deal, add) {
  const spokes = linksOf[deal].filter((link) => shown.links[link]);
  spokes.forEach((one, at) =>
    spokes
      .slice(at + 1)
      .forEach((other) =>
        add(spotOf[otherEnd(one, deal)], spotOf[otherEnd(other, deal)], [one, other]),
      ),
  );
}

/** What a place opens: its only name, or the list of those that are there. */
function itemAt(spot) {
  const there = shownAt(spot);
  return there.length === 1 ? { node: there[0] } : { spot };
}

/** What a lane opens: its only tie or deal, or the list of them. */
function itemOn({ key, links: found }) {
  const opened = [...found].map(itemOfLink);
  const same = opened.every((item) => sameItem(item, opened[0]));
  return same ? opened[0] : { lane: key };
}

/** What a link opens: the deal that it leads to, or itself. */
function itemOfLink(link) {
  const deal = [links[link].from, links[link].to].find(isDeal);
  return deal === undefined ? { link } : { node: deal };
}

const findLane = (key) => listLanes().find((lane) => lane.key === key);

/** The places of what is selected or pointed at; null where nothing is, or it has none. */
function findSpotsOf(item) {
  if (!item) return null;
  if (item.spot !== undefined) return new Set([item.spot]);
  if (item.lane) return new Set(item.lane.split("-").map(Number));
  const ends = item.link === undefined ? [item.node] : [links[item.link].from, links[item.link].to];
  const found = ends.flatMap((node) =>
    isDeal(node) ? [node, ...linksOf[node].map((link) => otherEnd(link, node))] : [node],
  );
  return new Set(found.map((node) => spotOf[node]).filter((spot) => spot !== null));
}

function describeSpot(spot) {
  const there = shownAt(spot);
  return {
    title: spots[spot].name,
    over: ["Place"],
    under: count(there.length, "name", "names"),
    body: [
      make(
        "section",
        { class: "tie-groups" },
        make("h3", { text: "Here" }),
        make(
          "ul",
          { class: "ties" },
          ...there.map((node) => (isDeal(node) ? drawDealRow(node, null) : drawNeighbour(node))),
        ),
      ),
      drawLinks(
        "Their ties",
        there.flatMap((node) => linksOf[node]),
      ),
    ],
  };
}

function describeLane(key) {
  const [from, to] = key.split("-").map((spot) => spots[spot].name);
  const found = [...(findLane(key)?.links || [])];
  return {
    title: `${from} – ${to}`,
    over: ["Ties between places"],
    body: [drawLinks("Between them", found), drawSentences(sentencesOf(found))],
  };
}

/** Ties as rows, each deal and tie once. */
function drawLinks(title, numbers) {
  const found = numbers.filter((link) => shown.links[link]);
  const opened = new Map(found.map((link) => [JSON.stringify(itemOfLink(link)), link]));
  if (!opened.size) return null;
  return make(
    "section",
    { class: "tie-groups" },
    drawTieGroup(
      title,
      [...opened.values()].map((link) => ({ link, make: () => drawLinkRow(link) })),
    ),
  );
}

/** A tie as a row of its own: both names, and what it says. */
function drawLinkRow(link) {
  const item = itemOfLink(link);
  if (item.node !== undefined) return drawDealRow(item.node, null);
  const { from, to, told } = links[link];
  const facts = wordFacts(told || {}, statusOf(link));
  return drawTieRow({
    kind: lookOf(nodes[from]),
    title: `${nodes[from].name} – ${nodes[to].name}`,
    under: [links[link].label, facts].filter(Boolean).join(" · "),
    status: statusOf(link),
    item,
  });
}
