// The layers of the catalogue: loaded when first shown, ordered, made transparent, dressed for day or night.
import { unwrap } from './world.js';
import { styleOf, iconOf } from './styles.js';
import { Communes } from './communes.js';

export class Layers {
  constructor(map) {
    this.map = map;
    this.known = new Map();
    this.night = false;
  }

  /** `specs` from bottom to top: everything there is to show, with its state. */
  set(specs) {
    for (const spec of specs) {
      const known = this.known.get(spec.id) ?? this.make(spec);
      known.spec = spec;
      known.layer.setZIndex(10 + spec.rank);
      known.layer.setOpacity(spec.opacity);
      known.layer.setVisible(spec.visible);
      if (spec.visible) this.load(known);
    }
  }

  /** Day or night: the same features in other colours. */
  dress(night) {
    this.night = night;
    for (const known of this.known.values()) known.layer.setStyle(this.style(known));
  }

  style(known) { return styleOf(known.spec, this.night, this.map.getView()); }

  make(spec) {
    const known = { spec, loaded: false };
    if (spec.kind === 'communes') known.communes = new Communes(this.map, spec);
    const source = known.communes?.source ?? new ol.source.Vector({ wrapX: true, attributions: spec.attribution });
    const Layer = spec.kind === 'point' ? ol.layer.Vector : ol.layer.VectorImage;
    known.layer = new Layer({
      source, className: `layer-${spec.id}`, imageRatio: 1.6,
      minZoom: spec.min_zoom > 0 ? spec.min_zoom : undefined,
      declutter: false, updateWhileInteracting: spec.kind === 'point', updateWhileAnimating: spec.kind === 'point',
      style: this.style(known), properties: { id: spec.id, kind: spec.kind },
    });
    this.known.set(spec.id, known);
    this.map.addLayer(known.layer);
    return known;
  }

  async load(known) {
    if (known.loaded) return;
    known.loaded = true;
    const { spec } = known;
    if (spec.style.icon) await iconOf(spec.style.icon);
    if (known.communes) known.communes.start(known.layer);
    else {
      const features = await read(`layers/${spec.file}`);
      known.layer.getSource().addFeatures(features);
    }
    known.layer.changed();
  }

  /** What a layer says at a CSS pixel: the title of the layer and the name of the thing. */
  at(pixel) {
    let found = null;
    this.map.forEachFeatureAtPixel(pixel, (feature, layer) => {
      found = { layer: layer.get('id'), name: feature.get('name') ?? '', detail: feature.get('detail') ?? '' };
      return Boolean(found.name);
    }, { hitTolerance: 3, layerFilter: (layer) => layer.get('kind') === 'point' });
    return found?.name ? found : null;
  }
}

/** Reads a gzipped GeoJSON file; a line over the antimeridian stays one short line. */
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
