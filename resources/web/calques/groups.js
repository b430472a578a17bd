// Points grouped by Python's grid: neighbours that would overlap become one, drawn with their number.
import { near } from '../world.js';
import { current } from '../symbols.js';
import { HIDDEN } from './columns.js';

const short = new Intl.NumberFormat('fr-FR', { notation: 'compact', maximumFractionDigits: 1 });

export function radiusOf(count) { return count === 1 ? 7 : 11 + 3.2 * Math.log10(count); }

/** Groups out of cells, the biggest first. */
export function gather(store, resolution) {
  const order = Array.from({ length: store.n }, (_, i) => i).filter((i) => store.place[i] !== HIDDEN);
  order.sort((i, j) => store.count[j] - store.count[i]);
  const side = 60 * resolution, shelves = new Map(), groups = [];
  for (const i of order) {
    const [x, y, count] = [store.x[i], store.y[i], store.count[i]];
    const col = Math.floor(x / side), row = Math.floor(y / side);
    const host = neighbour(shelves, col, row, x, y, radiusOf(count), resolution);
    if (host) {
      host.count += count;
      host.box = [Math.min(host.box[0], x), Math.min(host.box[1], y), Math.max(host.box[2], x), Math.max(host.box[3], y)];
      continue;
    }
    const group = { x, y, count, row: i, rid: store.rid[i], box: [x, y, x, y] };
    groups.push(group);
    const key = `${col},${row}`;
    (shelves.get(key) ?? shelves.set(key, []).get(key)).push(group);
  }
  return groups;
}

function neighbour(shelves, col, row, x, y, radius, resolution) {
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++)
      for (const other of shelves.get(`${col + dx},${row + dy}`) ?? []) {
        const reach = (radius + radiusOf(other.count)) * 1.05 * resolution;
        if ((x - other.x) ** 2 + (y - other.y) ** 2 < reach * reach) return other;
      }
  return null;
}

/** Draws groups; a lone point is stamped as it looks. */
export function paint(ctx, groups, store, spec, view, stamps) {
  const [a, b, c, d, e, f] = view.t;
  for (const group of groups) {
    const x = near(group.x, view.centre);
    group.px = a * x + c * group.y + e;
    group.py = b * x + d * group.y + f;
    if (group.count > 1) bubble(ctx, group, spec.looks[0], view.ratio);
    else {
      const stamp = stamps.get(spec.looks, store.place[group.row], view.aged(store, group.row), view.ratio);
      ctx.drawImage(stamp.canvas, Math.round(group.px - stamp.side / 2), Math.round(group.py - stamp.side / 2));
    }
  }
}

function bubble(ctx, { px, py, count }, look, ratio) {
  const r = radiusOf(count) * ratio, text = short.format(count), { paper, ink, font } = current();
  ctx.beginPath();
  ctx.arc(px, py, r, 0, 7);
  ctx.fillStyle = paper;
  ctx.fill();
  ctx.lineWidth = 3 * ratio;
  ctx.strokeStyle = look.colour;
  ctx.setLineDash([5 * ratio, 2 * ratio]); // groups of entries have a full ring
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = `650 ${Math.round(Math.min(13, (r / ratio) * (text.length > 3 ? 0.7 : 0.9)) * ratio)}px ${font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = ink;
  ctx.fillText(text, px, py + ratio);
}

export function at(groups, px, py, ratio) {
  for (let k = groups.length - 1; k >= 0; k--) {
    const group = groups[k];
    if (group.px !== undefined && Math.hypot(group.px - px, group.py - py) <= (radiusOf(group.count) + 2) * ratio) return group;
  }
  return null;
}
