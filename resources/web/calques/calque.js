// One calque of observations: asks Python for what the view shows of it, draws it, knows what is where.
import { CELLS, STEP, Store, readPoints } from './columns.js';
import { Points } from './points.js';
import { Outlines } from './outlines.js';
import { Names } from './names.js';
import * as groups from './groups.js';
import * as heat from './heat.js';

const MARGIN = 0.25;      // asked around the view, so that a short pan needs nothing new
const CELL = 56;          // CSS pixels of a grid cell when grouping
const MANY = 2000;         // beyond, points are not painted again while the view moves
const PATIENCE = 2000;    // ms between two readings of a view whose points change

export class Calque {
  /** `times` holds what the whole map shows: `{moment, since, until}` (UTC s). */
  constructor(map, times) {
    this.map = map;
    this.times = times;
    this.canvas = document.createElement('canvas');
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.layer = new ol.layer.Layer({ className: 'calque', source: new ol.source.Source({}), render: (frame) => this.render(frame) });
    map.addLayer(this.layer);
    this.points = new Points(() => this.layer.changed());
    this.steps = [0, 0];
    this.known = [-1, -1]; // the steps of points and shapes that are here
    this.shown = { visible: false, opacity: 1, z: 100, locked: true };
  }

  /** What it is made of, and how it looks; another `recipe` makes its columns worthless. */
  set(spec) {
    const anew = spec.recipe !== this.spec?.recipe;
    this.spec = spec;
    this.points.forget();
    if (anew) this.lose();
    this.outlines?.forget();
    if (!spec.style.labels) this.names?.dispose(), (this.names = null);
    this.layer.changed();
    this.ask();
  }

  lose() {
    this.store = this.gathered = this.box = this.shapesBox = this.namesAsked = null;
    this.known = [-1, -1];
  }

  show(shown) {
    this.shown = shown;
    for (const layer of [this.outlines?.layer, this.layer, this.names?.layer]) {
      layer?.setZIndex(shown.z);
      layer?.setOpacity(shown.opacity);
      layer?.setVisible(shown.visible);
    }
    this.names?.layer.setZIndex(191);
    this.ask();
  }

  /** Python has come to these steps (points, shapes). */
  follow(steps) {
    this.steps = steps;
    this.ask();
  }

  get active() {
    const zoom = this.map.getView().getZoom() ?? 0;
    return this.shown.visible && zoom >= (this.spec.min_zoom ?? 0) && zoom < (this.spec.max_zoom || 99);
  }

  /** How it is drawn at this zoom: near enough, groups and heat give way to the things themselves. */
  get mode() {
    const { mode, apart_zoom: apart } = this.spec.style;
    return (mode === 'cluster' || mode === 'heat') && apart && (this.map.getView().getZoom() ?? 0) >= apart ? 'single' : mode;
  }

  shows(time) {
    const { since, until, moment } = this.times, { recent_s: recent } = this.spec;
    return !time || (time >= since && time <= until && (!recent || time >= moment - recent));
  }

  isAged(due) { return due !== 0 && due < this.times.moment; }

  retime() {
    this.layer.changed();
    this.outlines?.layer.changed();
  }

  dispose() {
    this.gone = true;
    clearTimeout(this.later);
    this.map.removeLayer(this.layer);
    this.outlines?.dispose();
    this.names?.dispose();
  }

  // asking ------------------------------------------------------------------------------------

  async ask() {
    const view = this.map.getView();
    if (view.getInteracting() || view.getAnimating()) return; // moveend asks again
    if (this.busy) { this.again = true; return; }
    if (this.gone || !this.spec || !this.active || !this.map.getSize()) return this.layer.changed();
    this.busy = true;
    this.again = false;
    try {
      await this.askPoints();
      await this.askShapes();
      await this.askNames();
    } finally {
      this.busy = false;
      if (this.again) this.ask();
    }
  }

  view() {
    const view = this.map.getView(), resolution = view.getResolution();
    const [w, s, e, n] = view.calculateExtent(this.map.getSize());
    return { resolution, box: [w, s, e, n], wide: grown([w, s, e, n]) };
  }

  async askPoints() {
    const { box, wide, resolution } = this.view(), grouped = this.mode === 'cluster';
    const side = grouped ? CELL * 2 ** (Math.round(Math.log2(resolution) * 2) / 2) : 2 * resolution;
    const cells = this.store?.kind === CELLS || grouped;
    const moved = cells && (!this.box || side !== this.side || !inside(box, this.box));
    const behind = this.known[0] < this.steps[0] || this.known[0] < 0;
    if (!moved && !behind) return;
    if (!moved && cells && this.store && !this.patient()) return;
    this.asked = performance.now();
    const snapped = grouped ? wide.map((v, i) => (i < 2 ? Math.floor : Math.ceil)(v / side) * side) : wide;
    const since = this.store && !cells ? this.store.step : -1;
    const buffer = await fetched(`calques/points?id=${this.spec.id}&since=${since}&side=${grouped ? side : -side}&box=${snapped}`);
    if (!buffer || this.gone) return;
    const told = readPoints(buffer);
    if (told.kind === STEP) this.store.change(told);
    else this.store = new Store(told);
    this.known[0] = told.step;
    Object.assign(this, { side, box: snapped });
    this.gathered = grouped ? groups.gather(this.store, resolution) : null;
    this.layer.changed();
  }

  /** Whether a changing view may be read again; when not, it will be in a while. */
  patient() {
    const rest = PATIENCE - (performance.now() - (this.asked ?? -PATIENCE));
    if (rest <= 0) return true;
    this.later ??= setTimeout(() => { this.later = null; this.ask(); }, rest);
    return false;
  }

  async askShapes() {
    const { box, wide, resolution } = this.view(), level = Math.floor(Math.log2(resolution));
    const known = this.known[1] >= this.steps[1] && this.known[1] >= 0;
    if (known && (this.bare || (level === this.level && this.shapesBox && inside(box, this.shapesBox)))) return;
    const step = this.steps[1];
    const buffer = await fetched(`calques/shapes?id=${this.spec.id}&resolution=${resolution}&box=${wide}`);
    if (!buffer || this.gone) return;
    Object.assign(this, { level, shapesBox: wide, bare: buffer.byteLength < 32 });
    this.known[1] = step;
    if (this.bare) { this.outlines?.source.clear(true); return; }
    if (!this.outlines) {
      this.outlines = new Outlines(this.map, this);
      this.show(this.shown);
    }
    this.outlines.receive(buffer);
  }

  async askNames() {
    const { labels } = this.spec.style, zoom = this.map.getView().getZoom();
    if (!labels) return;
    if (!this.names) {
      this.names = new Names(this.map);
      this.show(this.shown);
    }
    const { box } = this.view(), query = `${this.spec.id}|${box}|${this.known}`;
    if (zoom < (labels.min_zoom ?? 10)) { this.names.source.clear(true); this.namesAsked = null; return; }
    if (query === this.namesAsked) return;
    this.namesAsked = query;
    const buffer = await fetched(`calques/names?id=${this.spec.id}&box=${box}`);
    if (buffer?.byteLength && this.names) this.names.receive(JSON.parse(new TextDecoder().decode(buffer)), labels.size ?? 12);
  }

  // drawing -----------------------------------------------------------------------------------

  render(frame) {
    const ratio = frame.pixelRatio, { canvas } = this;
    const [width, height] = frame.size.map((side) => Math.round(side * ratio));
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const state = frame.layerStatesArray[frame.layerIndex];
    canvas.style.opacity = state.opacity;
    canvas.style.zIndex = state.zIndex;
    if (this.slides(frame)) return canvas;
    canvas.style.transform = '';
    this.painted = [...frame.coordinateToPixelTransform];
    const ctx = (this.ctx ??= canvas.getContext('2d'));
    ctx.clearRect(0, 0, width, height);
    this.ratio = ratio;
    if (!this.store || !this.active) return canvas;
    const view = {
      t: frame.coordinateToPixelTransform.map((v) => v * ratio), centre: frame.viewState.center[0],
      zoom: frame.viewState.zoom, ratio, width, height,
      shows: (store, i) => this.shows(store.time[i]), aged: (store, i) => this.isAged(store.due[i]),
    };
    if (this.gathered) groups.paint(ctx, this.gathered, this.store, this.spec, view, this.points.stamps);
    else if (this.mode === 'heat') heat.paint(ctx, this.store, this.spec, view);
    else this.points.paint(ctx, this.store, this.spec, view);
    return canvas;
  }

  /** While the view moves, many points are not painted again: their picture is moved with it. */
  slides(frame) {
    const moving = frame.viewHints[0] || frame.viewHints[1];
    if (!moving || !this.painted || !(this.store?.n > MANY)) return false;
    const [a, b, c, d, e, f] = this.painted, [A, B, C, D, E, F] = frame.coordinateToPixelTransform;
    const det = a * d - b * c;
    const m = [(A * d - C * b) / det, (B * d - D * b) / det, (C * a - A * c) / det, (D * a - B * c) / det];
    const shift = [E - m[0] * e - m[2] * f, F - m[1] * e - m[3] * f];
    this.canvas.style.transformOrigin = '0 0';
    this.canvas.style.transform = `matrix(${[...m, ...shift].join(',')})`;
    return true;
  }

  /** What lies at a CSS pixel: `{rid, count, x, y, box, feature}`, or null. */
  at(pixel) {
    if (!this.spec || !this.active || this.shown.locked) return null;
    return this.pointAt(pixel[0] * this.ratio, pixel[1] * this.ratio) ?? this.shapeAt(pixel);
  }

  pointAt(px, py) {
    if (!this.store || this.mode === 'heat') return null;
    if (this.gathered) {
      const group = groups.at(this.gathered, px, py, this.ratio);
      return group && { rid: group.rid, count: group.count, x: group.x, y: group.y, box: grown(group.box, this.side) };
    }
    const row = this.points.at(px, py, this.ratio);
    if (row < 0) return null;
    return { rid: this.store.rid[row], count: 1, x: this.store.x[row], y: this.store.y[row] };
  }

  shapeAt(pixel) {
    const feature = this.outlines?.at(pixel);
    return feature ? { rid: feature.get('rid'), count: 1, feature } : null;
  }
}

async function fetched(url) {
  const reply = await fetch(url);
  return reply.ok ? reply.arrayBuffer() : null;
}

function inside([w, s, e, n], [W, S, E, N]) { return w >= W && s >= S && e <= E && n <= N; }

function grown([w, s, e, n], by) {
  const dx = by ?? (e - w) * MARGIN, dy = by ?? (n - s) * MARGIN;
  return [w - dx, s - dy, e + dx, n + dy];
}
