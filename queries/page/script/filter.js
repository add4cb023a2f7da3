// Which nodes, ties and sentences the filters let through.

/** Whether a link belongs to the picture as deals are drawn now: with nodes of their own, or folded. */
function unfolds(number) {
  const { folded, from, to } = links[number];
  if (folded) return view.folded;
  return !view.folded || !(nodes[from].folds || nodes[to].folds);
}

const shown = {
  nodes: new Uint8Array(nodes.length).fill(1),
  links: Uint8Array.from(links, (_, number) => Number(unfolds(number))),
};

/**
 * Works out `shown` from the view. A deal of which fewer than two sides are left goes. A name goes
 * with its ties where these are filtered away themselves; where only those at their other ends
 * are, it stays: who shows firms alone wants all of them.
 */
function applyFilters() {
  const kept = nodes.map((node, number) => isTicked(node) && !view.gone.has(number));
  const passes = links.map((_, number) => linkPasses(number));
  links.forEach(({ from, to }, number) => {
    shown.links[number] = passes[number] && kept[from] && kept[to] ? 1 : 0;
  });
  dropBareDeals();
  const within = findWithin();
  for (let node = 0; node < nodes.length; node += 1) {
    const alone = !linksOf[node].length;
    const stays = isDeal(node) ? countLive(node) : linksOf[node].some((link) => passes[link]);
    shown.nodes[node] = kept[node] && (alone || stays) ? 1 : 0;
    if (within && !within.nodes.has(node)) shown.nodes[node] = 0;
  }
  if (!within) return;
  links.forEach((_, number) => {
    if (!within.links.has(number)) shown.links[number] = 0;
  });
}

const isTicked = ({ kind, group }) => !view.off.kinds.has(kind) && !view.off.groups.has(group);

const countLive = (node) => linksOf[node].reduce((sum, link) => sum + shown.links[link], 0);

function dropBareDeals() {
  for (let node = 0; node < nodes.length; node += 1) {
    if (isDeal(node) && countLive(node) < Math.min(2, linksOf[node].length)) {
      for (const link of linksOf[node]) shown.links[link] = 0;
    }
  }
}

/** Whether the filters of ties and of their sentences let a link through. */
function linkPasses(number) {
  const { type, status, confidence, evidence: told } = links[number];
  if (!unfolds(number)) return false;
  if (view.off.types.has(type) || view.off.statuses.has(status)) return false;
  if (confidence < view.least) return false;
  return (!view.time && !view.off.documents.size) || told.some(documentPasses);
}

/** Whether the document of a sentence is one of those, and of the time, that are to be seen. */
function documentPasses(number) {
  const { document } = evidence[number];
  if (view.off.documents.has(document)) return false;
  if (!view.time) return true;
  const period = periodOf[document] ?? -1;
  return period >= view.time[0] && period <= view.time[1];
}

/** Whether a sentence speaks of a tie that the filters let through. */
function sentenceShown(number) {
  const { type, status, confidence } = evidence[number];
  return (
    !view.off.types.has(type) &&
    !view.off.statuses.has(status) &&
    confidence >= view.least &&
    documentPasses(number)
  );
}

/** What lies near a name, or on the ways between two: {nodes, links}; null without such a wish. */
function findWithin() {
  if (view.path && view.path.to !== null) return findWays(view.path.from, view.path.to);
  if (!view.near) return null;
  const far = measureFrom(view.near.node, 2 * view.near.steps);
  return keepWithin(
    (node) => far[node] <= 2 * view.near.steps,
    ({ from, to }) => Math.min(far[from], far[to]) < 2 * view.near.steps,
  );
}

const STEP = 2; // a tie is two half steps, the way to a deal and from it one each

/** How many half steps each node is from `start`, over what is shown; Infinity beyond `most`. */
function measureFrom(start, most = Infinity, leads = (link) => shown.links[link]) {
  const far = new Array(nodes.length).fill(Infinity);
  const waiting = [[start]]; // by distance
  far[start] = 0;
  for (let at = 0; at < waiting.length && at < most; at += 1) {
    for (const node of waiting[at] || []) {
      if (far[node] !== at) continue;
      for (const link of linksOf[node]) {
        if (!leads(link)) continue;
        const other = otherEnd(link, node);
        const reach = at + lengthOf(link);
        if (reach >= far[other]) continue;
        far[other] = reach;
        (waiting[reach] ||= []).push(other);
      }
    }
  }
  return far;
}

const lengthOf = (link) => (isDeal(links[link].from) || isDeal(links[link].to) ? 1 : STEP);

/** Whether a way may lead over a link: what is denied or only rumoured connects nobody. */
const connects = (link) => shown.links[link] && statusOf(link).confirmed;

/** All shortest ways between two names. */
function findWays(from, to) {
  const [near, rest] = [from, to].map((end) => measureFrom(end, Infinity, connects));
  const whole = near[to];
  const on = (a, b, length) => near[a] + length + rest[b] === whole;
  return keepWithin(
    (node) =>
      node === from || node === to || (whole < Infinity && near[node] + rest[node] === whole),
    (link, number) =>
      whole < Infinity &&
      connects(number) &&
      (on(link.from, link.to, lengthOf(number)) || on(link.to, link.from, lengthOf(number))),
  );
}

function keepWithin(keepsNode, keepsLink) {
  const within = { nodes: new Set(), links: new Set() };
  nodes.forEach((_, number) => keepsNode(number) && within.nodes.add(number));
  links.forEach((link, number) => keepsLink(link, number) && within.links.add(number));
  return within;
}

/** The steps of the shortest way between the two that the reader picked; Infinity for none. */
const countSteps = ({ from, to }) => measureFrom(from, Infinity, connects)[to] / STEP;

const tieShown = (tie) => tie.links.some((link) => shown.links[link]);

/** {names, ties} that are to be seen now, and {tieless}: names hidden for want of a tie. */
function countShown() {
  let [names, tieless] = [0, 0];
  const whole = !view.near && !view.path;
  for (let n = 0; n < nodes.length; n += 1) {
    if (isDeal(n)) continue;
    if (shown.nodes[n]) names += 1;
    else if (whole && isTicked(nodes[n]) && !view.gone.has(n)) tieless += 1;
  }
  return { names, tieless, ties: ties.filter(tieShown).length };
}

const filtered = () =>
  Object.values(view.off).some((set) => set.size > 0) ||
  view.least > 0 ||
  Boolean(view.time || view.near || view.path || view.gone.size);

/** How many names or ties each row of a group of the legend has, as deals are drawn now. */
function countRows(group) {
  const found = new Map();
  const add = (id) => found.set(id, (found.get(id) || 0) + 1);
  if (group === "kinds") for (const { kind, folds } of nodes) (view.folded && folds) || add(kind);
  else if (group === "groups") for (const { group: id } of nodes) id === undefined || add(id);
  else
    for (const { links: drawn, type } of ties)
      if (unfolds(drawn[0])) add(group === "types" ? type : links[drawn[0]].status);
  return found;
}

/** Lets everything be seen again. */
function showAll() {
  const first = firstView();
  change(Object.fromEntries(FILTERS.map((part) => [part, first[part]])));
}
