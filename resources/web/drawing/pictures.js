// The pictures of symbols: civil badges, SITAC drawings with their halo, APP-6 by milsymbol; kept once made.
const texts = new Map(), images = new Map();
export const SIDES = { s: 26, m: 38, l: 54 };

/** The SVG text of a civil or SITAC symbol, fetched once. */
async function fetched(key) {
  if (!texts.has(key)) {
    const reply = await fetch(`drawing/picture?key=${encodeURIComponent(key)}`);
    texts.set(key, reply.ok ? await reply.text() : '');
  }
  return texts.get(key);
}

/**
 * An image style of the symbol of `shape`, or null until it is there (`ready` is then called).
 * Planned symbols have dashed edges (SITAC) or their own frame (APP-6, the status in its code).
 */
export function picture(shape, look, ready) {
  const side = SIDES[shape.size ?? 'm'], name = named(shape, look);
  if (images.has(name)) return images.get(name);
  images.set(name, null);
  make(shape, side, look).then((style) => { images.set(name, style); if (style) ready(); });
  return null;
}

function named(shape, look) {
  return [shape.symbol, shape.size ?? 'm', shape.colour, shape.planned, look.halo].join('|');
}

/** Whether the picture of a shape is there, if it has one. */
export function pictured(shape, look) { return shape.kind !== 'symbol' || Boolean(images.get(named(shape, look))); }

/** The same picture turned and faded, made once. */
const turned = new WeakMap();
export function posed(image, rotation, opacity) {
  if (!turned.has(image)) turned.set(image, new Map());
  const poses = turned.get(image), key = `${rotation}|${opacity}`;
  if (!poses.has(key)) {
    const own = image.clone();
    own.setOpacity(opacity);
    own.setRotation((rotation * Math.PI) / 180);
    poses.set(key, new ol.style.Style({ image: own }));
  }
  return poses.get(key);
}

/** Forget what was dressed for another theme. */
export function forget() { images.clear(); }

async function make(shape, side, look) {
  const [set] = shape.symbol.split(':');
  if (set === 'app6') { await militarySet(); return icon(military(shape, side), 1 / 2); }
  const svg = await fetched(shape.symbol);
  if (!svg) return null;
  return icon(set === 'civil' ? badge(svg, shape, side, look) : charter(svg, shape, side), 1 / 2);
}

function icon(source, scale) {
  if (!source) return null;
  if (typeof source !== 'string') return new ol.style.Icon({ declutterMode: 'none', img: source, size: [source.width, source.height], scale });
  return new ol.style.Icon({ declutterMode: 'none', src: `data:image/svg+xml;utf8,${encodeURIComponent(source)}`, scale });
}

/** milsymbol paints itself; null when the code says nothing. */
function military(shape, side) {
  const symbol = new ms.Symbol(shape.symbol.slice(5), { size: side * 0.8, outlineWidth: 4, outlineColor: '#ffffff' });
  return symbol.isValid() ? symbol.asCanvas(1.4) : null;
}

/** milsymbol is big: it is read when a military symbol is first drawn. */
let library = null;
export function militarySet() {
  library ??= new Promise((resolve) => {
    const script = Object.assign(document.createElement('script'), { src: 'vendor/milsymbol/milsymbol.js' });
    script.onload = script.onerror = resolve;
    document.head.append(script);
  });
  return library;
}

/** The SVG of a code, for the palette. */
export function militarySvg(code) {
  const symbol = new ms.Symbol(code, { size: 30 });
  return symbol.isValid() ? symbol.asSVG() : '';
}

/** A SITAC drawing: a pale halo under it, its own colour on it, dashed edges when planned. */
function charter(svg, shape, side) {
  const body = inside(svg), dash = shape.planned ? '<style>.edge{stroke-dasharray:5 4}</style>' : '';
  const halo = `<g stroke="#ffffffd9" stroke-width="6.5" color="#ffffffd9">${body.replace(/<text.*?<\/text>/g, '')}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side * 2}" height="${side * 2}" viewBox="-2 -2 52 52" color="${shape.colour}" fill="none" stroke-linejoin="round" stroke-linecap="round">`
    + `${halo}<g stroke="${shape.colour}" stroke-width="2.6">${dash}${body}</g></svg>`;
}

/** A civil pictogram in a disc (a dashed ring when planned). */
function badge(svg, shape, side, look) {
  const whole = /viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 24, outlined = /fill="none" stroke/.test(svg.slice(0, 160));
  const ink = shape.planned ? shape.colour : '#ffffff', paper = shape.planned ? '#ffffff' : shape.colour;
  const paint = outlined ? `fill="none" stroke="${ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"` : `fill="${ink}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side * 2}" height="${side * 2}" viewBox="0 0 48 48" color="${ink}">`
    + `<circle cx="24" cy="24" r="23" fill="${look.halo}"/><circle cx="24" cy="24" r="20.5" fill="${paper}" stroke="${shape.colour}" stroke-width="2.5" ${shape.planned ? 'stroke-dasharray="5 4"' : ''}/>`
    + `<g transform="translate(11 11) scale(${26 / whole})" ${paint}>${inside(svg)}</g></svg>`;
}

function inside(svg) { return svg.replace(/^[^]*?<svg[^>]*>/, '').replace(/<\/svg>[^]*$/, ''); }
