// The shapes on the map: one layer per drawing calque, in its place in the stack; what lies where.
import { geometry } from './forms.js';
import { stylesOf } from './styles.js';
import { forget, pictured } from './pictures.js';

export class Sheet {
  constructor(room) {
    this.room = room;
    this.features = new Map(); // uid → feature
    this.layers = new Map(); // calque → layer
    this.selected = new Set();
    this.time = { moment: null, since: null, until: null };
    this.hidden = new Set(); // being dragged: the grips draw them
    room.stack.onChange(() => this.arrange());
    room.onTheme(() => { forget(); this.restyle(); });
  }

  put(shapes) {
    for (const shape of shapes) {
      const known = this.features.get(shape.uid);
      if (known && known.get('shape').layer !== shape.layer) this.drop([shape.uid]);
      const feature = this.features.get(shape.uid) ?? this.add(shape);
      feature.set('shape', shape, true);
      feature.setGeometry(geometry(shape.kind, shape));
      feature.changed();
    }
  }

  drop(uids) {
    for (const uid of uids) {
      const feature = this.features.get(uid);
      if (!feature) continue;
      this.layers.get(feature.get('shape').layer)?.getSource().removeFeature(feature);
      this.features.delete(uid);
      this.selected.delete(uid);
    }
  }

  /** Everything anew: shapes that are not among these are gone. */
  replace(shapes) {
    const there = new Set(shapes.map((shape) => shape.uid));
    this.drop([...this.features.keys()].filter((uid) => !there.has(uid)));
    this.put(shapes);
  }

  add(shape) {
    const feature = new ol.Feature();
    feature.setId(shape.uid);
    feature.set('shape', shape, true);
    this.features.set(shape.uid, feature);
    this.layer(shape.layer).getSource().addFeature(feature);
    return feature;
  }

  layer(calque) {
    if (!this.layers.has(calque)) {
      const layer = new ol.layer.VectorImage({ // painted once, then carried along: thousands of shapes pan freely
        source: new ol.source.Vector({ wrapX: true }), className: 'drawing', imageRatio: 1.6, declutter: true,
        style: (feature) => this.style(feature), properties: { id: calque, kind: 'drawing' },
      });
      this.layers.set(calque, layer);
      this.room.map.addLayer(layer);
      this.arrange();
    }
    return this.layers.get(calque);
  }

  arrange() {
    for (const [calque, layer] of this.layers) {
      const { visible, opacity, z } = this.room.stack.shown(calque);
      layer.setVisible(visible);
      layer.setOpacity(opacity);
      layer.setZIndex(z);
    }
  }

  select(uids) { this.selected = new Set(uids); this.restyle(); }
  setTime(time) { this.time = time; this.restyle(); }
  restyle() { for (const layer of this.layers.values()) layer.changed(); }

  style(feature) {
    const shape = feature.get('shape'), validity = this.validity(shape);
    if (validity === 'out' || this.hidden.has(shape.uid)) return null;
    const look = this.room.look(), selected = this.selected.has(shape.uid), faded = validity === 'faded';
    const known = feature.get('made');
    if (known?.shape === shape && known.look === look && known.selected === selected && known.faded === faded && known.whole) return known.styles;
    const styles = stylesOf(shape, feature.getGeometry(), { look, selected, faded, ready: () => this.later() });
    feature.set('made', { shape, look, selected, faded, styles, whole: pictured(shape, look) }, true);
    return styles;
  }

  /** Pictures come one by one: painted again once for those of a moment. */
  later() {
    this.timer ??= setTimeout(() => { this.timer = null; this.restyle(); }, 40);
  }

  /** `in`, `faded` (not valid now), or `out`: not valid in the period of the time bar. */
  validity({ since = null, until = null }) {
    const { moment, since: from, until: to } = this.time;
    if (to !== null) return (since === null || since <= to) && (until === null || until > (from ?? -Infinity)) ? 'in' : 'out';
    if (moment === null) return 'in';
    return (since === null || since <= moment) && (until === null || moment < until) ? 'in' : 'faded';
  }

  shape(uid) { return this.features.get(uid)?.get('shape'); }

  /** The topmost shape at a pixel that one may point at. */
  at(pixel) {
    let found = null;
    this.room.map.forEachFeatureAtPixel(pixel, (feature) => {
      found = feature.get('shape');
      return Boolean(found);
    }, { hitTolerance: 5, layerFilter: (layer) => layer.get('kind') === 'drawing' && !this.room.stack.shown(layer.get('id')).locked });
    return found;
  }
}
