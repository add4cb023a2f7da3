// What the reader has set: filters, selection, view. One object, changed in one place, so that it
// can be watched, and put back.

const firstView = () => ({
  off: {
    kinds: new Set(),
    groups: new Set(),
    types: new Set(),
    statuses: new Set(),
    documents: new Set(),
  },
  least: 0, // the least confidence, 0 to 1
  time: null, // the first and last of the periods that documents are of, by number
  near: null, // {node, steps}: only what is so near to a name
  path: null, // {from, to}: only the shortest ways between two; `to` null while it is picked
  folded: false, // deals of several parties as plain ties between them
  gone: new Set(), // nodes that the reader put away
  pinned: new Set(), // nodes that stay where they are
  selected: null, // {node} or {link}; on the map also {spot}, a place, or {lane}, ties between two
  cursor: null, // the node that the keyboard stands on
  hovered: null, // what is under the pointer, as `selected`
  as: "graph", // or "table", or "map"
});

/** What decides which nodes, ties and sentences are to be seen. */
const FILTERS = ["off", "least", "time", "near", "path", "folded", "gone"];
const UNDONE = [...FILTERS, "pinned"]; // what "undo" takes back

const view = firstView();
const watchers = [];
const past = []; // what UNDONE held before each change: {parts, values, at}
const SAME_MOVE = 600; // milliseconds in which changes of one slider are one change

/** Calls `listener` after every change of one of these parts of the view. */
function watch(parts, listener) {
  watchers.push({ parts, listener });
}

/** Changes parts of the view and tells whoever watches them. */
function change(patch) {
  remember(Object.keys(patch).filter((part) => UNDONE.includes(part)));
  apply(patch);
}

function remember(parts) {
  if (!parts.length) return;
  const last = past.at(-1);
  const at = performance.now();
  if (last && last.parts.join() === parts.join() && at - last.at < SAME_MOVE) last.at = at;
  else
    past.push({ parts, at, values: Object.fromEntries(UNDONE.map((name) => [name, view[name]])) });
}

/** Takes the last change of filters back; whether there was one. */
function undo() {
  const last = past.pop();
  if (last) apply(last.values);
  return Boolean(last);
}

function apply(patch) {
  Object.assign(view, patch);
  const parts = Object.keys(patch);
  for (const { parts: watched, listener } of watchers) {
    if (watched.some((part) => parts.includes(part))) listener();
  }
}

/** Switches one row of the legend; `group` is kinds, groups, types or statuses. */
function toggle(group, id) {
  const next = new Set(view.off[group]);
  if (!next.delete(id)) next.add(id);
  change({ off: { ...view.off, [group]: next } });
}

/** Shows one row of a group alone, or, where it is alone already, all of them. */
function single(group, id, all) {
  const others = all.filter((other) => other !== id);
  const alone = !view.off[group].has(id) && others.every((other) => view.off[group].has(other));
  change({ off: { ...view.off, [group]: alone ? new Set() : new Set(others) } });
}

const ITEMS = ["node", "link", "spot", "lane"];
const sameItem = (a, b) => a === b || Boolean(a && b && ITEMS.every((sort) => a[sort] === b[sort]));

function showAs(as) {
  if (view.as !== as) change({ as });
}
