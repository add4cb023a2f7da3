// Under the legend: from what confidence on, of which time, and from which documents.

const MOST_DOCUMENTS = 60; // listed at once
const PLAY_PACE = 700; // milliseconds a period

function startLimits() {
  byId("legend").append(
    make("div", { id: "legend-rows" }),
    make(
      "div",
      { id: "legend-limits" },
      ...[drawSurety(), drawTime(), drawPapers()].filter(Boolean),
    ),
  );
}

/** The slider of the least confidence; none where all ties are as sure. */
function drawSurety() {
  const shares = links.map(({ confidence }) => confidence);
  const least = shares.reduce((a, b) => Math.min(a, b), 1);
  const most = shares.reduce((a, b) => Math.max(a, b), 0);
  if (most - least < 0.01) return null;
  const out = make("output", { class: "limit-value", for: "least" });
  const slider = make("input", {
    type: "range",
    id: "least",
    min: "0",
    max: String(Math.floor(most * 100)),
    step: "1",
    on: { input: () => change({ least: Number(slider.value) / 100 }) },
  });
  const show = () => {
    const share = Math.round(view.least * 100);
    slider.value = String(share);
    out.textContent = share ? `${share} % or more` : "any";
    slider.setAttribute("aria-valuetext", out.textContent);
  };
  watch(["least"], show);
  show();
  return make(
    "div",
    { class: "limit" },
    make("label", { for: "least", class: "limit-title", text: "Confidence" }),
    out,
    slider,
  );
}

/** The histogram of documents by time with two ends to move, and a button that plays it. */
function drawTime() {
  if (periods.length < 2) return null;
  const last = periods.length - 1;
  const out = make("output", { class: "limit-value" });
  const bars = drawBars();
  const ends = [0, 1].map((end) =>
    make("input", {
      type: "range",
      id: end ? "time-last" : "time-first",
      class: "time-end",
      min: "0",
      max: String(last),
      "aria-label": end ? "Documents until" : "Documents since",
      on: { input: () => setTime(Number(ends[0].value), Number(ends[1].value), end) },
    }),
  );
  const play = make("button", { type: "button", class: "quiet", id: "play", text: "Play" });
  play.addEventListener("click", () => playTime(play));
  const show = () => {
    const [from, to] = view.time || [0, last];
    [ends[0].value, ends[1].value] = [String(from), String(to)];
    ends.forEach((end, at) => end.setAttribute("aria-valuetext", periods[at ? to : from].title));
    out.textContent =
      from === to ? periods[from].title : `${periods[from].title} – ${periods[to].title}`;
    [...bars.children].forEach((bar, at) => bar.classList.toggle("out", at < from || at > to));
  };
  watch(["time"], show);
  show();
  return make(
    "div",
    { class: "limit", role: "group", "aria-label": "Time of the documents" },
    make("span", { class: "limit-title", text: "Documents of" }),
    out,
    make("div", { class: "time" }, bars, ...ends),
    play,
  );
}

function drawBars() {
  const most = periods.reduce((high, { count: number }) => Math.max(high, number), 1);
  const bars = makeSvg("svg", {
    class: "bars",
    viewBox: `0 0 ${periods.length} 20`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  periods.forEach(({ count: number }, at) => {
    const height = number ? Math.max(1.5, (20 * number) / most) : 0;
    bars.append(makeSvg("rect", { x: at + 0.1, y: 20 - height, width: 0.8, height, class: "bar" }));
  });
  return bars;
}

/** Sets the time; the end that moves pushes the other one before it. */
function setTime(first, last, moved) {
  const [from, to] = moved ? [Math.min(first, last), last] : [first, Math.max(first, last)];
  change({ time: from === 0 && to === periods.length - 1 ? null : [from, to] });
}

let playing = null;

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  const button = byId("play");
  if (button) button.textContent = "Play";
}

/** Lets the documents come one period after the other. */
function playTime(button) {
  if (playing) {
    stopPlaying();
    return;
  }
  const from = view.time?.[0] ?? 0;
  const most = periods.length - 1;
  let to = view.time && view.time[1] < most ? view.time[1] : from - 1;
  const step = () => {
    to += 1;
    setTime(from, to, 1);
    if (to >= most) stopPlaying();
  };
  button.textContent = "Stop";
  playing = setInterval(step, PLAY_PACE);
  step();
}

/** The documents, folded: each can be left out. */
function drawPapers() {
  if (documents.length < 2) return null;
  const list = make("div", { class: "papers" });
  const find = make("input", {
    type: "search",
    class: "papers-find",
    "aria-label": "Find a document",
    placeholder: "Find a document",
    on: { input: () => show() },
  });
  const show = () => {
    const wanted = fold(find.value);
    const numbers = documents
      .map((_, number) => number)
      .filter((number) => !wanted || fold(documents[number].title).includes(wanted));
    list.replaceChildren(...numbers.slice(0, MOST_DOCUMENTS).map(drawPaper));
    if (numbers.length > MOST_DOCUMENTS)
      list.append(
        make("p", {
          class: "hint",
          text: `And ${numbers.length - MOST_DOCUMENTS} more: find one by its title.`,
        }),
      );
  };
  watch(["off"], () => {
    for (const box of list.querySelectorAll("input"))
      box.checked = !view.off.documents.has(Number(box.value));
  });
  show();
  return make(
    "details",
    { class: "limit limit-papers" },
    make("summary", { text: `${count(documents.length, "document", "documents")} to choose from` }),
    documents.length > 12 ? find : null,
    list,
  );
}

function drawPaper(number) {
  const { title, date } = documents[number];
  const box = make("input", {
    type: "checkbox",
    value: String(number),
    on: { change: () => toggle("documents", number) },
  });
  box.checked = !view.off.documents.has(number);
  return make(
    "div",
    { class: "legend-row" },
    make(
      "label",
      { title },
      box,
      make("span", { class: "tick", "aria-hidden": "true" }),
      make("span", { class: "legend-text", dir: "auto", text: title }),
    ),
    make("button", {
      type: "button",
      class: "only",
      "aria-label": `Only ${title.slice(0, 80)}`,
      text: "only",
      on: {
        click: () =>
          single(
            "documents",
            number,
            documents.map((_, other) => other),
          ),
      },
    }),
    make("span", { class: "legend-count", text: date || "" }),
  );
}
