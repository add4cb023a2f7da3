// The answer as it came with the page, and the few indexes that everything else looks things up in.

const answer = readBlock("answer");
const drawing = readBlock("drawing");
const options = readBlock("options");
const { nodes, links, evidence, documents } = answer;

const kinds = new Map(answer.kinds.map((kind) => [kind.id, kind]));
const types = new Map(answer.types.map((type) => [type.id, type]));
const statuses = new Map(answer.statuses.map((status) => [status.id, status]));
const groups = new Map(answer.groups.map((group) => [group.id, group]));

for (const link of links) {
  link.label ??= types.get(link.type).label;
  link.inverse ??= types.get(link.type).inverse;
}

const linksOf = nodes.map(() => []);
links.forEach((link, number) => {
  linksOf[link.from].push(number);
  if (link.to !== link.from) linksOf[link.to].push(number);
});

/** How a node looks: as its kind, in the colour of its group where names have such. */
const lookOf = ({ kind, group }) =>
  group === undefined
    ? kinds.get(kind)
    : { ...kinds.get(kind), colour: groups.get(group).colour };

const isDeal = (node) => Boolean(nodes[node] && kinds.get(nodes[node].kind).deal);
const otherEnd = (link, node) => (links[link].from === node ? links[link].to : links[link].from);
const statusOf = (link) => statuses.get(links[link].status);

/** The parties and sites of a deal: [{node, link, role, site}]. */
function partiesOf(deal) {
  return linksOf[deal].map((link) => ({
    node: otherEnd(link, deal),
    link,
    role: links[link].role || "",
    second: Boolean(links[link].second),
    site: links[link].spoke === "SITED_IN",
  }));
}

/** How a tie reads when one stands at `node`: "acquired" or "acquired by". */
const readFrom = (link, node) =>
  links[link].from === node ? links[link].label : links[link].inverse;

/** When a tie began or is to begin, and ended, in words. */
const wordTime = ({ since, until }, status) =>
  [since && `${status.id === "planned" ? "from" : "since"} ${since}`, until && `until ${until}`]
    .filter(Boolean)
    .join(" ");

/** What is known of a tie in a few words: "R&D centre · EUR 640m · since 2025-07". */
function wordFacts(told, status, besides = "") {
  const { role, kind, amount, stake, place } = told;
  return [role, kind, amount, stake, wordTime(told, status), place]
    .filter((part) => part && !besides.toLowerCase().includes(part.toLowerCase()))
    .join(" · ");
}

/**
 * What a reader counts as one tie: a link between two names, or a deal with all its parties; both
 * those of unfolded and of folded deals.
 * Each: {deal, link} with the other undefined, and the links that it is drawn with.
 */
const ties = (() => {
  const found = [];
  nodes.forEach((node, number) => {
    if (kinds.get(node.kind).deal && linksOf[number].length) {
      found.push({ deal: number, links: linksOf[number], type: links[linksOf[number][0]].type });
    }
  });
  links.forEach((link, number) => {
    if (!link.spoke || (!isDeal(link.from) && !isDeal(link.to))) {
      found.push({ link: number, links: [number], type: link.type });
    }
  });
  return found;
})();

/** The sentences behind some links, each once, in the order of the documents. */
function sentencesOf(linkNumbers) {
  const found = new Set();
  for (const link of linkNumbers) for (const item of links[link].evidence) found.add(item);
  return [...found].sort((a, b) => evidence[a].document - evidence[b].document || a - b);
}
