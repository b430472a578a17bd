// The symbol of an entry: colour says the theme; shape and number say the gravity.
const cache = new Map();
let look = { themes: [], gravities: [], paper: '#ffffff', ink: '#000000', accent: '#0b6579', font: 'sans-serif' };

export const KEY_EVENT = 1, VOID = 2, FOLLOWUP = 4;

export function dress(newLook) {
  look = newLook;
  cache.clear();
}

export function current() { return look; }

/** Traces the outline that belongs to a gravity, as in the list: small disc, disc, ◆, ▲, octagon. */
export function trace(ctx, gravity, x, y, r) {
  ctx.beginPath();
  if (gravity === 0) ctx.arc(x, y, r * 0.7, 0, 7);
  else if (gravity === 1) ctx.arc(x, y, r * 0.94, 0, 7);
  else if (gravity === 2) polygon(ctx, x, y, r * 1.2, 4, -Math.PI / 2);
  else if (gravity === 3) polygon(ctx, x, y + r * 0.18, r * 1.25, 3, -Math.PI / 2);
  else polygon(ctx, x, y, r * 1.12, 8, Math.PI / 8);
}

function polygon(ctx, x, y, r, sides, turn) {
  for (let i = 0; i < sides; i++) {
    const angle = turn + (i * 2 * Math.PI) / sides;
    ctx.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
}

/** A canvas holding the symbol, `r` its radius in device pixels. */
export function sprite(theme, gravity, flags, r) {
  const key = `${theme}/${gravity}/${flags}/${r}`;
  let canvas = cache.get(key);
  if (!canvas) cache.set(key, (canvas = draw(theme, gravity, flags, r)));
  return canvas;
}

function draw(theme, gravity, flags, r) {
  const side = Math.ceil(r * 3.4), mid = side / 2;
  const canvas = new OffscreenCanvas(side, side);
  const ctx = canvas.getContext('2d');
  ctx.lineJoin = 'round';
  const fill = look.themes[theme] ?? look.themes[0];
  const hollow = flags & VOID;
  trace(ctx, gravity, mid, mid, r);
  ctx.lineWidth = r * 0.62;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.fillStyle = hollow ? look.paper : fill.fill;
  ctx.fill();
  ctx.lineWidth = Math.max(1, r * (gravity >= 3 ? 0.3 : 0.18));
  ctx.strokeStyle = hollow ? fill.fill : gravity >= 2 ? look.gravities[gravity].fill : fill.edge;
  ctx.stroke();
  if (gravity > 0) number(ctx, gravity, mid, mid, r, hollow ? look.ink : fill.ink);
  if (hollow) strike(ctx, mid, r);
  if (flags & KEY_EVENT) star(ctx, mid + r * 0.95, mid - r * 0.85, r * 0.62);
  if (flags & FOLLOWUP) clock(ctx, mid + r * 0.95, mid + r * 0.85, r * 0.5);
  return canvas;
}

function number(ctx, gravity, x, y, r, ink) {
  ctx.font = `700 ${Math.round(r * (gravity === 3 ? 1.0 : 1.15))}px ${look.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = ink;
  ctx.fillText(gravity, x, y + r * (gravity === 3 ? 0.3 : 0.08));
}

function strike(ctx, mid, r) {
  ctx.beginPath();
  ctx.moveTo(mid - r, mid + r);
  ctx.lineTo(mid + r, mid - r);
  ctx.stroke();
}

function star(ctx, x, y, r) {
  ctx.beginPath();
  for (let i = 0; i < 10; i++) {
    const angle = -Math.PI / 2 + (i * Math.PI) / 5, reach = i % 2 ? r * 0.5 : r * 1.15;
    ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  ctx.closePath();
  ctx.lineWidth = r * 0.55;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.fillStyle = look.ink;
  ctx.fill();
}

function clock(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  ctx.fillStyle = look.paper;
  ctx.fill();
  ctx.lineWidth = Math.max(1, r * 0.35);
  ctx.strokeStyle = look.ink;
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x, y - r * 0.6);
  ctx.lineTo(x, y);
  ctx.lineTo(x + r * 0.5, y);
  ctx.stroke();
}
