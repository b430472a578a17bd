// Entries grouped by Python's grid, merged where they would overlap, drawn as symbols and counts.
import { near } from './world.js';
import { current, sprite, trace } from './symbols.js';

const SYMBOL = 9; // radius of a lone entry, CSS pixels
const short = new Intl.NumberFormat('fr-FR', { notation: 'compact', maximumFractionDigits: 1 });

export function radiusOf(count) {
  return count === 1 ? SYMBOL : 10 + 3.4 * Math.log10(count);
}

/** Marks from a reduced store: neighbours that would overlap at `resolution` become one. */
export function gather(store, resolution) {
  const order = Uint32Array.from({ length: store.n }, (_, i) => i).sort((i, j) => store.count[j] - store.count[i]);
  const side = 56 * resolution;
  const shelves = new Map();
  const marks = [];
  for (const i of order) {
    const mark = markOf(store, i);
    const host = neighbour(shelves, side, mark, resolution);
    if (host) merge(host, mark);
    else {
      marks.push(mark);
      const key = `${Math.floor(mark.x / side)},${Math.floor(mark.y / side)}`;
      (shelves.get(key) ?? shelves.set(key, []).get(key)).push(mark);
    }
  }
  return marks;
}

function markOf(store, i) {
  const x = store.x[i], y = store.y[i];
  return {
    x, y, rid: store.rid[i], t: store.t[i], count: store.count[i], theme: store.theme[i],
    gravity: store.gravity[i], flags: store.flags[i], box: [x, y, x, y],
  };
}

function neighbour(shelves, side, mark, resolution) {
  const col = Math.floor(mark.x / side), row = Math.floor(mark.y / side);
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++)
      for (const other of shelves.get(`${col + dx},${row + dy}`) ?? []) {
        const reach = (radiusOf(mark.count) + radiusOf(other.count)) * 1.12 * resolution;
        if ((mark.x - other.x) ** 2 + (mark.y - other.y) ** 2 < reach * reach) return other;
      }
  return null;
}

export function merge(host, mark) {
  host.count += mark.count;
  host.flags |= mark.flags & ~2;
  if (mark.gravity > host.gravity) host.gravity = mark.gravity;
  if (mark.t > host.t) [host.t, host.rid, host.theme] = [mark.t, mark.rid, mark.theme];
  host.box = [
    Math.min(host.box[0], mark.box[0]), Math.min(host.box[1], mark.box[1]),
    Math.max(host.box[2], mark.box[2]), Math.max(host.box[3], mark.box[3]),
  ];
}

/** Draws marks, gravest last; remembers where each landed for the pointer. */
export function paint(ctx, marks, [a, b, c, d, e, f], centre, ratio, width, height) {
  for (const mark of marks) {
    const x = near(mark.x, centre);
    mark.px = a * x + c * mark.y + e;
    mark.py = b * x + d * mark.y + f;
    const r = radiusOf(mark.count) * ratio;
    if (mark.px < -2 * r || mark.py < -2 * r || mark.px > width + 2 * r || mark.py > height + 2 * r) continue;
    if (mark.count === 1) lone(ctx, mark, ratio);
    else bubble(ctx, mark, r, ratio);
  }
}

export function lone(ctx, mark, ratio) {
  const image = sprite(mark.theme, mark.gravity, mark.flags, SYMBOL * ratio);
  ctx.drawImage(image, Math.round(mark.px - image.width / 2), Math.round(mark.py - image.height / 2));
}

function bubble(ctx, mark, r, ratio) {
  const look = current();
  const gravity = look.gravities[mark.gravity];
  ctx.beginPath();
  ctx.arc(mark.px, mark.py, r, 0, 7);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.lineWidth = (mark.gravity >= 3 ? 3 : 1.8) * ratio;
  ctx.strokeStyle = mark.gravity >= 3 ? gravity.fill : look.edge;
  ctx.stroke();
  const text = short.format(mark.count);
  ctx.font = `650 ${Math.round(Math.min(13, (r / ratio) * (text.length > 3 ? 0.72 : 0.95)) * ratio)}px ${look.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = look.ink;
  ctx.fillText(text, mark.px, mark.py + ratio);
  if (mark.gravity >= 3) badge(ctx, mark, r, ratio, gravity);
}

function badge(ctx, mark, r, ratio, gravity) {
  const look = current(), size = 6.5 * ratio;
  const x = mark.px + r * 0.78, y = mark.py - r * 0.78;
  trace(ctx, mark.gravity, x, y, size);
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3 * ratio;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.fillStyle = gravity.fill;
  ctx.fill();
  ctx.font = `700 ${Math.round(8.5 * ratio)}px ${look.font}`;
  ctx.fillStyle = gravity.ink;
  ctx.fillText(mark.gravity, x, y + (mark.gravity === 3 ? 1.6 : 0.6) * ratio);
}

/** The mark under a device pixel, topmost first. */
export function markAt(marks, px, py, ratio) {
  for (let k = marks.length - 1; k >= 0; k--) {
    const mark = marks[k];
    if (mark.px === undefined) continue;
    const r = (radiusOf(mark.count) + 2) * ratio;
    if ((mark.px - px) ** 2 + (mark.py - py) ** 2 <= r * r) return mark;
  }
  return null;
}
