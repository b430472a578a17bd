// A heat map of points: weights gathered on a coarse grid, blurred, coloured by a sequence, drawn large.
import { near } from '../world.js';
import { HIDDEN } from './columns.js';

const COARSE = 4; // CSS pixels of a cell

export function paint(ctx, store, spec, view) {
  const step = COARSE * view.ratio, w = Math.ceil(view.width / step) + 2, h = Math.ceil(view.height / step) + 2;
  let grid = new Float32Array(w * h);
  const [a, b, c, d, e, f] = view.t;
  for (let i = 0; i < store.n; i++) {
    if (store.place[i] === HIDDEN || !view.shows(store, i)) continue;
    const x = near(store.x[i], view.centre), y = store.y[i];
    const gx = Math.floor((a * x + c * y + e) / step) + 1, gy = Math.floor((b * x + d * y + f) / step) + 1;
    if (gx >= 0 && gy >= 0 && gx < w && gy < h) grid[gy * w + gx] += store.count ? store.count[i] : 1;
  }
  const reach = Math.max(1, Math.round((spec.style.radius ?? 24) / COARSE / 2));
  for (let pass = 0; pass < 3; pass++) grid = blurred(blurred(grid, w, h, reach, 1, w), h, w, reach, w, 1);
  let most = 0;
  for (const weight of grid) if (weight > most) most = weight;
  if (!most) return;
  const image = new ImageData(w, h), { data } = image, ramp = spec.heat;
  for (let p = 0; p < grid.length; p++) {
    const share = Math.sqrt(grid[p] / most);
    if (share < 0.06) continue;
    const at = 3 * Math.min(255, Math.floor(share * 255));
    data.set([ramp[at], ramp[at + 1], ramp[at + 2], 70 + 150 * share], 4 * p);
  }
  const small = new OffscreenCanvas(w, h);
  small.getContext('2d').putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(small, -step, -step, w * step, h * step);
}

/** A running mean along lines of `length` cells, `along` apart; lines are `across` apart. */
function blurred(grid, length, lines, reach, along, across) {
  const out = new Float32Array(grid.length), share = 1 / (2 * reach + 1);
  for (let line = 0; line < lines; line++) {
    const from = line * across;
    let sum = 0;
    for (let k = 0; k < Math.min(reach, length); k++) sum += grid[from + k * along];
    for (let k = 0; k < length; k++) {
      if (k + reach < length) sum += grid[from + (k + reach) * along];
      if (k - reach - 1 >= 0) sum -= grid[from + (k - reach - 1) * along];
      out[from + k * along] = sum * share;
    }
  }
  return out;
}
