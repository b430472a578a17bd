// Reads a layer file: gzipped GeoJSON, in longitudes and latitudes.
import { unwrap } from './world.js';

/** The features of a file, one by one. */
export async function read(url) {
  return new ol.format.GeoJSON().readFeatures(await fetched(url), { featureProjection: 'EPSG:3857' });
}

/**
 * What a file draws, bundled by squares of `side` degrees: thousands of outlines that nobody points
 * at become a few features, which is several times lighter to hold and to draw.
 */
export async function readBundled(url, side, style = {}) {
  const bundles = new Map();
  for (const outline of outlines((await fetched(url)).features, style)) {
    const { area, own, spans, part } = outline, [lon, lat] = area ? part[0][0] : part[0];
    const key = `${area}/${own}/${spans}/${Math.floor(lon / side)}/${Math.floor(lat / side)}`;
    if (!bundles.has(key)) bundles.set(key, { ...outline, parts: [] });
    bundles.get(key).parts.push(part);
  }
  return [...bundles.values()].map(({ area, own, spans, parts }) => {
    const geometry = area ? new ol.geom.MultiPolygon(parts) : new ol.geom.MultiLineString(parts);
    geometry.transform('EPSG:4326', 'EPSG:3857');
    return new ol.Feature({ geometry, ...(own && { [style.color_field]: own }), ...(spans.length && { spans }) });
  });
}

/** The outlines of features, one declared for several days once, with all the times it holds (`spans`). */
function outlines(features, { color_field, from_field, to_field }) {
  const seen = new Map();
  for (const { geometry, properties } of features) {
    const area = geometry.type.endsWith('Polygon'), own = properties[color_field] ?? '';
    for (const part of geometry.type.startsWith('Multi') ? geometry.coordinates : [geometry.coordinates]) {
      const key = own + JSON.stringify(part);
      if (!seen.has(key)) seen.set(key, { area, own, part, spans: [] });
      if (from_field) seen.get(key).spans.push([properties[from_field], properties[to_field]]);
    }
  }
  return seen.values();
}

/** The GeoJSON of a file; a line over the antimeridian stays one short line. */
async function fetched(url) {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`missing layer file ${url}`);
  const stream = url.endsWith('.gz') ? reply.body.pipeThrough(new DecompressionStream('gzip')) : reply.body;
  const geojson = await new Response(stream).json();
  for (const { geometry } of geojson.features) {
    if (geometry?.type === 'LineString') geometry.coordinates = unwrap(geometry.coordinates);
    else if (geometry?.type === 'MultiLineString') geometry.coordinates = geometry.coordinates.map(unwrap);
  }
  geojson.features = geojson.features.filter(({ geometry }) => geometry);
  return geojson;
}
