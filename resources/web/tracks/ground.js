// What lies under the things that move: routes, where they were, and bubbles, hatched once a position is old.
import { current } from '../symbols.js';
import { css, STATE_COLOURS } from './fleet.js';

const hatches = new Map();

export class Ground {
  constructor(map) {
    Object.assign(this, { map, now: 0, routes: [], lines: new Map() });
    this.source = new ol.source.Vector({ wrapX: true });
    this.layer = new ol.layer.Vector({
      source: this.source, updateWhileAnimating: true, updateWhileInteracting: true,
      style: (feature) => this.style(feature),
    });
    map.addLayer(this.layer);
  }

  dress() {
    hatches.clear();
    this.layer.changed();
  }

  /** Lines come only when they are new: those that are known go on to where the thing is now. */
  receive({ now, bubbles, pasts, behind, routes, tracks }) {
    this.now = now;
    if (routes) this.routes = routes.flat();
    for (const { uid, line } of pasts) this.lines.set(uid, line);
    const places = new Map(tracks.map(({ uid, lon, lat }) => [uid, [lon, lat]]));
    const past = behind.map((uid) => ongoing(this.lines.get(uid) ?? [], places.get(uid))).filter((line) => line.length > 1);
    this.source.clear(true);
    this.source.addFeatures([
      ...this.routes.map((line) => feature('route', 'live', new ol.geom.LineString(line.map(project)))),
      ...past.map((line) => feature('past', 'live', new ol.geom.LineString(line.map(project)))),
      ...bubbles.flatMap(({ rings, state }) => rings.map((ring, rank) =>
        feature('bubble', state, new ol.geom.Polygon([[...ring, ring[0]].map(project)]), rank))),
    ]);
  }

  style(feature) {
    const kind = feature.get('kind'), state = feature.get('state'), look = current();
    if (kind === 'route') return stroke(look.label, 2.5, [10, 5]);
    if (kind === 'past') return stroke(css('accent'), 2.5);
    const colour = css(STATE_COLOURS[state]);
    return new ol.style.Style({
      zIndex: 2 + feature.get('rank'),
      stroke: new ol.style.Stroke({ color: colour, width: state === 'live' ? 1.6 : 2.4, lineDash: state === 'live' ? undefined : [7, 4] }),
      fill: new ol.style.Fill({ color: state === 'live' ? `${colour}22` : hatch(colour) }),
    });
  }
}

/** A line that goes on to a place, in the copy of the world where it ends. */
function ongoing(line, place) {
  if (!line.length || !place) return line;
  const last = line[line.length - 1];
  return [...line, [last[0] + ((((place[0] - last[0] + 180) % 360) + 360) % 360) - 180, place[1]]];
}

/** A position beyond 180° stays beside its neighbours: lines are told continuous. */
function project([lon, lat]) {
  const [, y] = ol.proj.fromLonLat([0, Math.max(-85, Math.min(85, lat))]);
  return [(lon / 180) * 20037508.342789244, y];
}

function feature(kind, state, geometry, rank = 0) {
  return new ol.Feature({ kind, state, geometry, rank });
}

function stroke(color, width, lineDash) {
  const look = current();
  return [
    new ol.style.Style({ stroke: new ol.style.Stroke({ color: look.halo, width: width + 2.5 }) }),
    new ol.style.Style({ stroke: new ol.style.Stroke({ color, width, lineDash }) }),
  ];
}

/** Slanted lines of a colour. */
function hatch(colour) {
  if (hatches.has(colour)) return hatches.get(colour);
  const side = 10 * devicePixelRatio, canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const ctx = canvas.getContext('2d');
  ctx.strokeStyle = colour;
  ctx.globalAlpha = 0.75;
  ctx.lineWidth = 2.2 * devicePixelRatio;
  for (const shift of [-side, 0, side]) {
    ctx.beginPath();
    ctx.moveTo(shift, side);
    ctx.lineTo(shift + side, 0);
    ctx.stroke();
  }
  const pattern = ctx.createPattern(canvas, 'repeat');
  hatches.set(colour, pattern);
  return pattern;
}
