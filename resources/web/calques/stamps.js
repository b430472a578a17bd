// The picture of a point: its shape and colour, an icon on it, faded and dashed when it is out of date.
import { current } from '../symbols.js';

const icons = new Map();

/** `draw` again once the drawing of an icon is here. */
function iconImage(name, ink, draw) {
  const key = `${name}/${ink}`;
  if (icons.has(key)) return icons.get(key);
  icons.set(key, null);
  fetch(name.includes('/') ? `vendor/${name}.svg` : `icons/${name}.svg`).then(async (reply) => {
    if (!reply.ok) return;
    const svg = (await reply.text()).replaceAll('currentColor', ink).replace('<svg ', `<svg fill="${ink}" `);
    const image = new Image();
    image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
    await image.decode();
    icons.set(key, image);
    draw();
  });
  return null;
}

/** Traces the outline of a shape of radius `r` around (x, y). */
export function trace(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === 'square') ctx.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape === 'diamond') corners(ctx, x, y, r * 1.2, 4, -Math.PI / 2);
  else if (shape === 'triangle') corners(ctx, x, y + r * 0.15, r * 1.25, 3, -Math.PI / 2);
  else if (shape === 'hexagon') corners(ctx, x, y, r * 1.08, 6, 0);
  else if (shape === 'star') star(ctx, x, y, r * 1.3);
  else if (shape === 'cross') cross(ctx, x, y, r * 1.05);
  else ctx.arc(x, y, r, 0, 7);
}

function corners(ctx, x, y, r, sides, turn) {
  for (let i = 0; i < sides; i++) {
    const angle = turn + (i * 2 * Math.PI) / sides;
    ctx.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
}

function star(ctx, x, y, r) {
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5, reach = i % 2 ? r * 0.45 : r;
    ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  ctx.closePath();
}

function cross(ctx, x, y, r) {
  const w = r * 0.38;
  for (const [dx, dy] of [[-w, -r], [w, -r], [w, -w], [r, -w], [r, w], [w, w], [w, r], [-w, r], [-w, w], [-r, w], [-r, -w], [-w, -w]])
    ctx.lineTo(x + dx, y + dy);
  ctx.closePath();
}

/** The stamps of a calque: one per look, fresh or aged, at a size. */
export class Stamps {
  constructor(redraw) {
    this.redraw = () => { this.made.clear(); redraw(); };
    this.made = new Map();
  }

  forget() { this.made.clear(); }

  get(looks, place, aged, factor) {
    const key = (place << 8) | (Math.round(factor * 16) << 1) | (aged ? 1 : 0);
    let stamp = this.made.get(key);
    if (!stamp) this.made.set(key, (stamp = this.cast(looks[place] ?? looks[0], aged, factor)));
    return stamp;
  }

  cast(look, aged, factor) {
    const r = Math.max(1.6, look.size * factor * (look.icon ? 1.5 : 1));
    const side = (Math.ceil(r * 2.7) + 4) | 1, mid = side / 2;
    const canvas = new OffscreenCanvas(side, side), ctx = canvas.getContext('2d');
    const { paper, ink } = current(), rim = apart(look.colour, paper) ? paper : ink;
    trace(ctx, look.shape, mid, mid, r);
    ctx.lineJoin = 'round';
    if (look.shape === 'ring') {
      ctx.fillStyle = paper;
      ctx.globalAlpha = aged ? 0.3 : 0.75;
      ctx.fill();
      ctx.globalAlpha = 1;
      outline(ctx, look.colour, Math.max(1.4, r * 0.4), aged, r);
    } else {
      ctx.fillStyle = look.colour;
      ctx.globalAlpha = aged ? 0.3 : 1;
      ctx.fill();
      ctx.globalAlpha = 1;
      outline(ctx, aged ? look.colour : rim, aged ? 1.5 * Math.max(1, factor) : Math.max(0.8, r * 0.16), aged, r);
    }
    if (look.icon) this.iconOn(ctx, look, mid, r, aged);
    return { canvas, side, r, ...pressed(ctx, side) };
  }

  iconOn(ctx, look, mid, r, aged) {
    const ink = look.shape === 'ring' || aged ? look.colour : readable(look.colour);
    const image = iconImage(look.icon, ink, this.redraw);
    if (image) ctx.drawImage(image, mid - r * 0.68, mid - r * 0.68, r * 1.36, r * 1.36);
  }
}

function outline(ctx, colour, width, dashed, r) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  if (dashed) ctx.setLineDash(r < 4 ? [2, 1.5] : [3, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
}

function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2;
}

/** White or near black, whichever is read on `colour`. */
export function readable(colour) { return luminance(colour) < 0.36 ? '#ffffff' : '#16191d'; }

/** Whether two colours are told apart side by side; a dark one on a dark map gets a light rim. */
export function apart(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05) >= 3; // WCAG 1.4.11
}

/** The pixels of a stamp, to be written into an image by hand. */
function pressed(ctx, side) {
  const { data } = ctx.getImageData(0, 0, side, side);
  const colours32 = new Uint32Array(data.buffer), dx = [], dy = [], colours = [];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (data[(y * side + x) * 4 + 3] > 50) {
        dx.push(x - (side >> 1));
        dy.push(y - (side >> 1));
        colours.push(colours32[y * side + x]);
      }
  return { dx: Int16Array.from(dx), dy: Int16Array.from(dy), colours: Uint32Array.from(colours) };
}
