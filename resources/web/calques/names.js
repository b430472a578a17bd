// The names that a calque writes beside its things: Python says which, by view; none lies over another.
import { current } from '../symbols.js';
import { NAMES } from '../styles.js';

export class Names {
  constructor(map) {
    this.map = map;
    this.source = new ol.source.Vector({ wrapX: true });
    this.layer = new ol.layer.Vector({
      source: this.source, declutter: NAMES, updateWhileAnimating: false, updateWhileInteracting: false,
      style: (feature) => this.style(feature),
    });
    map.addLayer(this.layer);
  }

  /** `rows`: x, y, text, how far below its place the name stands. */
  receive(rows, size) {
    this.size = size;
    this.source.clear(true);
    this.source.addFeatures(rows.map(([x, y, text, below]) =>
      new ol.Feature({ geometry: new ol.geom.Point([x, y]), text, below })));
  }

  style(feature) {
    const look = current();
    return new ol.style.Style({
      text: new ol.style.Text({
        text: feature.get('text'), font: `500 ${this.size}px ${look.font}`, offsetY: feature.get('below'),
        fill: new ol.style.Fill({ color: look.label }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }),
        padding: [2, 4, 2, 4],
      }),
    });
  }

  dispose() { this.map.removeLayer(this.layer); }
}
