// Areas and lines of all layers, drawn together into one image: cheap to pan, whatever is shown.
import { shapeStyle } from './styles.js';

/** Below this zoom, layers that have a lighter drawing show that one. */
export const FAR_UNTIL = 7.5;

export class Ground {
  constructor(map) {
    this.view = map.getView();
    this.specs = new Map();
    this.styles = new Map();
    this.drawings = new Set(); // `layer/far` of the two drawings of a layer, once they are there
    this.moment = null;
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

  /** Features of a layer; `far` says of which drawing, when the layer has two. */
  add(id, features, far) {
    for (const feature of features) feature.setProperties({ layer: id, far }, true);
    if (far !== undefined) this.drawings.add(`${id}/${far}`);
    this.source.addFeatures(features);
  }

  /** What is bound to a time shows only when it holds; `moment` in milliseconds. */
  setMoment(moment) {
    this.moment = moment;
    const inForce = this.source.getFeatures().map((feature) => this.holds(feature)).join('');
    if (inForce !== this.inForce) this.layer.changed();
    this.inForce = inForce;
  }

  holds(feature) {
    const spans = feature.get('spans');
    return !spans || this.moment === null || spans.some(([from, to]) => from <= this.moment && this.moment <= to) ? 1 : 0;
  }

  style(feature, resolution) {
    const spec = this.specs.get(feature.get('layer')), zoom = this.view.getZoomForResolution(resolution);
    if (!spec?.visible || zoom < spec.min_zoom || !this.drawn(feature, zoom) || !this.holds(feature)) return null;
    const own = spec.style.color_field ? feature.get(spec.style.color_field) : '';
    const strength = strengthAt(spec.style.fade_zoom, zoom);
    if (!strength) return null;
    const key = `${spec.id}/${own}/${strength}`;
    let style = this.styles.get(key);
    if (!style) this.styles.set(key, (style = shapeStyle(spec, this.night, own, strength)));
    return style;
  }

  /** Whether a feature belongs to the drawing this zoom shows; the other stands in until that one is read. */
  drawn(feature, zoom) {
    const far = feature.get('far');
    if (far === undefined) return true;
    const wanted = zoom < FAR_UNTIL;
    return far === wanted || !this.drawings.has(`${feature.get('layer')}/${wanted}`);
  }
}

/** How much of its strength a layer too coarse for cities keeps: all up to `from`, nothing four zooms further. */
function strengthAt(from, zoom) {
  return from ? Math.round(10 * Math.max(0, Math.min(1, 1 - (zoom - from) / 4))) / 10 : 1;
}
