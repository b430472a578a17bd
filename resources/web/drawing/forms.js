// What each kind of shape is made of: how many clicks, what they mean, what it covers.
import { disc, leg, reach } from './geodesic.js';

export const ANCHORED = new Set(['point', 'text', 'symbol']);
const LEAST = { line: 2, arrow: 2, area: 3, rectangle: 2, circle: 2, sector: 3 };
const MOST = { point: 1, text: 1, symbol: 1, rectangle: 2, circle: 2, sector: 3 };

/** How many clicks a shape needs, and after how many it is done by itself (0: when told so). */
export const least = (kind) => LEAST[kind] ?? 1;
export const most = (kind) => MOST[kind] ?? 0;

/** The shape that clicks at `spots` (`[lon, lat]`) describe: the fields that Python keeps, or null. */
export function built(kind, spots) {
  if (spots.length < least(kind)) return null;
  if (kind === 'rectangle') return { points: corners(...spots) };
  if (kind === 'circle') return { points: [spots[0]], radius_m: leg(spots[0], spots[1])[0] };
  if (kind === 'sector') {
    const [radius_m, from_deg] = leg(spots[0], spots[1]);
    return { points: [spots[0]], radius_m, from_deg, to_deg: leg(spots[0], spots[2])[1] };
  }
  return { points: spots };
}

function corners([w, s], [e, n]) { return [[w, s], [e, s], [e, n], [w, n]]; }

/** The outline, in degrees, of a shape of these fields; null for what stands at one position. */
export function outline(kind, { points, radius_m, from_deg, to_deg }) {
  if (kind === 'circle') return disc(points[0], radius_m);
  if (kind === 'sector') return disc(points[0], radius_m, from_deg, to_deg);
  return ANCHORED.has(kind) ? null : points;
}

export const closed = (kind) => ['area', 'rectangle', 'circle', 'sector'].includes(kind);

/** The geometry for OpenLayers of fields in degrees. */
export function geometry(kind, fields) {
  const line = outline(kind, fields), here = (point) => ol.proj.fromLonLat([point[0], clamp(point[1])]);
  if (!line) return new ol.geom.Point(here(fields.points[0]));
  const path = line.map(here);
  if (!closed(kind)) return path.length > 1 ? new ol.geom.LineString(path) : new ol.geom.Point(path[0]);
  const rings = [path, ...(fields.holes ?? []).map((hole) => hole.map(here))];
  return new ol.geom.Polygon(rings.map((ring) => [...ring, ring[0]]));
}

/** Mean of its points: where it is held when it is turned. */
export function middle({ points }) {
  return [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
}

/** The fields of a shape carried from one position to another, or turned; sizes on the ground are kept. */
export function carried(fields, start, end) {
  const centre = middle(fields);
  return laid(fields, centre, reach(centre, ...leg(start, end)), 0);
}

export function turned(fields, angle) { return laid(fields, middle(fields), middle(fields), angle); }

function laid(fields, from, to, angle) {
  const move = (point) => { const [metres, bearing] = leg(from, point); return reach(to, metres, bearing + angle); };
  const moved = { ...fields, points: fields.points.map(move) };
  if (fields.holes) moved.holes = fields.holes.map((hole) => hole.map(move));
  return moved;
}

function clamp(lat) { return Math.max(-85, Math.min(85, lat)); }
