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
export async function readBundled(url, side, colourField) {
  const bundles = new Map(), seen = new Set();
  for (const { geometry, properties } of (await fetched(url)).features) {
    const area = geometry.type.endsWith('Polygon');
    const parts = geometry.type.startsWith('Multi') ? geometry.coordinates : [geometry.coordinates];
    for (const part of parts) {
      const [lon, lat] = area ? part[0][0] : part[0];
      const own = colourField ? properties[colourField] ?? '' : '';
      const key = `${area}/${own}/${Math.floor(lon / side)}/${Math.floor(lat / side)}`;
      const same = key + JSON.stringify(part);
      if (seen.has(same)) continue; // one outline declared for several days is drawn once
      seen.add(same);
      if (!bundles.has(key)) bundles.set(key, { area, own, parts: [] });
      bundles.get(key).parts.push(part);
    }
  }
  return [...bundles.values()].map(({ area, own, parts }) => {
    const geometry = area ? new ol.geom.MultiPolygon(parts) : new ol.geom.MultiLineString(parts);
    geometry.transform('EPSG:4326', 'EPSG:3857');
    return new ol.Feature(colourField ? { geometry, [colourField]: own } : { geometry });
  });
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
