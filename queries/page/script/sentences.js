// The sentences that a tie stands on, with the two names marked, under their documents.

const FIRST_SENTENCES = 6;

/** A section of the panel with these sentences, as far as the filters let them through. */
function drawSentences(numbers) {
  const let_through = numbers.filter(sentenceShown);
  const hidden = numbers.length - let_through.length;
  const section = make("section", { class: "sentences" }, make("h3", { text: "How we know" }));
  if (!numbers.length)
    section.append(make("p", { class: "hint", text: "No sentence came with this answer." }));
  const list = make("div", { class: "sentence-list" });
  section.append(list);
  const draw = (some) => list.replaceChildren(...groupByDocument(some).map(drawDocument));
  draw(let_through.slice(0, FIRST_SENTENCES));
  const more = let_through.length - FIRST_SENTENCES;
  if (more > 0) {
    const button = make("button", {
      type: "button",
      class: "quiet",
      text: `Show ${count(more, "more sentence", "more sentences")}`,
    });
    button.addEventListener("click", () => {
      draw(let_through);
      button.remove();
    });
    section.append(button);
  }
  if (hidden)
    section.append(
      make("p", {
        class: "hint",
        text: `${count(hidden, "sentence is", "sentences are")} hidden by the filters.`,
      }),
    );
  return section;
}

function groupByDocument(numbers) {
  const groups = new Map();
  for (const number of numbers) {
    const { document } = evidence[number];
    if (!groups.has(document)) groups.set(document, []);
    groups.get(document).push(number);
  }
  return [...groups];
}

function drawDocument([number, sentences]) {
  const source = documents[number] || { title: "Unknown document" };
  const file = source.url || !source.source ? "" : source.source.split(/[\\/]/).at(-1);
  const details = [source.publisher, source.date, file].filter(Boolean).join(", ");
  return make(
    "article",
    { class: "document" },
    ...sentences.map(drawSentence),
    make(
      "footer",
      {},
      make(
        "span",
        { class: "document-title", dir: "auto" },
        source.url ? makeLink(source.url, source.title) : source.title,
      ),
      details ? make("span", { class: "document-details", dir: "auto", text: details }) : null,
    ),
  );
}

function drawSentence(number) {
  const { pieces, status } = evidence[number];
  const quote = make("blockquote", { dir: "auto" });
  pieces.forEach((piece, at) => {
    if (piece) quote.append(at % 2 ? make("mark", { text: piece }) : piece);
  });
  const known = statuses.get(status);
  return make("div", { class: "sentence" }, quote, known ? drawBadge(known) : null);
}

/** A status in a word, where it isn't simply in effect. */
function drawBadge(status) {
  if (!status || status.id === "in_effect") return null;
  return make("span", {
    class: `badge ${status.confirmed ? "" : "unsure"} status-${/^\w+$/.test(status.id) ? status.id : "other"}`,
    text: status.title,
  });
}
