// Turns a layer's style of the catalogue into OpenLayers styles, for day and for night.
import { standAside } from './room.js';
import { current } from './symbols.js';

export const NAMES = 'names'; // all names share one space, none lies over another

const icons = new Map();
const ELSEWHERE = { radiation: 'temaki/radiation', torch: 'maki/fire-station' };

/** Loads the drawing of an icon once; drawn white or black on its badge. */
export async function iconOf(name) {
  if (icons.has(name)) return;
  icons.set(name, null);
  const reply = await fetch(`vendor/${ELSEWHERE[name] ?? `maki/${name}`}.svg`);
  if (reply.ok) icons.set(name, await reply.text());
}

/** The style of an area or a line; `own` is a colour of the feature's own, `strength` weakens all. */
export function shapeStyle(spec, night, own, strength = 1) {
  const { style } = spec, opacity = spec.opacity * strength;
  const line = own || pick(style, 'color', night), inside = pick(style, 'fill', night);
  const fill = inside ? faded(inside, opacity) : style.fill_opacity ? faded(line, style.fill_opacity * opacity) : null;
  return new ol.style.Style({
    zIndex: spec.rank,
    fill: fill ? new ol.style.Fill({ color: fill }) : undefined,
    stroke: line && style.width ? new ol.style.Stroke({
      color: faded(line, opacity), width: style.width, lineDash: style.dash,
      lineJoin: 'round', lineCap: style.dash ? 'butt' : 'round',
    }) : undefined,
  });
}

function pick(style, key, night) { return (night && style[`${key}_dark`]) || style[key]; }

function faded(colour, opacity) {
  const [r, g, b] = ol.color.asArray(colour);
  return `rgba(${r},${g},${b},${opacity})`;
}

/** The name of an area, discreet. */
export function areaName(feature) {
  const look = current();
  return new ol.style.Style({
    text: new ol.style.Text({
      text: feature.get('name') ?? '', font: `italic 500 11.5px ${look.font}`, overflow: true,
      fill: new ol.style.Fill({ color: look.area }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }),
    }),
  });
}

/** The style of a place: a ring from afar, its icon when near, its name when nearer. */
export function pointStyle(spec, night, view) {
  const { style } = spec;
  const shared = { color: pick(style, 'color', night), style };
  const look = current();
  const badges = new Map();
  const badge = (big) => {
    if (!badges.has(big)) badges.set(big, big ? iconBadge(shared) : dot(shared));
    return badges.get(big);
  };
  return (feature, resolution) => {
    const zoom = view.getZoom();
    const big = zoom >= Math.max((spec.min_zoom ?? 0) + 1.5, 8.5) || zoom >= (style.label_zoom ?? 99);
    const image = badge(Boolean(big && style.icon && icons.get(style.icon)));
    const text = style.label_field && zoom >= (style.label_zoom ?? 99) ? feature.get(style.label_field) : '';
    return new ol.style.Style({
      image,
      text: text ? new ol.style.Text({
        text, font: `500 11.5px ${look.font}`, overflow: true,
        offsetY: standAside(feature.getGeometry().getCoordinates(), text.length * 3, resolution, 17),
        fill: new ol.style.Fill({ color: shared.color }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }),
      }) : undefined,
    });
  };
}

/** A ring: hollow, so that no place is taken for an entry. */
function dot({ color }) {
  return new ol.style.Circle({
    radius: 3.2, fill: new ol.style.Fill({ color: current().halo }), stroke: new ol.style.Stroke({ color, width: 1.8 }),
    declutterMode: 'none',
  });
}

function iconBadge({ color, style }) {
  const look = current(), side = 22, ratio = 2;
  const svg = icons.get(style.icon).replace('<svg ', `<svg fill="${look.halo}" `);
  const path = /viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 15;
  const inner = svg.replace(/^[^]*?<svg[^>]*>/, '').replace(/<\/svg>[^]*$/, '');
  const badge = `<svg xmlns="http://www.w3.org/2000/svg" width="${side * ratio}" height="${side * ratio}" viewBox="0 0 22 22">`
    + `<circle cx="11" cy="11" r="9.6" fill="${color}" stroke="${look.halo}" stroke-width="1.6"/>`
    + `<g transform="translate(5 5) scale(${12 / path})" fill="${look.halo}">${inner}</g></svg>`;
  return new ol.style.Icon({ src: `data:image/svg+xml;utf8,${encodeURIComponent(badge)}`, scale: 1 / ratio, declutterMode: 'none' });
}
