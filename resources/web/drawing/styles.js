// How a shape looks: full for what is so, dashed for what is planned, faded outside its validity.
import { closed } from './forms.js';
import { SIDES, picture, posed } from './pictures.js';

const WIDTH = { s: 1.6, m: 2.6, l: 4.5 }, FONT = { s: 12, m: 14, l: 19 };

/** The styles of a shape's feature; `paint` has the look, whether it is selected, faded. */
export function stylesOf(shape, geometry, { look, selected, faded, ready }) {
  const hue = legible(shape.colour, look), colour = tint(hue, faded ? 0.4 : 1), styles = [];
  if (geometry.getType() !== 'Point') {
    if (selected) styles.push(stroke(look.accent, WIDTH[shape.size] + 7, undefined, 0.45));
    styles.push(stroke(look.halo, WIDTH[shape.size] + 2.4, undefined, faded ? 0.3 : 0.75));
    styles.push(new ol.style.Style({
      stroke: line(colour, WIDTH[shape.size], shape.planned), fill: closed(shape.kind) ? filling(shape, hue, faded) : undefined,
    }));
    if (shape.kind === 'arrow') styles.push(head(shape, geometry, colour));
  } else styles.push(...standing({ ...shape, colour: shape.kind === 'symbol' ? shape.colour : hue }, { look, selected, faded, ready, colour }));
  if (shape.label && shape.kind !== 'text') styles.push(label(shape, geometry, look, faded));
  return styles;
}

function standing(shape, { look, selected, faded, ready, colour }) {
  const styles = [];
  if (shape.kind === 'text') return [text(shape, look, faded, selected)];
  const image = shape.kind === 'symbol' ? picture(shape, look, ready) : dot(shape, look, colour);
  const radius = shape.kind === 'symbol' ? SIDES[shape.size] / 2 + 7 : 12;
  if (selected) styles.push(new ol.style.Style({ image: new ol.style.Circle({ declutterMode: 'none', radius, stroke: new ol.style.Stroke({ color: look.accent, width: 3 }), fill: new ol.style.Fill({ color: tint(look.accent, 0.12) }) }) }));
  if (!image) return styles;
  styles.push(posed(image, shape.rotation_deg ?? 0, faded ? 0.4 : 1));
  return styles;
}

function dot(shape, look, colour) {
  return new ol.style.Circle({
    declutterMode: 'none', radius: { s: 4, m: 6, l: 9 }[shape.size],
    fill: new ol.style.Fill({ color: shape.planned ? look.paper : colour }),
    stroke: new ol.style.Stroke({ color: shape.planned ? colour : look.halo, width: 2, lineDash: shape.planned ? [3, 3] : undefined }),
  });
}

function text(shape, look, faded, selected) {
  return new ol.style.Style({
    text: new ol.style.Text({
      declutterMode: 'none', text: shape.label || '…', font: `600 ${FONT[shape.size]}px ${look.font}`, rotation: ((shape.rotation_deg ?? 0) * Math.PI) / 180,
      fill: new ol.style.Fill({ color: tint(shape.colour, faded ? 0.5 : 1) }), stroke: new ol.style.Stroke({ color: look.halo, width: 4 }),
      backgroundStroke: selected ? new ol.style.Stroke({ color: look.accent, width: 2 }) : undefined, padding: [3, 5, 3, 5],
      backgroundFill: selected ? new ol.style.Fill({ color: 'rgba(0,0,0,0)' }) : undefined, overflow: true,
    }),
  });
}

/** The words of a shape, where they hide no others: under what stands, inside an area, at the top of a circle, along the longest leg of a line. */
function label(shape, geometry, look, faded) {
  const below = geometry.getType() === 'Point' ? under(shape) + 11 : 0;
  const along = geometry.getType() === 'LineString', top = shape.kind === 'circle';
  return new ol.style.Style({
    geometry: along ? longest(geometry) : top ? summit(geometry) : geometry.getType() === 'Polygon' ? geometry.getInteriorPoint() : undefined, zIndex: 5,
    text: new ol.style.Text({
      text: shape.label, font: `600 ${FONT[shape.size] - 1}px ${look.font}`, offsetY: along || top ? -12 : below, placement: along ? 'line' : 'point',
      overflow: true, fill: new ol.style.Fill({ color: tint(look.ink, faded ? 0.55 : 1) }), stroke: new ol.style.Stroke({ color: look.halo, width: 3.5 }),
    }),
  });
}

/** From the middle of what stands at a position to its foot; military symbols are taller than their frame. */
function under({ kind, size, symbol }) {
  if (kind !== 'symbol') return 7;
  return SIDES[size] * (symbol.startsWith('app6:') ? 0.62 : 0.5);
}

function longest(geometry) {
  let best = null;
  geometry.forEachSegment((start, end) => {
    const reach = Math.hypot(end[0] - start[0], end[1] - start[1]);
    if (!best || reach > best.reach) best = { reach, path: [start.slice(), end.slice()] };
  });
  return new ol.geom.LineString(best.path);
}

function summit(geometry) {
  const ring = geometry.getCoordinates()[0];
  return new ol.geom.Point(ring.reduce((top, point) => (point[1] > top[1] ? point : top)));
}

/** The head of an arrow, turned along its last leg. */
function head(shape, geometry, colour) {
  const path = geometry.getCoordinates(), [x, y] = path[path.length - 1], [px, py] = path[path.length - 2];
  return new ol.style.Style({
    geometry: new ol.geom.Point([x, y]),
    image: new ol.style.RegularShape({
      declutterMode: 'none', points: 3, radius: 6 + 2.4 * WIDTH[shape.size], rotation: Math.PI / 2 - Math.atan2(y - py, x - px), rotateWithView: true,
      fill: new ol.style.Fill({ color: colour }), displacement: [0, -(2 + WIDTH[shape.size])],
    }),
  });
}

function filling(shape, hue, faded) {
  const alpha = (shape.fill ?? 0.15) * (faded ? 0.4 : 1);
  return alpha > 0 ? new ol.style.Fill({ color: tint(hue, alpha) }) : undefined;
}

function line(color, width, planned) {
  return new ol.style.Stroke({ color, width, lineDash: planned ? [width * 3.2, width * 2.6] : undefined, lineCap: planned ? 'butt' : 'round', lineJoin: 'round' });
}

function stroke(colour, width, dash, alpha) {
  return new ol.style.Style({ stroke: new ol.style.Stroke({ color: tint(colour, alpha), width, lineDash: dash, lineCap: 'round', lineJoin: 'round' }) });
}

/** A colour that can be told from the ground: dark ones are lightened at night. */
function legible(hex, look) {
  if (brightness(look.paper) > 0.3) return hex;
  let [r, g, b] = parts(hex);
  while (0.3 * r + 0.6 * g + 0.1 * b < 120) [r, g, b] = [r, g, b].map((part) => part + (255 - part) * 0.12);
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function brightness(hex) { const [r, g, b] = parts(hex); return (0.3 * r + 0.6 * g + 0.1 * b) / 255; }
function parts(hex) { return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)); }

export function tint(hex, alpha) {
  const [r, g, b] = parts(hex);
  return `rgba(${r},${g},${b},${alpha})`;
}
