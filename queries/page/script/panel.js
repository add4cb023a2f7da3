// The panel: what is known of the selected name, deal or tie, and how.

const trail = []; // what was selected before, for the way back

function startPanel() {
  let last = null;
  watch(["selected", ...FILTERS], () => {
    if (!sameItem(last, view.selected)) {
      if (last && view.selected && !sameItem(trail.at(-1), view.selected)) trail.push(last);
      else if (!view.selected) trail.length = 0;
      else if (sameItem(trail.at(-1), view.selected)) trail.pop();
    }
    const moved = !sameItem(last, view.selected);
    last = view.selected;
    drawPanel(moved);
  });
}

function drawPanel(moved) {
  const panel = byId("panel");
  const item = view.selected;
  document.body.classList.toggle("with-panel", Boolean(item));
  if (!item) {
    panel.hidden = true;
    panel.replaceChildren();
    return;
  }
  const parts = describe(item);
  const scroll = panel.querySelector(".panel-body")?.scrollTop ?? 0;
  const within = panel.contains(document.activeElement); // what has the focus is about to go
  panel.replaceChildren(
    drawHead(parts),
    make("div", { class: "panel-body" }, ...parts.body.filter(Boolean)),
  );
  panel.hidden = false;
  panel.querySelector(".panel-body").scrollTop = moved ? 0 : scroll;
  if (within) byId("panel-title").focus({ preventScroll: true });
  if (moved) speak(`Details of ${parts.title}`.slice(0, 300));
}

function describe({ node, link, spot, lane }) {
  if (spot !== undefined) return describeSpot(spot);
  if (lane !== undefined) return describeLane(lane);
  if (link !== undefined) return describeTie(link);
  return isDeal(node) ? describeDeal(node) : describeName(node);
}

function drawHead({ title, over, under }) {
  return make(
    "header",
    { class: "panel-head" },
    make(
      "div",
      { class: "panel-words" },
      make("p", { class: "over" }, ...over),
      make("h2", { dir: "auto", id: "panel-title", tabindex: "-1", text: title }),
      under ? make("p", { class: "under", dir: "auto", text: under }) : null,
    ),
    make(
      "div",
      { class: "panel-tools" },
      trail.length
        ? make(
            "button",
            {
              type: "button",
              class: "tool square",
              "aria-label": "Back",
              title: "Back",
              on: { click: () => select(trail.at(-1)) },
            },
            drawIcon("M12 4l-6 6 6 6"),
          )
        : null,
      make(
        "button",
        {
          type: "button",
          class: "tool square",
          id: "close-panel",
          "aria-label": "Close details",
          title: "Close",
          on: { click: closePanel },
        },
        drawIcon("M5 5l10 10M15 5L5 15"),
      ),
    ),
  );
}

const drawIcon = (path) =>
  makeSvg(
    "svg",
    { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" },
    makeSvg("path", { d: path }),
  );

function closePanel() {
  const from = onMap()
    ? atlas.markers[[...findSpotsOf(view.selected)][0]]
    : view.as === "table" && byId("table").querySelector("tr.chosen button");
  select(null);
  (from || graph).focus({ preventScroll: true });
}

function describeName(number) {
  const node = nodes[number];
  const kind = lookOf(node);
  return {
    title: node.name,
    over: [drawKind(kind), kind.title],
    under: node.aliases ? `also ${node.aliases.join(", ")}` : "",
    body: [
      opensPart(number) ? drawOpening(number) : null,
      drawReach(number),
      drawFacts(node.facts),
      drawTiesOf(number),
      drawSentences(sentencesOf(reachOf(number))),
    ],
  };
}

/** The links of a name, and those of the deals that it is a party to. */
function reachOf(number) {
  return linksOf[number].flatMap((link) => {
    const other = otherEnd(link, number);
    return isDeal(other) ? [link, ...linksOf[other]] : [link];
  });
}

function describeDeal(number) {
  const node = nodes[number];
  const status = linksOf[number].length ? statusOf(linksOf[number][0]) : null;
  return {
    title: node.short,
    over: [drawKind(lookOf(node)), lookOf(node).title, drawBadge(status)],
    under: node.name === node.short ? "" : node.name,
    body: [drawParties(number), drawFacts(node.facts), drawSentences(sentencesOf(linksOf[number]))],
  };
}

function describeTie(number) {
  const link = links[number];
  const status = statusOf(number);
  const deal = [link.from, link.to].find(isDeal);
  if (deal !== undefined) return describeDeal(deal);
  const facts = [...(link.facts || [])];
  facts.push(["Status", status.title], ["Confidence", `${Math.round(link.confidence * 100)} %`]);
  return {
    title: `${nodes[link.from].name} – ${nodes[link.to].name}`,
    over: ["Tie", drawBadge(status)],
    under: `${nodes[link.from].name} ${wordLink(number)} ${nodes[link.to].name}`,
    body: [
      make(
        "section",
        {},
        make("h3", { text: "Between" }),
        make("ul", { class: "ties" }, drawNeighbour(link.from), drawNeighbour(link.to)),
      ),
      drawFacts(facts),
      drawSentences(sentencesOf([number])),
    ],
  };
}

function drawFacts(facts) {
  if (!facts.length) return null;
  return make(
    "dl",
    { class: "facts" },
    ...facts.map(([name, value]) =>
      make(
        "div",
        {},
        make("dt", { dir: "auto", text: name }),
        make("dd", { dir: "auto", text: value }),
      ),
    ),
  );
}
