// What lies above everything: the selection's halo, the entry being written, the place looked up.
import { near, place } from './world.js';
import { current } from './symbols.js';
import { lone, markAt, radiusOf } from './clusters.js';

export class Overlay {
  /** `marks` tells what is drawn for the entries now: a selected entry inside a group rings the group. */
  constructor(map, marks) {
    this.map = map;
    this.marks = marks;
    this.selected = [];
    this.ringed = []; // groups that hold a selected entry
    this.preview = null;
    this.found = null;
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'overlay-canvas';
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.layer = new ol.layer.Layer({
      className: 'above', zIndex: 1000,
      source: new ol.source.Source({}),
      render: (frame) => this.render(frame),
    });
    map.addLayer(this.layer);
  }

  select(rows) { this.selected = rows; this.layer.changed(); }
  setPreview(at) { this.preview = at && place(...at); this.layer.changed(); }
  setFound(at) { this.found = at && place(...at); this.layer.changed(); }

  render(frame) {
    const ratio = frame.pixelRatio, { canvas } = this;
    const [width, height] = frame.size.map((side) => Math.round(side * ratio));
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    canvas.hidden = !this.selected.length && !this.found && !this.preview;
    const ctx = (this.ctx ??= canvas.getContext('2d'));
    ctx.clearRect(0, 0, width, height);
    const [a, b, c, d, e, f] = frame.coordinateToPixelTransform.map((v) => v * ratio);
    const pixel = (x, y) => { x = near(x, frame.viewState.center[0]); return [a * x + c * y + e, b * x + d * y + f]; };
    this.ringed = [];
    for (const row of this.selected) {
      [row.px, row.py] = pixel(row.x, row.y);
      const mark = markAt(this.marks(), row.px, row.py, ratio);
      if (mark && mark.count > 1) {
        this.ringed.push(mark);
        halo(ctx, mark.px, mark.py, ratio, radiusOf(mark.count) + 5);
        continue;
      }
      halo(ctx, row.px, row.py, ratio);
      lone(ctx, row, ratio);
    }
    if (this.found) pin(ctx, ...pixel(...this.found), ratio, current().accent);
    if (this.preview) pin(ctx, ...pixel(...this.preview), ratio, current().warning, true);
    return canvas;
  }
}

function halo(ctx, x, y, ratio, radius = 17) {
  const look = current();
  ctx.beginPath();
  ctx.arc(x, y, radius * ratio, 0, 7);
  ctx.lineWidth = 7 * ratio;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.lineWidth = 3.5 * ratio;
  ctx.strokeStyle = look.accent;
  ctx.stroke();
}

function pin(ctx, x, y, ratio, colour, dashed = false) {
  const look = current(), r = 8 * ratio, top = y - 24 * ratio;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.bezierCurveTo(x - r * 0.4, y - r, x - r * 1.15, top + r * 1.1, x - r * 1.15, top);
  ctx.arc(x, top, r * 1.15, Math.PI, 0);
  ctx.bezierCurveTo(x + r * 1.15, top + r * 1.1, x + r * 0.4, y - r, x, y);
  ctx.closePath();
  ctx.lineWidth = 3 * ratio;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.beginPath();
  ctx.arc(x, top, r * 0.45, 0, 7);
  ctx.fillStyle = look.paper;
  ctx.fill();
  if (!dashed) return;
  ctx.beginPath();
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.arc(x, y, 10 * ratio, 0, 7);
  ctx.lineWidth = 2 * ratio;
  ctx.strokeStyle = colour;
  ctx.stroke();
  ctx.setLineDash([]);
}
