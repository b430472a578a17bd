// Communes by département: read when the view comes near, drawn from the zoom where they can be read.
import { read } from './layers.js';
import { lonLat } from './world.js';

export class Communes {
  constructor(map, spec) {
    this.map = map;
    this.spec = spec;
    this.folder = `layers/${spec.file.replace(/[^/]*$/, '')}`;
    this.source = new ol.source.Vector({ wrapX: true, attributions: spec.attribution });
    this.asked = new Set();
  }

  async start(layer) {
    this.layer = layer;
    this.files = (await (await fetch(`layers/${this.spec.file}`)).json()).files;
    this.map.on('moveend', () => this.look());
    this.look();
  }

  look() {
    const view = this.map.getView();
    if (!this.layer.getVisible() || view.getZoom() < this.spec.min_zoom) return;
    const [w, s, e, n] = view.calculateExtent(this.map.getSize());
    const [west, south] = lonLat([w, s]), [east, north] = lonLat([e, n]);
    for (const { code, box } of this.files) {
      if (this.asked.has(code) || box[0] > east || box[2] < west || box[1] > north || box[3] < south) continue;
      this.asked.add(code);
      read(`${this.folder}${code}.geojson.gz`).then((features) => this.source.addFeatures(features));
    }
  }
}
