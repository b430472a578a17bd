// Communes by département: read when the view comes near, drawn from the zoom where they can be read.
import { read } from './geojson.js';
import { lonLat } from './world.js';

export class Communes {
  constructor(map, spec, ground) {
    this.map = map;
    this.spec = spec;
    this.ground = ground;
    this.asked = new Set();
  }

  start() {
    this.map.on('moveend', () => this.look());
    this.look();
  }

  look() {
    const view = this.map.getView(), size = this.map.getSize();
    if (!size || !this.ground.specs.get(this.spec.id).visible || view.getZoom() < this.spec.min_zoom) return;
    const [w, s, e, n] = view.calculateExtent(size);
    const [west, south] = lonLat([w, s]), [east, north] = lonLat([e, n]);
    for (const { file, box } of this.spec.files) {
      if (this.asked.has(file) || box[0] > east || box[2] < west || box[1] > north || box[3] < south) continue;
      this.asked.add(file);
      read(`layers/${file}`).then((features) => this.ground.add(this.spec.id, features));
    }
  }
}
