// Names of places, biggest first, never one over another: Python says which, by view.
import { place } from './world.js';
import { current } from './symbols.js';
import { NAMES } from './styles.js';
import { standAside } from './room.js';

export class Labels {
  constructor(map, entries) {
    this.map = map;
    entries.onmarks = () => this.restyle();
    this.source = new ol.source.Vector({ wrapX: true });
    this.layer = new ol.layer.Vector({
      source: this.source, zIndex: 190, declutter: NAMES,
      updateWhileAnimating: false, updateWhileInteracting: false,
      style: (feature, resolution) => this.style(feature, resolution),
    });
    map.addLayer(this.layer);
    map.on('moveend', () => this.ask());
  }

  restyle() { this.layer.changed(); }

  async ask() {
    const view = this.map.getView(), size = this.map.getSize();
    if (!size) return;
    const box = view.calculateExtent([size[0] * 1.2, size[1] * 1.2]);
    const query = `box=${box.join(',')}&limit=${Math.round((size[0] * size[1]) / 14000)}&zoom=${view.getZoom()}`;
    if (query === this.asked) return;
    this.asked = query;
    const reply = await fetch(`labels?${query}`);
    if (!reply.ok || query !== this.asked) return;
    const names = await reply.json();
    this.source.clear(true);
    this.source.addFeatures(names.map(([name, lon, lat, rank], order) => new ol.Feature({
      geometry: new ol.geom.Point(place(lon, lat, view.getCenter()[0])), name, rank, order,
    })));
  }

  style(feature, resolution) {
    const look = current(), rank = feature.get('rank'), name = feature.get('name');
    const size = [15, 13.5, 12.5, 11.5, 10.5][rank] ?? 10.5;
    return new ol.style.Style({
      zIndex: -feature.get('order'),
      text: new ol.style.Text({
        text: name, font: `${rank <= 1 ? 600 : 500} ${size}px ${look.font}`,
        fill: new ol.style.Fill({ color: look.label }), stroke: new ol.style.Stroke({ color: look.halo, width: 3 }),
        padding: [3, 6, 3, 6],
        offsetY: standAside(feature.getGeometry().getCoordinates(), name.length * size * 0.27, resolution),
      }),
    });
  }
}

