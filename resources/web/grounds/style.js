// How a pack is drawn: streets, water, land, names. The layers are those of beffroi/basemaps/themes.py;
// packs of others (OpenMapTiles, Protomaps) are drawn plainly, by the shape of their features.
const DAY = {
  land: '#f3f0e8', sea: '#d4e1e8',
  wood: '#d3e3c6', grass: '#e2ecd2', park: '#d5e8c9', cemetery: '#d9e2d3', farm: '#eeeedd', urban: '#ecebe6', works: '#e6e2e6',
  military: '#eadfd9', sand: '#f3ecd2', wet: '#d5e5e0', ice: '#f2f8fb', rock: '#e3e1dc', water: '#a9cbe2', river: '#8db9d8', building: '#d8d3ca',
  edge: '#c2bbb0', motorway: '#e8915c', trunk: '#f0ab70', primary: '#f6cf85', secondary: '#f8e6a6', tertiary: '#ffffff', street: '#ffffff',
  case: '#b9b1a3', path: '#a99c86', rail: '#8a8791', metro: '#7b6f9c', air: '#cfcbd6', border: '#93708f', coast: '#7ea9c6',
  place: '#2c2c2c', road: '#5a5348', water_name: '#3f6f94', care: '#a3203a',
};
const NIGHT = {
  land: '#232a33', sea: '#121a21',
  wood: '#22301f', grass: '#262f21', park: '#24331f', cemetery: '#283028', farm: '#2a2b22', urban: '#292a2c', works: '#2d2a30', military: '#332a28',
  sand: '#35311f', wet: '#22302f', ice: '#37424a', rock: '#2e2d2b', water: '#1d3447', river: '#2b4d68', building: '#37383b', edge: '#46474b',
  motorway: '#a4623a', trunk: '#8f6335', primary: '#80693a', secondary: '#67603c', tertiary: '#4c4d50', street: '#444548', case: '#1b1c1e',
  path: '#6a6252', rail: '#78767f', metro: '#7d74a3', air: '#3d3b45', border: '#95769a', coast: '#3c617c', place: '#dcdcdc', road: '#b9b2a4',
  water_name: '#86aecd', care: '#ef8b9b',
};
/** Width in pixels at zooms 6, 10, 14 and 18, of the casing and of the road. */
const WIDE = {
  motorway: [0.8, 2, 5, 18], trunk: [0.6, 1.7, 4.6, 16], primary: [0, 1.3, 4, 14], secondary: [0, 0.7, 3.2, 12], tertiary: [0, 0.5, 2.6, 11],
  street: [0, 0, 1.5, 9], service: [0, 0, 0.8, 6],
};
const RANK = { motorway: 9, trunk: 8, primary: 7, secondary: 6, tertiary: 5, street: 4, service: 3 };
const SAME = { unclassified: 'street', residential: 'street', living_street: 'street', road: 'street', service: 'service' };
const TOWNS = { city: 15, town: 13, village: 12, suburb: 12, island: 12, hamlet: 11, quarter: 11, neighbourhood: 11, locality: 10.5, islet: 10.5 };
const PLACES = new Set(['places', 'villages', 'hamlets']);
const ROADS = new Set(['motorways', 'main_roads', 'roads', 'streets']);

let ink = DAY, look = { halo: '#ffffff', font: 'sans-serif' }, cache = new Map();

export function restyle(given, night) {
  look = given;
  ink = night ? NIGHT : DAY;
  cache = new Map();
}

export function styleOf(feature, resolution) {
  const zoom = Math.log2(156543.03392804097 / resolution), layer = feature.get('layer'), kind = feature.get('class') ?? '';
  if (ROADS.has(layer)) return road(feature, SAME[kind] ?? kind, zoom);
  if (PLACES.has(layer)) return name(feature, `600 ${TOWNS[kind] ?? 11}px`, ink.place, RANK_OF_PLACE[kind] ?? 0);
  const drawn = PLAIN[layer];
  if (drawn) return drawn(feature, kind, zoom);
  return foreign(feature, layer);
}

const RANK_OF_PLACE = { city: 9, town: 8, village: 6, suburb: 5, island: 5, hamlet: 3, quarter: 3, neighbourhood: 2, locality: 1, islet: 1 };
const PLAIN = {
  sea: (f, kind) => area(kind === 'sea' ? 'sea' : 'land', 0),
  landuse: (f, kind) => area(kind in ink ? kind : 'urban', 1),
  water: (f, kind, zoom) => [area('water', 3), zoom > 11 && f.get('name') ? name(f, 'italic 500 11px', ink.water_name, 2) : null].filter(Boolean),
  rivers: (f, kind, zoom) => [stroke('river', wide([0.8, 1.4, 3, 10], zoom), 3), along(f, zoom, 12, ink.water_name)].filter(Boolean),
  streams: (f, kind, zoom) => stroke('river', wide([0, 0.4, 1, 4], zoom), 3),
  coast: () => stroke('coast', 1.2, 4),
  buildings: (f, kind, zoom) => outlined('building', 'edge', Math.min(1, Math.max(0, zoom - 14)), 20),
  aeroways: (f, kind, zoom) => stroke('air', wide(kind === 'runway' ? [1, 2, 8, 50] : [0, 0.5, 3, 16], zoom), 5),
  paths: (f, kind, zoom) => (zoom < 14.5 ? null : stroke('path', zoom > 16 ? 1.6 : 1, 21, kind === 'pedestrian' ? undefined : [4, 3])),
  rail: (f, kind, zoom) => [stroke('rail', zoom > 12 ? 2.2 : 1.2, 60), zoom > 12 ? stroke('case', 1.2, 61, [5, 5]) : null].filter(Boolean),
  metro: (f, kind, zoom) => stroke('metro', zoom > 14 ? 1.8 : 1, 59, kind === 'tram' ? undefined : [6, 3]),
  boundaries: (f, kind) => stroke('border', kind === 'country' ? 2 : 1.3, 70, [8, 4]),
  communes: () => stroke('border', 0.8, 69, [4, 4]),
  stations: (f, kind, zoom) => (kind === 'stop' && zoom < 15 ? null : spot(f, ink.metro, zoom)),
  pois: (f, kind, zoom) => (zoom < 14 ? null : spot(f, CARE.has(kind) ? ink.care : ink.road, zoom)),
  poi_areas: (f, kind, zoom) => (zoom < 14 ? null : spot(f, CARE.has(kind) ? ink.care : ink.road, zoom)),
};
const CARE = new Set(['hospital', 'fire', 'police']);

function road(feature, kind, zoom) {
  const step = WIDE[kind] ?? WIDE.street, width = wide(step, zoom);
  if (!width) return null;
  const rank = RANK[kind] ?? 3, styles = [];
  if (width > 2) styles.push(stroke('case', width + Math.min(2, width / 3 + 0.6), 30 + rank));
  styles.push(stroke(kind in ink ? kind : 'street', width, 40 + rank));
  const label = along(feature, zoom, rank > 6 ? 13 : 14.5, ink.road);
  if (label) styles.push(label);
  return styles;
}

/** Between the widths at zooms 6, 10, 14 and 18. */
function wide(steps, zoom) {
  const at = Math.max(0, Math.min(2.999, (zoom - 6) / 4)), low = Math.floor(at);
  return steps[low] + (steps[low + 1] - steps[low]) * (at - low);
}

function kept(key, make) {
  let style = cache.get(key);
  if (!style) cache.set(key, (style = make()));
  return style;
}

function area(colour, zIndex) {
  return kept(`a${colour}`, () => new ol.style.Style({ zIndex, fill: new ol.style.Fill({ color: ink[colour] }) }));
}

function outlined(colour, edge, strength, zIndex) {
  if (!strength) return null;
  const much = Math.round(strength * 10) / 10;
  return kept(`o${colour}${much}`, () => new ol.style.Style({
    zIndex, fill: new ol.style.Fill({ color: faded(ink[colour], much) }), stroke: new ol.style.Stroke({ color: faded(ink[edge], much), width: 0.7 }),
  }));
}

function stroke(colour, width, zIndex, lineDash) {
  const round = Math.round(width * 4) / 4;
  if (!round) return null;
  return kept(`s${colour}${round}/${zIndex}/${lineDash ?? ''}`, () => new ol.style.Style({
    zIndex, stroke: new ol.style.Stroke({ color: ink[colour], width: round, lineDash, lineCap: lineDash ? 'butt' : 'round', lineJoin: 'round' }),
  }));
}

function faded(colour, opacity) {
  const [r, g, b] = ol.color.asArray(colour);
  return `rgba(${r},${g},${b},${opacity})`;
}

function name(feature, font, color, zIndex) {
  const text = feature.get('name');
  if (!text) return null;
  return new ol.style.Style({ zIndex, text: words(text, font, color) });
}

function words(text, font, color, more = {}) {
  return new ol.style.Text({
    text, font: `${font} ${look.font}`, fill: new ol.style.Fill({ color }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }), ...more,
  });
}

/** The name of a line, written along it. */
function along(feature, zoom, from, color) {
  const text = feature.get('name') || feature.get('ref');
  if (!text || zoom < from) return null;
  return new ol.style.Style({ zIndex: 1, text: words(text, '500 10.5px', color, { placement: 'line', maxAngle: Math.PI / 6, repeat: 400 }) });
}

function spot(feature, color, zoom) {
  const text = zoom > 14.5 ? feature.get('name') : '';
  return new ol.style.Style({
    zIndex: 80,
    image: new ol.style.Circle({ radius: 3, fill: new ol.style.Fill({ color }), stroke: new ol.style.Stroke({ color: look.halo, width: 1.2 }), declutterMode: 'none' }),
    text: text ? words(text, '500 10.5px', color, { offsetY: 11 }) : undefined,
  });
}

/** A layer that is none of ours: its shape alone says how. */
function foreign(feature, layer) {
  const type = feature.getType();
  if (/water|ocean|lake/.test(layer)) return type.includes('Polygon') ? area('water', 3) : stroke('river', 1, 3);
  if (/building/.test(layer)) return outlined('building', 'edge', 1, 20);
  if (type.includes('Polygon')) return outlined('urban', 'edge', 0.7, 1);
  if (type.includes('Line')) return stroke(/road|transport/.test(layer) ? 'case' : 'border', 1, 30);
  return feature.get('name') ? name(feature, '500 11px', ink.place, 1) : null;
}
