// The layers of the catalogue: loaded when first shown, ordered, made transparent, dressed for day or night.
// The heaviest have a lighter drawing for views from afar (`spec.far`); each is read when it is first needed.
import { Communes } from './communes.js';
import { Credits } from './credits.js';
import { FAR_UNTIL, Ground } from './ground.js';
import { read, readBundled } from './geojson.js';
import { NAMES, areaName, iconOf, pointStyle } from './styles.js';

export class Layers {
  constructor(map) {
    this.map = map;
    this.ground = new Ground(map);
    this.known = new Map();
    this.night = false;
    this.credits = new Credits(map);
    map.on('moveend', () => {
      for (const known of this.known.values()) if (known.spec.visible) this.load(known);
    });
  }

  /** `specs` from bottom to top: everything there is to show, with its state. */
  set(specs) {
    for (const spec of specs) {
      const known = this.known.get(spec.id) ?? this.make(spec);
      known.spec = spec;
      if (known.layer) {
        known.layer.setZIndex(spec.z);
        known.layer.setOpacity(spec.opacity);
        known.layer.setVisible(spec.visible);
      } else this.ground.set(spec);
      known.names?.setVisible(spec.visible);
      if (spec.visible) this.load(known);
    }
    this.credits.show(specs);
  }

  /** Day or night: the same features in other colours. */
  dress(night) {
    this.night = night;
    this.ground.dress(night);
    for (const known of this.known.values()) {
      known.layer?.setStyle(pointStyle(known.spec, night, this.map.getView()));
      known.names?.changed();
    }
  }

  make(spec) {
    const known = { spec, loaded: new Set() };
    if (spec.kind === 'point') known.layer = this.pointLayer(spec);
    if (spec.kind === 'communes') known.communes = new Communes(this.map, spec, this.ground);
    this.known.set(spec.id, known);
    return known;
  }

  pointLayer(spec) {
    const layer = new ol.layer.Vector({
      source: new ol.source.Vector({ wrapX: true }),
      minZoom: spec.min_zoom > 0 ? spec.min_zoom : undefined,
      declutter: NAMES, style: pointStyle(spec, this.night, this.map.getView()),
      properties: { id: spec.id, kind: 'point' },
    });
    this.map.addLayer(layer);
    return layer;
  }

  async load(known) {
    const { spec } = known, zoom = this.map.getView().getZoom() ?? 0;
    const far = spec.far ? zoom < FAR_UNTIL : undefined;
    const url = `layers/${far ? spec.far : spec.file}`;
    if (known.loaded.has(url) || zoom < spec.min_zoom - 1) return;
    known.loaded.add(url);
    if (spec.style.icon) await iconOf(spec.style.icon);
    if (known.communes) return known.communes.start();
    if (known.layer) return known.layer.getSource().addFeatures(await read(url));
    if (spec.kind !== 'polygon' || !spec.style.label_zoom)
      return this.ground.add(spec.id, await readBundled(url, 4, spec.style), far);
    const features = await read(url);
    this.ground.add(spec.id, features, far);
    if (!known.names) this.name(known, features);
  }

  /** Names of areas: a layer of points inside them, so that no name lies over another. */
  name(known, features) {
    const { spec } = known;
    const points = features.map((feature) => new ol.Feature({
      geometry: middle(feature.getGeometry()), name: feature.get(spec.style.label_field),
    }));
    known.names = new ol.layer.Vector({
      source: new ol.source.Vector({ features: points, wrapX: true }),
      zIndex: 180, declutter: NAMES, visible: known.spec.visible,
      minZoom: spec.style.label_zoom, style: areaName,
    });
    this.map.addLayer(known.names);
  }

  /** What a layer says at a CSS pixel: the name of the thing there. */
  at(pixel) {
    let found = null;
    this.map.forEachFeatureAtPixel(pixel, (feature, layer) => {
      found = { layer: layer.get('id'), name: feature.get('name') ?? '', detail: feature.get('detail') ?? '' };
      return Boolean(found.name);
    }, { hitTolerance: 3, layerFilter: (layer) => layer.get('kind') === 'point' });
    return found?.name ? found : null;
  }
}

function middle(geometry) {
  if (geometry.getType() !== 'MultiPolygon') return geometry.getInteriorPoint();
  const widest = geometry.getPolygons().reduce((a, b) => (a.getArea() > b.getArea() ? a : b));
  return widest.getInteriorPoint();
}
