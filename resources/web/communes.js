// Communes by département: read when the view comes near, let go when it is far, drawn when readable.
import { readBundled } from './geojson.js';
import { lonLat } from './world.js';

const SIDE = 0.3; // degrees of a bundle of communes
const KEPT = 10; // départements in memory beyond those in view

export class Communes {
  constructor(map, spec, ground) {
    this.map = map;
    this.spec = spec;
    this.ground = ground;
    this.held = new Map(); // file → its features, once they are there; the longest unseen first
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
    const seen = this.spec.files.filter(({ box }) =>
      box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south);
    for (const { file } of seen) this.hold(file);
    this.forget(seen.length + KEPT);
  }

  hold(file) {
    const features = this.held.get(file) ?? null;
    const known = this.held.delete(file);
    this.held.set(file, features);
    if (known) return;
    readBundled(`layers/${file}`, SIDE).then((fresh) => {
      if (!this.held.has(file)) return;
      this.held.set(file, fresh);
      this.ground.add(this.spec.id, fresh);
    });
  }

  forget(limit) {
    for (const [file, features] of this.held) {
      if (this.held.size <= limit) return;
      this.held.delete(file);
      if (features) this.ground.source.removeFeatures(features);
    }
  }
}
