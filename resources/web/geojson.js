// Reads a layer file: gzipped GeoJSON, in longitudes and latitudes.
import { unwrap } from './world.js';

/** The features of a file; a line over the antimeridian stays one short line. */
export async function read(url) {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`missing layer file ${url}`);
  const stream = url.endsWith('.gz') ? reply.body.pipeThrough(new DecompressionStream('gzip')) : reply.body;
  const geojson = await new Response(stream).json();
  for (const { geometry } of geojson.features) {
    if (geometry?.type === 'LineString') geometry.coordinates = unwrap(geometry.coordinates);
    else if (geometry?.type === 'MultiLineString') geometry.coordinates = geometry.coordinates.map(unwrap);
  }
  geojson.features = geojson.features.filter(({ geometry }) => geometry);
  return new ol.format.GeoJSON().readFeatures(geojson, { featureProjection: 'EPSG:3857' });
}
