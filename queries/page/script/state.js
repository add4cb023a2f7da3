// What the reader has set: filters, selection, view. One object, changed in one place, so that it
// can be watched, and put back.

const firstView = () => ({
  off: { kinds: new Set(), types: new Set(), statuses: new Set() },
  selected: null, // {node} or {link}
  cursor: null, // the node that the keyboard stands on
  hovered: null, // {node} or {link}
  table: false,
});

const view = firstView();
const watchers = [];

/** Calls `listener` after every change of one of these parts of the view. */
function watch(parts, listener) {
  watchers.push({ parts, listener });
}

/** Changes parts of the view and tells whoever watches them. */
function change(patch) {
  Object.assign(view, patch);
  const parts = Object.keys(patch);
  for (const { parts: watched, listener } of watchers) {
    if (watched.some((part) => parts.includes(part))) listener();
  }
}

/** Switches one row of the legend; `group` is kinds, types or statuses. */
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

const sameItem = (a, b) => a === b || Boolean(a && b && a.node === b.node && a.link === b.link);
