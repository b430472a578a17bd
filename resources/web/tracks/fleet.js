// The things that move, painted by hand: one canvas, a symbol by state, a name where there is room.
import { near, place } from '../world.js';
import { current } from '../symbols.js';

const GLIDE_MS = 900, JUMP_MS = 30000, R = 7, REACH = 12;
export const STATE_COLOURS = { live: 'accent', stale: 'warning', lost: 'danger' };

export class Fleet {
  constructor(map) {
    this.map = map;
    this.things = new Map();
    this.drawn = [];
    this.frames = 0;
    this.canvas = document.createElement('canvas');
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.layer = new ol.layer.Layer({
      className: 'tracks', source: new ol.source.Source({}), render: (frame) => this.render(frame),
    });
    map.addLayer(this.layer);
  }

  dress() { this.layer.changed(); }

  /** A thing whose fix is new glides from where it is drawn to its fix; after a silence it jumps. */
  receive({ tracks, chosen }) {
    const at = performance.now(), there = new Set();
    this.chosen = chosen;
    for (const told of tracks) {
      there.add(told.uid);
      const [x, y] = place(told.lon, told.lat), known = this.things.get(told.uid);
      if (known && known.time === told.time) { Object.assign(known, told); continue; }
      const from = known && told.time - known.time < JUMP_MS ? this.now(known, at) : [x, y];
      this.things.set(told.uid, { ...told, x, y, fromX: near(from[0], x), fromY: from[1], since: at });
    }
    for (const uid of this.things.keys()) if (!there.has(uid)) this.things.delete(uid);
    this.layer.changed();
  }

  /** Where a thing is drawn at a moment: on its way to its last fix, then there. */
  now({ x, y, fromX, fromY, since }, at) {
    const share = Math.min(1, (at - since) / GLIDE_MS);
    return share >= 1 ? [x, y] : [fromX + (x - fromX) * share, fromY + (y - fromY) * share];
  }

  render(frame) {
    const ratio = frame.pixelRatio, { canvas } = this, at = performance.now();
    const [width, height] = frame.size.map((side) => Math.round(side * ratio));
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const ctx = (this.ctx ??= canvas.getContext('2d'));
    ctx.clearRect(0, 0, width, height);
    const [a, b, c, d, e, f] = frame.coordinateToPixelTransform.map((v) => v * ratio);
    this.drawn = [];
    this.ratio = ratio;
    let moving = false;
    for (const thing of this.things.values()) {
      const [tx, ty] = this.now(thing, at), x = near(tx, frame.viewState.center[0]);
      moving ||= at - thing.since < GLIDE_MS;
      const px = a * x + c * ty + e, py = b * x + d * ty + f;
      if (px < -40 || py < -40 || px > width + 40 || py > height + 40) continue;
      this.drawn.push({ px, py, thing });
    }
    this.drawn.sort((one, other) => one.thing.followed - other.thing.followed);
    for (const { px, py, thing } of this.drawn) symbol(ctx, px, py, thing, ratio, thing.uid === this.chosen);
    this.names(ctx, ratio);
    this.frames += 1;
    if (moving) requestAnimationFrame(() => this.layer.changed());
    canvas.style.opacity = this.layer.getOpacity();
    return canvas;
  }

  /** Names: of what is followed first, none over another. */
  names(ctx, ratio) {
    const look = current(), taken = [];
    ctx.font = `600 ${12 * ratio}px ${look.font}`;
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    for (const { px, py, thing } of [...this.drawn].reverse()) {
      const said = thing.words ? `${thing.name} – ${thing.words}` : thing.name;
      const box = { x: px + 12 * ratio, y: py - 8 * ratio, w: ctx.measureText(said).width, h: 16 * ratio };
      if (taken.some((t) => t.x < box.x + box.w && box.x < t.x + t.w && t.y < box.y + box.h && box.y < t.y + t.h)) continue;
      taken.push(box);
      ctx.lineWidth = 3.5 * ratio;
      ctx.strokeStyle = look.halo;
      ctx.strokeText(said, box.x, py);
      ctx.fillStyle = thing.words ? look.label : look.ink;
      ctx.fillText(said, box.x, py);
    }
  }

  /** The thing under a CSS pixel, or null. */
  at([x, y]) {
    if (!this.layer.getVisible()) return null;
    const found = this.drawn.findLast(({ px, py }) => Math.hypot(px / this.ratio - x, py / this.ratio - y) <= REACH);
    return found ? { key: `track/${found.thing.uid}`, uid: found.thing.uid } : null;
  }
}

/** Full and pointed while it is live, hollow when it is old, crossed when it is lost: colour never says it alone. */
function symbol(ctx, x, y, { state, course, followed }, ratio, chosen) {
  const look = current(), colour = css(STATE_COLOURS[state]), r = (followed ? R + 2 : R) * ratio;
  if (chosen) ring(ctx, x, y, r + 6 * ratio, look.accent, 3 * ratio);
  ctx.beginPath();
  if (state === 'live' && course != null) {
    const turn = (course * Math.PI) / 180;
    for (const [angle, length] of [[0, 1.5], [2.45, 1.2], [Math.PI, 0.5], [-2.45, 1.2]])
      ctx.lineTo(x + Math.sin(turn + angle) * r * length, y - Math.cos(turn + angle) * r * length);
    ctx.closePath();
  } else ctx.arc(x, y, r, 0, 7);
  ctx.lineWidth = 4.5 * ratio;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.fillStyle = state === 'live' ? colour : look.paper;
  ctx.fill();
  ctx.lineWidth = 2 * ratio;
  ctx.strokeStyle = state === 'live' ? look.paper : colour;
  ctx.stroke();
  if (state !== 'lost') return;
  ctx.beginPath();
  for (const side of [-1, 1]) {
    ctx.moveTo(x - r * 0.5, y - side * r * 0.5);
    ctx.lineTo(x + r * 0.5, y + side * r * 0.5);
  }
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function ring(ctx, x, y, r, colour, width) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

export function css(token) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim() || current().accent;
}
