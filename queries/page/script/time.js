// The periods that documents are of: months, or years where there are many.

const MOST_MONTHS = 36;
const DAY = /^(\d{4})(?:-(\d{2}))?/;

/** [year, month from 0] of a document, null where its day is unknown. */
function readMonth({ day = "" }) {
  const found = DAY.exec(day);
  if (!found) return null;
  return [Number(found[1]), found[2] ? Math.min(11, Math.max(0, Number(found[2]) - 1)) : 0];
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The periods in order, [{title, count}], and which of them each document is of. */
const { periods, periodOf } = (() => {
  const months = documents.map(readMonth);
  const known = months.filter(Boolean).map(([year, month]) => year * 12 + month);
  if (!known.length) return { periods: [], periodOf: [] };
  // Not Math.min(...known): thousands of arguments would be too many.
  const first = known.reduce((a, b) => Math.min(a, b));
  const last = known.reduce((a, b) => Math.max(a, b));
  const yearly = last - first >= MOST_MONTHS || documents.some(({ day = "" }) => day.length === 4);
  const place = ([year, month]) =>
    yearly ? year - Math.floor(first / 12) : year * 12 + month - first;
  const size = yearly ? Math.floor(last / 12) - Math.floor(first / 12) + 1 : last - first + 1;
  if (size > 400) return { periods: [], periodOf: [] }; // a date is wrong by centuries
  const found = Array.from({ length: size }, (_, at) => ({
    title: yearly
      ? String(Math.floor(first / 12) + at)
      : `${MONTHS[(first + at) % 12]} ${Math.floor((first + at) / 12)}`,
    count: 0,
  }));
  const of = months.map((month) => (month ? place(month) : -1));
  for (const at of of) if (at >= 0) found[at].count += 1;
  return { periods: found, periodOf: of };
})();
