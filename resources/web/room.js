// Where the marks of entries are, so that names can stand aside.
import { near } from './world.js';
import { radiusOf } from './clusters.js';

const TRIES = [0, 17, -17, 27, -27];
const LINE = 8; // half the height of a name, CSS pixels
let marks = [];

export function occupy(list) { marks = list; }

/** How far down (or up) a name of `half` pixels each side must move to be readable near `position`. */
export function standAside([x, y], half, resolution, first = 0) {
  const around = marks.filter((mark) =>
    Math.abs(near(mark.x, x) - x) < (half + 30) * resolution && Math.abs(mark.y - y) < 70 * resolution);
  if (!around.length) return first;
  const free = TRIES.find((offset) => around.every((mark) => {
    const dx = Math.abs(near(mark.x, x) - x) / resolution, dy = Math.abs((mark.y - y) / resolution + first + offset);
    const r = radiusOf(mark.count) + 1;
    return dx > half + r || dy > LINE + r || Math.hypot(Math.max(0, dx - half), Math.max(0, dy - LINE)) > r;
  }));
  return first + (free ?? 0);
}
