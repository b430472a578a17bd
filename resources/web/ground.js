// Areas and lines of all layers, drawn together into one image: cheap to pan, whatever is shown.
import { shapeStyle } from './styles.js';

export class Ground {
  constructor(map) {
    this.view = map.getView();
    this.specs = new Map();
    this.styles = new Map();
    this.night = false;
    this.source = new ol.source.Vector({ wrapX: true });
    this.layer = new ol.layer.VectorImage({
      source: this.source, imageRatio: 1.3, zIndex: 5,
      style: (feature, resolution) => this.style(feature, resolution),
    });
    map.addLayer(this.layer);
  }

  /** A layer's order, opacity or visibility may have changed. */
  set(spec) {
    this.specs.set(spec.id, spec);
    this.refresh();
  }

  dress(night) {
    this.night = night;
    this.refresh();
  }

  refresh() {
    this.styles.clear();
    this.layer.changed();
  }

  add(id, features) {
    for (const feature of features) feature.set('layer', id, true);
    this.source.addFeatures(features);
  }

  style(feature, resolution) {
    const spec = this.specs.get(feature.get('layer'));
    if (!spec?.visible || this.view.getZoomForResolution(resolution) < spec.min_zoom) return null;
    const own = spec.style.color_field ? feature.get(spec.style.color_field) : '';
    const key = own ? `${spec.id}/${own}` : spec.id;
    let style = this.styles.get(key);
    if (!style) this.styles.set(key, (style = shapeStyle(spec, this.night, own)));
    return style;
  }
}
