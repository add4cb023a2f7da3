// The legend: what colours, shapes and lines mean, how many of each there are, and the switches
// that show or hide them.

const UNCOLOURED = { colour: "#c8ced6" }; // of kinds where colours tell groups

const LEGEND = [
  {
    group: "kinds",
    title: "Who and what",
    rows: answer.kinds,
    icon: (kind) => drawKind(groups.size && !kind.deal ? { ...kind, ...UNCOLOURED } : kind),
    text: (kind) => (kind.count === 1 ? kind.title : kind.plural),
  },
  {
    group: "groups",
    title: "Colours",
    rows: answer.groups,
    icon: (group) => drawKind({ ...group, shape: "dot" }),
    text: (group) => group.title,
  },
  {
    group: "statuses",
    title: "Status",
    rows: answer.statuses,
    icon: drawStatus,
    text: (status) => status.title,
  },
  {
    group: "types",
    title: "Ties",
    rows: answer.types,
    icon: drawWeight,
    text: (type) => type.label,
  },
];

/** What a node that is no deal is called, one and more. */
const ONES = answer.members ? ["community", "communities"] : ["name", "names"];

function startLegend() {
  startLimits();
  drawLegend();
  watch(FILTERS, drawLegend);
}

function drawLegend() {
  const legend = byId("legend");
  const rows = byId("legend-rows");
  const focused = rows.contains(document.activeElement) && document.activeElement.id;
  const scroll = legend.scrollTop;
  const { names, tieless, ties: tied } = countShown();
  const parts = [
    make(
      "div",
      { class: "legend-head" },
      make(
        "p",
        { class: "sum" },
        make("b", { text: names.toLocaleString("en") }),
        ` ${names === 1 ? ONES[0] : ONES[1]}, `,
        make("b", { text: tied.toLocaleString("en") }),
        tied === 1 ? " tie" : " ties",
      ),
      make("button", {
        type: "button",
        class: "quiet only-narrow",
        id: "close-legend",
        text: "Done",
        on: { click: () => openLegend(false) },
      }),
    ),
    tieless
      ? make("p", {
          class: "hint",
          id: "tieless",
          text: `${count(tieless, "name has", "names have")} no tie of those ticked and ${tieless === 1 ? "is" : "are"} not drawn.`,
        })
      : null,
    ...LEGEND.filter(({ rows }) => rows.length).flatMap((group) => [
      drawGroup(group),
      group.group === "kinds" && nodes.some(({ folds }) => folds) ? drawFold() : null,
    ]),
    filtered()
      ? make("button", {
          type: "button",
          class: "quiet",
          id: "show-all",
          text: "Show all again",
          on: { click: showAll },
        })
      : make("p", { class: "hint", text: "Untick to hide. “only” shows one alone." }),
  ];
  rows.replaceChildren(...parts.filter(Boolean));
  legend.scrollTop = scroll;
  if (focused) byId(focused)?.focus({ preventScroll: true });
}

function drawGroup({ group, title, rows, icon, text }) {
  // Deals stand between names: "only firms" keeps those between firms, "only deals" would be none.
  const ids = rows.filter((row) => !row.deal).map((row) => row.id);
  const counts = countRows(group);
  return make(
    "fieldset",
    { class: `legend-group legend-${group}` },
    make("legend", { text: title }),
    ...rows.map((row, number) => {
      const found = counts.get(row.id) || 0;
      if (!found) return null;
      const id = `${group}-${number}`;
      const box = make("input", {
        type: "checkbox",
        id,
        on: { change: () => toggle(group, row.id) },
      });
      box.checked = !view.off[group].has(row.id);
      return make(
        "div",
        { class: "legend-row" },
        make(
          "label",
          { for: id, title: text(row) },
          box,
          make("span", { class: "tick", "aria-hidden": "true" }),
          icon(row),
          make("span", { class: "legend-text", dir: "auto", text: text(row) }),
        ),
        ids.length > 1 && !row.deal
          ? make("button", {
              type: "button",
              class: "only",
              id: `only-${id}`,
              "aria-label": `Only ${text(row)}`,
              text: "only",
              on: { click: () => single(group, row.id, ids) },
            })
          : null,
        make("span", { class: "legend-count", text: found.toLocaleString("en") }),
      );
    }),
  );
}

/** The switch that folds deals to plain ties between their parties. */
function drawFold() {
  const box = make("input", {
    type: "checkbox",
    id: "fold",
    on: {
      change: () => {
        const gone = isDeal(view.selected?.node ?? -1) || links[view.selected?.link]?.folded;
        change({ folded: box.checked, ...(gone ? { selected: null } : {}) });
      },
    },
  });
  box.checked = view.folded;
  return make(
    "div",
    { class: "legend-row legend-fold" },
    make(
      "label",
      { for: "fold", title: "Draw deals of several parties as ties between two and two" },
      box,
      make("span", { class: "tick", "aria-hidden": "true" }),
      make("span", { class: "legend-text", text: "Deals as plain ties" }),
    ),
  );
}

/** Opens or closes the legend where it is a sheet. */
function openLegend(on) {
  byId("legend").classList.toggle("open", on);
  byId("open-legend").setAttribute("aria-expanded", String(on));
  if (on) {
    change({ selected: null });
    byId("close-legend")?.focus();
  } else byId("open-legend").focus();
}
