// The grid of the chosen coordinate system: its lines come from Python, already bent as they should.
import { current } from './symbols.js';

export class Graticule {
  constructor(map) {
    this.map = map;
    this.system = '';
    this.lines = [];
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'graticule-canvas';
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.layer = new ol.layer.Layer({
      className: 'graticule', zIndex: 195, visible: false,
      source: new ol.source.Source({}), render: (frame) => this.render(frame),
    });
    map.addLayer(this.layer);
    map.on('moveend', () => this.ask());
  }

  set(system) {
    this.system = system;
    this.lines = [];
    this.asked = '';
    this.layer.setVisible(Boolean(system));
    this.ask();
  }

  async ask() {
    const size = this.map.getSize();
    if (!this.system || !size) return;
    const box = this.map.getView().calculateExtent([size[0] * 1.3, size[1] * 1.3]);
    const query = `system=${this.system}&box=${box.join(',')}&width=${size[0]}`;
    if (query === this.asked) return;
    this.asked = query;
    const reply = await fetch(`graticule?${query}`);
    if (!reply.ok || query !== this.asked) return;
    this.lines = await reply.json();
    this.layer.changed();
  }

  render(frame) {
    const ratio = frame.pixelRatio, { canvas } = this;
    const [width, height] = frame.size.map((side) => Math.round(side * ratio));
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const ctx = (this.ctx ??= canvas.getContext('2d'));
    ctx.clearRect(0, 0, width, height);
    const look = current(), t = frame.coordinateToPixelTransform.map((v) => v * ratio);
    ctx.strokeStyle = look.grid;
    ctx.lineWidth = ratio;
    for (const line of this.lines) {
      ctx.beginPath();
      for (const [x, y] of line.path) ctx.lineTo(t[0] * x + t[2] * y + t[4], t[1] * x + t[3] * y + t[5]);
      ctx.stroke();
    }
    ctx.font = `600 ${10.5 * ratio}px ${look.font}`;
    ctx.lineWidth = 3 * ratio;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = look.halo;
    ctx.fillStyle = look.gridText;
    for (const line of this.lines) this.label(ctx, line, t, width, height, ratio);
    return canvas;
  }

  /** Writes a line's value where it enters the view: meridians at the top, parallels on the left. */
  label(ctx, line, t, width, height, ratio) {
    const inset = 6 * ratio;
    let before = null;
    for (const [x, y] of line.path) {
      const at = [t[0] * x + t[2] * y + t[4], t[1] * x + t[3] * y + t[5]];
      if (before) {
        const along = line.vertical ? crossing(before, at, 1, inset) : crossing(before, at, 0, inset);
        if (along !== null && along > 40 * ratio && along < (line.vertical ? width - 120 * ratio : height - 40 * ratio)) {
          ctx.textBaseline = line.vertical ? 'top' : 'middle';
          ctx.textAlign = line.vertical ? 'center' : 'left';
          const where = line.vertical ? [along, inset] : [inset, along];
          ctx.strokeText(line.label, ...where);
          ctx.fillText(line.label, ...where);
          return;
        }
      }
      before = at;
    }
  }
}

/** Where the segment p→q crosses `value` on `axis`, measured on the other axis; null if it does not. */
function crossing(p, q, axis, value) {
  const [a, b] = [p[axis] - value, q[axis] - value];
  if (a * b > 0 || a === b) return null;
  const other = 1 - axis;
  return p[other] + (q[other] - p[other]) * (a / (a - b));
}

