// The layer of entries: asks Python for what the view can show, paints it, knows what is where.
import { tell } from './link.js';
import { Store } from './store.js';
import { Pixels } from './pixels.js';
import { occupy } from './room.js';
import * as clusters from './clusters.js';

const CELL = 52;  // CSS pixels of a grid cell when grouping
const MARGIN = 0.3; // asked around the view, so that a short pan needs nothing new
const FOREVER = 0xffffffff;

export class Entries {
  constructor(map) {
    this.map = map;
    this.mode = 'clusters';
    this.since = 0;
    this.until = FOREVER;
    this.store = null;
    this.marks = [];
    this.pixels = new Pixels();
    this.canvas = document.createElement('canvas');
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.canvas.className = 'entries-canvas';
    this.serial = 0;
    this.busy = false;
    this.stale = true;
    this.layer = new ol.layer.Layer({
      className: 'entries', zIndex: 900,
      source: new ol.source.Source({}),
      render: (frame) => this.render(frame),
    });
    map.addLayer(this.layer);
    map.on('moveend', () => this.ask());
  }

  setMode(mode) {
    if (mode === this.mode) return;
    this.mode = mode;
    this.refresh();
  }

  setTime(since, until) {
    this.since = since ?? 0;
    this.until = until ?? FOREVER;
    if (this.store?.whole) this.layer.changed();
    else this.refresh();
  }

  restyle() {
    this.pixels.forget();
    this.layer.changed();
  }

  /** What is shown is out of date: ask again, at once or after `delay` milliseconds. */
  refresh(delay = 0) {
    this.stale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), delay);
  }

  cell() {
    const resolution = this.map.getView().getResolution();
    if (this.mode === 'pixels') return 2 * resolution;
    // a few fixed sizes, on a fixed lattice: groups do not dance while panning
    return CELL * 2 ** (Math.round(Math.log2(resolution) * 2) / 2);
  }

  enough(box) {
    if (this.stale || !this.store) return false;
    if (this.store.whole) return this.mode === 'pixels';
    const [w, s, e, n] = this.box;
    return this.cell() === this.askedCell && box[0] >= w && box[1] >= s && box[2] <= e && box[3] <= n;
  }

  async ask() {
    const view = this.map.getView(), size = this.map.getSize();
    if (!size || !view.getCenter()) return;
    const box = view.calculateExtent(size);
    if (this.enough(box)) return;
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    this.stale = false;
    const cell = this.cell(), wide = snapped(box, cell);
    const resolution = view.getResolution();
    try {
      const reply = await fetch(`points?mode=${this.mode}&cell=${cell}&box=${wide.join(',')}`);
      if (reply.ok) this.receive(await reply.arrayBuffer(), wide, cell, resolution);
    } finally {
      this.busy = false;
      if (this.again || this.stale) { this.again = false; this.ask(); }
    }
  }

  receive(buffer, box, cell, resolution) {
    this.store = Store.read(buffer);
    this.box = box;
    this.askedCell = cell;
    this.marks = this.mode === 'clusters' ? clusters.gather(this.store, resolution) : [];
    this.marks.sort((m, n) => m.gravity - n.gravity || m.t - n.t);
    this.layer.changed();
    occupy(this.marks);
    this.onmarks?.();
    const serial = ++this.serial;
    this.map.once('postrender', () => {
      this.painted = serial;
      tell('painted', { serial, rows: this.store.n, marks: this.marks.length });
    });
  }

  /** Entries that have just been written or changed: shown at once, then set right by Python. */
  add(rows) {
    for (const row of rows) {
      if (!this.store) continue;
      if (this.mode === 'pixels') this.store.put(row);
      else this.addMark(row);
    }
    this.layer.changed();
    this.map.once('postrender', () => tell('added', { rids: rows.map((row) => row.rid) }));
    if (!this.store?.whole) this.refresh(900);
  }

  /** Entries that are not what they were. */
  change(rows) {
    if (this.store?.whole && this.mode === 'pixels') {
      for (const row of rows) this.store.put(row);
      this.layer.changed();
    } else this.refresh(150);
  }

  addMark(row) {
    const resolution = this.map.getView().getResolution();
    const mark = { ...row, count: 1, box: [row.x, row.y, row.x, row.y] };
    const host = this.marks.find((m) => {
      const reach = (clusters.radiusOf(m.count) + clusters.radiusOf(1)) * 0.92 * resolution;
      return (m.x - mark.x) ** 2 + (m.y - mark.y) ** 2 < reach * reach;
    });
    if (host) clusters.merge(host, mark);
    else this.marks.push(mark);
  }

  render(frame) {
    const ratio = frame.pixelRatio;
    const [width, height] = frame.size.map((side) => Math.round(side * ratio));
    const { canvas } = this;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    canvas.style.opacity = frame.layerStatesArray[frame.layerIndex].opacity;
    const ctx = (this.ctx ??= canvas.getContext('2d'));
    ctx.clearRect(0, 0, width, height);
    const centre = frame.viewState.center[0];
    const t = frame.coordinateToPixelTransform.map((v) => v * ratio);
    if (!this.store) return canvas;
    if (this.mode === 'pixels') {
      this.pixels.resize(width, height);
      this.pixels.paint(ctx, this.store, t, centre, stampRadius(frame.viewState.zoom) * ratio, this.since, this.until);
    } else clusters.paint(ctx, this.marks, t, centre, ratio, width, height);
    return canvas;
  }

  /** What lies under a CSS pixel: `{rid, count, box}` in mercator, or null. */
  at([x, y]) {
    if (!this.layer.getVisible() || !this.store) return null;
    const ratio = this.canvas.width / this.map.getSize()[0];
    if (this.mode === 'pixels') {
      const row = this.pixels.at(x * ratio, y * ratio);
      if (row < 0) return null;
      const { store } = this, around = 5 * this.map.getView().getResolution();
      const [px, py] = [store.x[row], store.y[row]];
      const box = [px - around, py - around, px + around, py + around];
      return { rid: store.rid[row], count: store.count ? store.count[row] : 1, box, x: px, y: py, crowd: true };
    }
    const mark = clusters.markAt(this.marks, x * ratio, y * ratio, ratio);
    if (!mark) return null;
    const slack = mark.count > 1 ? this.askedCell : 0.01;
    return { rid: mark.rid, count: mark.count, box: grown(mark.box, slack), x: mark.x, y: mark.y, gravity: mark.gravity };
  }
}

function stampRadius(zoom) {
  return zoom < 7 ? 2.6 : zoom < 9 ? 3.2 : zoom < 11 ? 4.2 : zoom < 13 ? 6 : 9;
}

function snapped(box, cell) {
  const dx = (box[2] - box[0]) * MARGIN, dy = (box[3] - box[1]) * MARGIN;
  return [
    Math.floor((box[0] - dx) / cell) * cell, Math.floor((box[1] - dy) / cell) * cell,
    Math.ceil((box[2] + dx) / cell) * cell, Math.ceil((box[3] + dy) / cell) * cell,
  ];
}

function grown([w, s, e, n], by) { return [w - by, s - by, e + by, n + by]; }

