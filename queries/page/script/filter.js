// Which nodes, ties and sentences the filters let through.

const shown = {
  nodes: new Uint8Array(nodes.length).fill(1),
  links: new Uint8Array(links.length).fill(1),
};

/**
 * Works out `shown` from the view. A name whose ties are all filtered away goes with them, and so
 * does a deal of which fewer than two sides are left.
 */
function applyFilters() {
  const { kinds: kindsOff, types: typesOff, statuses: statusesOff } = view.off;
  const kept = nodes.map((node) => !kindsOff.has(node.kind));
  links.forEach((link, number) => {
    const on =
      kept[link.from] && kept[link.to] && !typesOff.has(link.type) && !statusesOff.has(link.status);
    shown.links[number] = on ? 1 : 0;
  });
  const countLive = (node) => linksOf[node].reduce((sum, link) => sum + shown.links[link], 0);
  for (let node = 0; node < nodes.length; node += 1) {
    if (isDeal(node) && countLive(node) < Math.min(2, linksOf[node].length)) {
      for (const link of linksOf[node]) shown.links[link] = 0;
    }
  }
  for (let node = 0; node < nodes.length; node += 1) {
    shown.nodes[node] = kept[node] && (!linksOf[node].length || countLive(node)) ? 1 : 0;
  }
}

/** Whether a sentence speaks of a tie that the filters let through. */
function sentenceShown(number) {
  const { type, status } = evidence[number];
  return !view.off.types.has(type) && !view.off.statuses.has(status);
}

const tieShown = (tie) => tie.links.some((link) => shown.links[link]);

/** {names, ties} that are to be seen now. */
function countShown() {
  let names = 0;
  for (let n = 0; n < nodes.length; n += 1) if (shown.nodes[n] && !isDeal(n)) names += 1;
  return { names, ties: ties.filter(tieShown).length };
}

const filtered = () => Object.values(view.off).some((set) => set.size > 0);
