// Calques: what sources and queries tell, drawn in the style each calque asks for.
import { Calque } from './calque.js';
import { haloStyle } from './outlines.js';
import * as object from './object.js';

const FOREVER = 0xffffffff;

export function install(room) {
  const { map, on, tell, stack, pointer, onTheme } = room;
  const calques = new Map(), times = { moment: Date.now() / 1000, since: 0, until: FOREVER };
  const chosen = new ol.source.Vector({ wrapX: true });
  map.addLayer(new ol.layer.Vector({ source: chosen, zIndex: 940, style: (f) => (f.get('shape') ? haloStyle() : ringStyle(room)) }));
  room.calques = calques;

  on('calques', (specs) => {
    const there = new Set(specs.map((spec) => spec.id));
    for (const [id, calque] of calques) if (!there.has(id)) { calque.dispose(); calques.delete(id); }
    for (const spec of specs) {
      if (!calques.has(spec.id)) calques.set(spec.id, new Calque(map, times));
      const calque = calques.get(spec.id);
      if (JSON.stringify(calque.spec) !== JSON.stringify(spec)) calque.set(spec);
      calque.show(stack.shown(spec.id));
    }
    credit();
  });
  on('calque-steps', (steps) => {
    for (const [id, step] of Object.entries(steps)) calques.get(id)?.follow(step);
  });
  on('moment', (moment) => retime({ moment: moment / 1000 }));
  on('time', ({ since, until }) => retime({ since: since ?? 0, until: until ?? FOREVER }));
  on('calque-card', (content) => {
    standClear();
    object.show(content, (act) => tell('calque-act', { act, id: content.id, rid: content.rid }), () => {
      chosen.clear();
      tell('calque-closed');
    });
  });
  on('calque-choose', (geometry) => choose(geometry));
  onTheme(() => { for (const calque of calques.values()) { calque.points.forget(); calque.retime(); } });
  stack.onChange(() => {
    for (const [id, calque] of calques) calque.show(stack.shown(id));
    credit();
  });
  map.on('moveend', () => {
    for (const calque of calques.values()) calque.ask();
    credit();
  });

  function retime(change) {
    Object.assign(times, change);
    for (const calque of calques.values()) calque.retime();
  }

  /** Whose data is on the map, beside that of the shipped layers. */
  function credit() {
    const active = [...calques.values()].filter((calque) => calque.spec && calque.active);
    room.layers.credits.more(active.map((calque) => calque.spec.attribution).filter(Boolean));
  }

  function choose(geometry) {
    chosen.clear();
    if (!geometry) return;
    const feature = new ol.Feature(new ol.format.GeoJSON().readGeometry(geometry, { featureProjection: 'EPSG:3857' }));
    feature.set('shape', !geometry.type.endsWith('Point'));
    chosen.addFeature(feature);
  }

  /** The card never covers the object it tells of: the map gives way. */
  function standClear() {
    const [feature] = chosen.getFeatures(), size = map.getSize();
    if (!feature || !size) return;
    const at = map.getPixelFromCoordinate(ol.extent.getCenter(feature.getGeometry().getExtent()));
    const edge = size[0] - object.WIDTH - 30;
    if (!at || at[0] < edge || at[0] > size[0] || at[1] < 0 || at[1] > size[1]) return;
    const view = map.getView(), [x, y] = view.getCenter();
    view.animate({ center: [x + (at[0] - edge / 2) * view.getResolution(), y], duration: 180 });
  }

  const byHeight = () => [...calques.values()].sort((one, other) => other.shown.z - one.shown.z);
  pointer.know({
    at(pixel) {
      for (const calque of byHeight()) {
        const hit = calque.at(pixel);
        if (hit) return { ...hit, id: calque.spec.id, key: `${calque.spec.id}/${hit.rid}/${hit.count}` };
      }
      return null;
    },
    hover(hit) { tell('calque-hover', hit && { id: hit.id, rid: hit.rid, count: hit.count }); },
    click(hit, event) {
      if (hit.count > 1) tell('zoom-to', hit.box);
      else tell('calque-clicked', { id: hit.id, rid: hit.rid, at: event.pixel });
    },
    menu(hit) { return { kind: 'calque', id: hit.id, rid: hit.rid, count: hit.count }; },
  });
  pointer.onEscape(() => object.hide());
}

function ringStyle({ look }) {
  const { paper, accent } = look();
  const ring = (color, width) => new ol.style.Style({
    image: new ol.style.Circle({ radius: 13, stroke: new ol.style.Stroke({ color, width }) }),
  });
  return [ring(paper, 7), ring(accent, 3.5)];
}
