// Where names have been written already, so that none is written over another.

const CELL = 40; // the side of the grid's cells, in pixels of the screen

/** Rectangles already taken, in a grid so that only near ones are compared. */
function makeGrid() {
  const cells = new Map();
  const visit = (box, use) => {
    for (let cx = Math.floor(box.x1 / CELL); cx <= Math.floor(box.x2 / CELL); cx += 1) {
      for (let cy = Math.floor(box.y1 / CELL); cy <= Math.floor(box.y2 / CELL); cy += 1) {
        if (use(`${cx},${cy}`)) return true;
      }
    }
    return false;
  };
  const meets = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
  return {
    /** Whether nothing of another owner is there; with `over`, no other name. */
    free: (box, self, over = false) =>
      !visit(box, (key) =>
        (cells.get(key) || []).some(
          (other) => other.owner !== self && (other.name || !over) && meets(box, other),
        ),
      ),
    take: (box, owner, name = false) => {
      const entry = { ...box, owner, name };
      visit(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(entry);
        return false;
      });
    },
  };
}
