// Which nodes, ties and sentences the filters let through.

const shown = {
  nodes: new Uint8Array(nodes.length).fill(1),
  links: new Uint8Array(links.length).fill(1),
};

/**
 * Works out `shown` from the view. A deal of which fewer than two sides are left goes. A name goes
 * with its ties where these are filtered away themselves; where only those at their other ends
 * are, it stays: who shows firms alone wants all of them.
 */
function applyFilters() {
  const { kinds: kindsOff, types: typesOff, statuses: statusesOff } = view.off;
  const kept = nodes.map((node) => !kindsOff.has(node.kind));
  const passes = links.map(({ type, status }) => !typesOff.has(type) && !statusesOff.has(status));
  links.forEach(({ from, to }, number) => {
    shown.links[number] = passes[number] && kept[from] && kept[to] ? 1 : 0;
  });
  const countLive = (node) => linksOf[node].reduce((sum, link) => sum + shown.links[link], 0);
  for (let node = 0; node < nodes.length; node += 1) {
    if (isDeal(node) && countLive(node) < Math.min(2, linksOf[node].length)) {
      for (const link of linksOf[node]) shown.links[link] = 0;
    }
  }
  for (let node = 0; node < nodes.length; node += 1) {
    const alone = !linksOf[node].length;
    const stays = isDeal(node) ? countLive(node) : linksOf[node].some((link) => passes[link]);
    shown.nodes[node] = kept[node] && (alone || stays) ? 1 : 0;
  }
}

/** Whether a sentence speaks of a tie that the filters let through. */
function sentenceShown(number) {
  const { type, status } = evidence[number];
  return !view.off.types.has(type) && !view.off.statuses.has(status);
}

const tieShown = (tie) => tie.links.some((link) => shown.links[link]);

/** {names, ties} that are to be seen now, and {tieless}: names hidden for want of a tie. */
function countShown() {
  let [names, tieless] = [0, 0];
  for (let n = 0; n < nodes.length; n += 1) {
    if (isDeal(n)) continue;
    if (shown.nodes[n]) names += 1;
    else if (!view.off.kinds.has(nodes[n].kind)) tieless += 1;
  }
  return { names, tieless, ties: ties.filter(tieShown).length };
}

const filtered = () => Object.values(view.off).some((set) => set.size > 0);
