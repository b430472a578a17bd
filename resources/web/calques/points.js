// The points of a calque in one canvas: few are drawn as pictures, many are stamped into an image by hand.
import { HALF, WORLD, near } from '../world.js';
import { rowNear } from '../picking.js';
import { HIDDEN } from './columns.js';
import { Stamps } from './stamps.js';

const FEW = 3000;
const PAD = 40; // an image is wider than the view, so that stamps at the edge need no clipping

export class Points {
  constructor(redraw) {
    this.stamps = new Stamps(redraw);
    this.drawn = []; // few points: [x, y, radius, row] of each, in device pixels
    this.image = null;
  }

  forget() { this.stamps.forget(); }

  /** Paints `store` through `t` (a 2×3 matrix to device pixels); `shows(row)` and `aged(row)` decide of each. */
  paint(ctx, store, spec, view) {
    view.factor = factorOf(spec, store.n, view.zoom) * view.ratio;
    if (store.n <= FEW) this.pictures(ctx, store, spec, view);
    else this.stampAll(ctx, store, spec, view);
  }

  pictures(ctx, store, spec, { t: [a, b, c, d, e, f], centre, width, height, shows, aged, factor }) {
    this.image = null;
    this.drawn = [];
    for (let i = 0; i < store.n; i++) {
      if (store.place[i] === HIDDEN || !shows(store, i)) continue;
      const x = near(store.x[i], centre), y = store.y[i];
      const px = a * x + c * y + e, py = b * x + d * y + f;
      if (px < -30 || py < -30 || px > width + 30 || py > height + 30) continue;
      const stamp = this.stamps.get(spec.looks, store.place[i], aged(store, i), factor);
      ctx.drawImage(stamp.canvas, Math.round(px - stamp.side / 2), Math.round(py - stamp.side / 2));
      this.drawn.push([px, py, stamp.r, i]);
    }
  }

  stampAll(ctx, store, spec, view) {
    this.resize(view.width, view.height);
    const { pixels, pick, cells, w } = this, half = (w >> 1) + 1;
    pixels.fill(0);
    pick.fill(0);
    cells.fill(0);
    const { x: xs, y: ys, place } = store, { centre, shows, aged, factor } = view;
    const [a, b, c, d, e, f] = view.t, right = view.width + 20, bottom = view.height + 20;
    for (let i = store.n - 1; i >= 0; i--) {
      if (place[i] === HIDDEN) continue;
      let x = xs[i];
      if (x - centre > HALF) x -= WORLD;
      else if (x - centre < -HALF) x += WORLD;
      const y = ys[i], px = Math.floor(a * x + c * y + e), py = Math.floor(b * x + d * y + f);
      if (px < -20 || py < -20 || px > right || py > bottom) continue;
      const cell = ((py + PAD) >> 1) * half + ((px + PAD) >> 1);
      if (cells[cell] || !shows(store, i)) continue;
      cells[cell] = 1;
      this.press(this.stamps.get(spec.looks, place[i], aged(store, i), factor), (py + PAD) * w + px + PAD, i + 1);
    }
    ctx.putImageData(this.image, -PAD, -PAD);
  }

  press({ dx, dy, colours }, at, mark) {
    const { pixels, pick, w } = this;
    for (let k = colours.length - 1; k >= 0; k--) {
      const p = at + dy[k] * w + dx[k];
      if (pick[p] === 0) {
        pick[p] = mark;
        pixels[p] = colours[k];
      }
    }
  }

  resize(width, height) {
    if (this.image && width === this.width && height === this.height) return;
    Object.assign(this, { width, height, w: width + 2 * PAD, h: height + 2 * PAD, drawn: [] });
    this.image = new ImageData(this.w, this.h);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.pick = new Uint32Array(this.w * this.h);
    this.cells = new Uint8Array(((this.w >> 1) + 1) * ((this.h >> 1) + 2));
  }

  /** The row at a device pixel (searched a little around it), or -1. */
  at(px, py, ratio) {
    return this.image ? rowNear(this, PAD, px, py) : this.pictured(px, py, 3 * ratio);
  }

  pictured(px, py, slack) {
    for (let k = this.drawn.length - 1; k >= 0; k--) {
      const [x, y, r, row] = this.drawn[k];
      if (Math.hypot(x - px, y - py) <= r + slack) return row;
    }
    return -1;
  }
}

/** Symbols shrink where there are many from afar; with `scale` they also grow with the zoom. */
function factorOf(spec, count, zoom) {
  const crowd = count <= FEW ? 1 : zoom < 8 ? 0.5 : zoom < 11 ? 0.7 : 1;
  return crowd * (spec.style.scale ? Math.max(0.5, Math.min(1.5, (zoom - 2) / 8)) : 1);
}
