// Turns a layer's style of the catalogue into OpenLayers styles, for day and for night.
import { current } from './symbols.js';

const icons = new Map();
const ELSEWHERE = { radiation: 'temaki/radiation', torch: 'maki/fire-station' };

/** Loads the drawing of an icon once; drawn white or black on its badge. */
export async function iconOf(name) {
  if (icons.has(name)) return;
  icons.set(name, null);
  const reply = await fetch(`vendor/${ELSEWHERE[name] ?? `maki/${name}`}.svg`);
  if (reply.ok) icons.set(name, await reply.text());
}

export function styleOf(spec, night, view) {
  const style = spec.style;
  const pick = (key) => (night && style[`${key}_dark`]) || style[key];
  const shared = { color: pick('color'), fill: pick('fill'), night, style, spec };
  if (spec.kind === 'point') return pointStyle(shared, view);
  const cache = new Map();
  const label = labelStyle(shared);
  return (feature) => {
    const colour = (style.color_field && feature.get(style.color_field)) || shared.color;
    if (!cache.has(colour)) cache.set(colour, shapeStyle(shared, colour));
    const styles = [cache.get(colour)];
    if (label && style.label_zoom && view.getZoom() >= style.label_zoom && spec.kind !== 'line')
      styles.push(label(feature));
    return styles;
  };
}

function shapeStyle({ fill, style, spec }, colour) {
  const inside = fill ?? (spec.kind === 'polygon' && style.fill_opacity ? faded(colour, style.fill_opacity) : null);
  return new ol.style.Style({
    fill: inside ? new ol.style.Fill({ color: inside }) : undefined,
    stroke: colour && style.width
      ? new ol.style.Stroke({ color: colour, width: style.width, lineDash: style.dash, lineJoin: 'round', lineCap: style.dash ? 'butt' : 'round' })
      : undefined,
  });
}

function faded(colour, opacity) {
  const [r, g, b] = ol.color.asArray(colour);
  return `rgba(${r},${g},${b},${opacity})`;
}

function labelStyle({ style, color }) {
  if (!style.label_field) return null;
  const look = current();
  return (feature) => new ol.style.Style({
    text: new ol.style.Text({
      text: feature.get(style.label_field) ?? '', font: `italic 11px ${look.font}`, overflow: false,
      fill: new ol.style.Fill({ color: look.label ?? color }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }),
    }),
  });
}

function pointStyle(shared, view) {
  const { style, spec } = shared;
  const look = current();
  const badges = new Map();
  const badge = (big) => {
    if (!badges.has(big)) badges.set(big, big ? iconBadge(shared) : dot(shared));
    return badges.get(big);
  };
  return (feature) => {
    const zoom = view.getZoom();
    const big = zoom >= Math.max((spec.min_zoom ?? 0) + 1.5, 8.5) || zoom >= (style.label_zoom ?? 99);
    const image = badge(Boolean(big && style.icon && icons.get(style.icon)));
    const text = style.label_field && zoom >= (style.label_zoom ?? 99) ? feature.get(style.label_field) : '';
    return new ol.style.Style({
      image,
      text: text ? new ol.style.Text({
        text, font: `500 11.5px ${look.font}`, offsetY: 17, overflow: true,
        fill: new ol.style.Fill({ color: shared.color }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }),
      }) : undefined,
    });
  };
}

function dot({ color }) {
  return new ol.style.Circle({
    radius: 3.4, fill: new ol.style.Fill({ color }), stroke: new ol.style.Stroke({ color: current().halo, width: 1.2 }),
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
  return new ol.style.Icon({ src: `data:image/svg+xml;utf8,${encodeURIComponent(badge)}`, scale: 1 / ratio });
}
