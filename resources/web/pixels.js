// Every entry as a small stamp, painted by hand into one image, with a pick buffer beside it.
import { HALF, WORLD } from './world.js';
import { rowNear } from './picking.js';
import { current, sprite, trace } from './symbols.js';

const PAD = 24; // the image is wider than the view, so that stamps at the edge need no clipping

export class Pixels {
  constructor() {
    this.stamps = new Map();
    this.width = this.height = 0;
  }

  resize(width, height) {
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.w = width + 2 * PAD;
    this.h = height + 2 * PAD;
    this.image = new ImageData(this.w, this.h);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.pick = new Uint32Array(this.w * this.h);
    this.cells = new Uint8Array((this.w >> 1) * (this.h >> 1) + this.w);
    this.stamps.clear();
  }

  forget() { this.stamps.clear(); }

  /** Paints `store` as seen through `t` (a 2×3 matrix to device pixels) around `centre`. */
  paint(ctx, store, t, centre, radius, since, until) {
    this.pixels.fill(0);
    this.pick.fill(0);
    this.cells.fill(0);
    this.radius = radius;
    for (const i of store.fresh) this.stamp(store, i, t, centre, since, until);
    const order = store.sequence, n = order.length;
    const { x: xs, y: ys, t: ts, theme, gravity, flags } = store;
    const { w, cells } = this, half = w >> 1, right = w - PAD, bottom = this.h - PAD;
    const [a, b, c, d, e, f] = t;
    for (let k = 0; k < n; k++) {
      const i = order[k];
      const when = ts[i];
      if (when < since || when > until) continue;
      let x = xs[i];
      if (x - centre > HALF) x -= WORLD;
      else if (x - centre < -HALF) x += WORLD;
      const y = ys[i];
      const px = (a * x + c * y + e + PAD) | 0, py = (b * x + d * y + f + PAD) | 0;
      if (px < PAD - 12 || py < PAD - 12 || px > right + 12 || py > bottom + 12) continue;
      const cell = (py >> 1) * half + (px >> 1);
      if (cells[cell]) continue;
      cells[cell] = 1;
      this.press(this.mould(theme[i], gravity[i], flags[i]), py * w + px, i + 1);
    }
    ctx.putImageData(this.image, -PAD, -PAD);
  }

  stamp(store, i, [a, b, c, d, e, f], centre, since, until) {
    if (store.t[i] < since || store.t[i] > until) return;
    let x = store.x[i];
    if (x - centre > HALF) x -= WORLD;
    else if (x - centre < -HALF) x += WORLD;
    const px = (a * x + c * store.y[i] + e + PAD) | 0, py = (b * x + d * store.y[i] + f + PAD) | 0;
    if (px < 12 || py < 12 || px > this.w - 12 || py > this.h - 12) return;
    this.press(this.mould(store.theme[i], store.gravity[i], store.flags[i]), py * this.w + px, i + 1);
  }

  press({ offsets, colours }, at, mark) {
    const { pixels, pick } = this;
    for (let k = offsets.length - 1; k >= 0; k--) {
      const p = at + offsets[k];
      if (pick[p] === 0) {
        pick[p] = mark;
        pixels[p] = colours[k];
      }
    }
  }

  /** The row painted at a device pixel (searched a little around it), or -1. */
  at(px, py) {
    return rowNear(this, PAD, px, py);
  }

  mould(theme, gravity, flags) {
    const key = (theme << 12) | (gravity << 8) | ((flags & 7) << 5) | Math.min(31, Math.round(this.radius));
    let stamp = this.stamps.get(key);
    if (!stamp) this.stamps.set(key, (stamp = this.cast(theme, gravity, flags)));
    return stamp;
  }

  cast(theme, gravity, flags) {
    const source = this.radius >= 8 ? sprite(theme, gravity, flags, Math.min(this.radius, 10)) : dot(theme, gravity, this.radius);
    const side = source.width, mid = side >> 1;
    const { data } = source.getContext('2d').getImageData(0, 0, side, side);
    const colours32 = new Uint32Array(data.buffer);
    const offsets = [], colours = [];
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if (data[(y * side + x) * 4 + 3] > 60) {
          offsets.push((y - mid) * this.w + x - mid);
          colours.push(colours32[y * side + x]);
        }
    return { offsets: Int32Array.from(offsets), colours: Uint32Array.from(colours) };
  }
}

function dot(theme, gravity, radius) {
  const look = current();
  const r = radius * (1 + 0.12 * gravity);
  const side = Math.ceil(r * 3) | 1;
  const canvas = new OffscreenCanvas(side, side);
  const ctx = canvas.getContext('2d');
  trace(ctx, gravity, side / 2, side / 2, r);
  ctx.fillStyle = (look.themes[theme] ?? look.themes[0]).fill;
  ctx.fill();
  ctx.lineWidth = gravity >= 3 ? 1.4 : 0.8;
  ctx.strokeStyle = gravity >= 3 ? look.gravities[gravity].fill : look.paper;
  ctx.stroke();
  return canvas;
}
