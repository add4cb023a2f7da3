// The search box: names and aliases, whatever their case and accents; arrows and Enter choose.

const SUGGESTIONS = 8;
const searchIndex = nodes
  .map((node, number) => ({
    number,
    name: fold(node.name),
    all: [node.name, ...(node.aliases || [])].map(fold),
    aliases: node.aliases || [],
  }))
  .filter(({ number }) => !isDeal(number));

/** The best matches for a query: [{number, alias}], alias where that is what matched. */
function findNames(query) {
  const wanted = fold(query);
  if (!wanted) return [];
  const found = [];
  for (const entry of searchIndex) {
    let best = 9;
    let which = 0;
    entry.all.forEach((text, at) => {
      const rank = rankMatch(text, wanted) + (at ? 0.5 : 0);
      if (rank < best) [best, which] = [rank, at];
    });
    if (best < 9)
      found.push({ number: entry.number, best, alias: which ? entry.aliases[which - 1] : "" });
  }
  found.sort(
    (a, b) =>
      a.best - b.best || nodes[b.number].degree - nodes[a.number].degree || a.number - b.number,
  );
  return found.slice(0, SUGGESTIONS);
}

function rankMatch(text, wanted) {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(` ${wanted}`)) return 2;
  if (text.includes(wanted) || text.replace(/ /g, "").includes(wanted.replace(/ /g, ""))) return 3;
  return 9;
}

function startSearch() {
  const input = byId("query");
  const list = byId("suggestions");
  let found = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const match = found[index];
    if (!match) return;
    if (match.part !== undefined) {
      goToPart(match.part, match.number);
      return;
    }
    input.value = nodes[match.number].name.slice(0, 200);
    close();
    if (endPath({ node: match.number })) return;
    if (!shown.nodes[match.number]) showAll();
    if (!onMap() || spotOf[match.number] === null) showAs("graph");
    select({ node: match.number });
  };
  const mark = (index) => {
    at = index;
    [...list.children].forEach((row, number) =>
      row.setAttribute("aria-selected", String(number === at)),
    );
    const row = list.children[at];
    if (row) {
      input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    found = answer.members ? findMembers(input.value, SUGGESTIONS) : findNames(input.value);
    const rows = found.map((match, index) => makeSuggestion(match, index, choose));
    const none = make("li", {
      class: "none",
      role: "option",
      "aria-disabled": "true",
      text: "No such name in this answer",
    });
    list.replaceChildren(...(rows.length || !input.value.trim() ? rows : [none]));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(rows.length ? 0 : -1);
  };
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      else if (found.length)
        mark((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (list.hidden) open();
      choose(Math.max(0, at));
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    }
  });
}

function makeSuggestion({ number, alias, name, part }, index, choose) {
  const node = part === undefined ? nodes[number] : { name, kind: nodes[part].kind };
  return make(
    "li",
    {
      id: `suggestion-${index}`,
      role: "option",
      on: {
        mousedown: (event) => event.preventDefault(),
        click: () => choose(index),
      },
    },
    drawKind(lookOf(node)),
    make("span", { class: "suggestion-name", dir: "auto", text: node.name }),
    alias ? make("span", { class: "suggestion-alias", dir: "auto", text: alias }) : null,
    make("span", {
      class: "suggestion-kind",
      text: part === undefined ? lookOf(node).title : `in ${shorten(nodes[part].name)}`,
    }),
  );
}
