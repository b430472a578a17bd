// How a shape looks: full for what is so, dashed for what is planned, faded outside its validity.
import { closed } from './forms.js';
import { SIDES, picture } from './pictures.js';

const WIDTH = { s: 1.6, m: 2.6, l: 4.5 }, FONT = { s: 12, m: 14, l: 19 };

/** The styles of a shape's feature; `paint` has the look, whether it is selected, faded. */
export function stylesOf(shape, geometry, { look, selected, faded, ready }) {
  const colour = tint(shape.colour, faded ? 0.4 : 1), styles = [];
  if (geometry.getType() !== 'Point') {
    if (selected) styles.push(stroke(look.accent, WIDTH[shape.size] + 7, undefined, 0.45));
    styles.push(stroke(look.halo, WIDTH[shape.size] + 2.4, undefined, faded ? 0.3 : 0.75));
    styles.push(new ol.style.Style({
      stroke: line(colour, WIDTH[shape.size], shape.planned), fill: closed(shape.kind) ? filling(shape, faded) : undefined,
    }));
    if (shape.kind === 'arrow') styles.push(head(shape, geometry, colour));
  } else styles.push(...standing(shape, { look, selected, faded, ready, colour }));
  if (shape.label && shape.kind !== 'text') styles.push(label(shape, geometry, look, faded));
  return styles;
}

function standing(shape, { look, selected, faded, ready, colour }) {
  const styles = [];
  if (shape.kind === 'text') return [text(shape, look, faded, selected)];
  const image = shape.kind === 'symbol' ? picture(shape, look, ready) : dot(shape, look, colour);
  const radius = shape.kind === 'symbol' ? SIDES[shape.size] / 2 + 7 : 12;
  if (selected) styles.push(new ol.style.Style({ image: new ol.style.Circle({ radius, stroke: new ol.style.Stroke({ color: look.accent, width: 3 }), fill: new ol.style.Fill({ color: tint(look.accent, 0.12) }) }) }));
  if (!image) return styles;
  const own = image.clone();
  own.setOpacity(faded ? 0.4 : 1);
  if (shape.rotation_deg) own.setRotation((shape.rotation_deg * Math.PI) / 180);
  styles.push(new ol.style.Style({ image: own }));
  return styles;
}

function dot(shape, look, colour) {
  return new ol.style.Circle({
    radius: { s: 4, m: 6, l: 9 }[shape.size],
    fill: new ol.style.Fill({ color: shape.planned ? look.paper : colour }),
    stroke: new ol.style.Stroke({ color: shape.planned ? colour : look.halo, width: 2, lineDash: shape.planned ? [3, 3] : undefined }),
  });
}

function text(shape, look, faded, selected) {
  return new ol.style.Style({
    text: new ol.style.Text({
      text: shape.label || '…', font: `600 ${FONT[shape.size]}px ${look.font}`, rotation: ((shape.rotation_deg ?? 0) * Math.PI) / 180,
      fill: new ol.style.Fill({ color: tint(shape.colour, faded ? 0.5 : 1) }), stroke: new ol.style.Stroke({ color: look.halo, width: 4 }),
      backgroundStroke: selected ? new ol.style.Stroke({ color: look.accent, width: 2 }) : undefined, padding: [3, 5, 3, 5],
      backgroundFill: selected ? new ol.style.Fill({ color: 'rgba(0,0,0,0)' }) : undefined, overflow: true,
    }),
  });
}

function label(shape, geometry, look, faded) {
  const below = geometry.getType() === 'Point' ? (shape.kind === 'symbol' ? SIDES[shape.size] / 2 : 7) + 11 : 0;
  const along = geometry.getType() === 'LineString';
  return new ol.style.Style({
    geometry: geometry.getType() === 'Polygon' ? geometry.getInteriorPoint() : undefined, zIndex: 5,
    text: new ol.style.Text({
      text: shape.label, font: `600 ${FONT[shape.size] - 1}px ${look.font}`, offsetY: along ? -11 : below, placement: along ? 'line' : 'point',
      overflow: true, fill: new ol.style.Fill({ color: tint(look.ink, faded ? 0.55 : 1) }), stroke: new ol.style.Stroke({ color: look.halo, width: 3.5 }),
    }),
  });
}

/** The head of an arrow, turned along its last leg. */
function head(shape, geometry, colour) {
  const path = geometry.getCoordinates(), [x, y] = path[path.length - 1], [px, py] = path[path.length - 2];
  return new ol.style.Style({
    geometry: new ol.geom.Point([x, y]),
    image: new ol.style.RegularShape({
      points: 3, radius: 6 + 2.4 * WIDTH[shape.size], rotation: Math.PI / 2 - Math.atan2(y - py, x - px), rotateWithView: true,
      fill: new ol.style.Fill({ color: colour }), displacement: [0, -(2 + WIDTH[shape.size])],
    }),
  });
}

function filling(shape, faded) {
  const alpha = (shape.fill ?? 0.15) * (faded ? 0.4 : 1);
  return alpha > 0 ? new ol.style.Fill({ color: tint(shape.colour, alpha) }) : undefined;
}

function line(color, width, planned) {
  return new ol.style.Stroke({ color, width, lineDash: planned ? [width * 3.2, width * 2.6] : undefined, lineCap: planned ? 'butt' : 'round', lineJoin: 'round' });
}

function stroke(colour, width, dash, alpha) {
  return new ol.style.Style({ stroke: new ol.style.Stroke({ color: tint(colour, alpha), width, lineDash: dash, lineCap: 'round', lineJoin: 'round' }) });
}

export function tint(hex, alpha) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${alpha})`;
}
