// Lines and areas of a calque: OpenLayers features drawn into one image, in the look of each.
import { current } from '../symbols.js';
import { readShapes } from './columns.js';
import { apart } from './stamps.js';

const DASHES = { dashed: [8, 5], dotted: [1.5, 4], long: [16, 7] };
const AGED = [3, 4];

export class Outlines {
  constructor(map, calque) {
    this.map = map;
    this.calque = calque;
    this.styles = new Map();
    this.source = new ol.source.Vector({ wrapX: true });
    this.layer = new ol.layer.VectorImage({
      source: this.source, imageRatio: 1.2, style: (feature) => this.style(feature),
    });
    map.addLayer(this.layer);
  }

  receive(buffer) {
    const { features, more } = readShapes(buffer);
    this.source.clear(true);
    this.source.addFeatures(features);
    this.more = more;
  }

  forget() {
    this.styles.clear();
    this.layer.changed();
  }

  style(feature) {
    const { calque } = this, row = feature.getProperties();
    if (!calque.shows(row.time)) return null;
    const key = (row.place << 2) | (row.area << 1) | (calque.isAged(row.due) ? 1 : 0);
    let style = this.styles.get(key);
    if (!style) this.styles.set(key, (style = styleOf(calque.spec.looks[row.place] ?? calque.spec.looks[0], row.area, key & 1)));
    return style;
  }

  /** The topmost shape at a CSS pixel, the smallest of those that contain it. */
  at(pixel) {
    const at = this.map.getCoordinateFromPixel(pixel);
    if (!at || !this.source.getFeatures().length) return null;
    const slack = 5 * this.map.getView().getResolution();
    const around = [at[0] - slack, at[1] - slack, at[0] + slack, at[1] + slack];
    let best = null, least = Infinity;
    for (const feature of this.source.getFeaturesInExtent(around)) {
      const geometry = feature.getGeometry(), size = ol.extent.getArea(geometry.getExtent()) || 1;
      if (size < least && this.style(feature) && touches(feature, geometry, at, slack)) [best, least] = [feature, size];
    }
    return best;
  }

  dispose() { this.map.removeLayer(this.layer); }
}

function touches(feature, geometry, at, slack) {
  if (feature.get('area') && geometry.intersectsCoordinate(at)) return true;
  const [x, y] = geometry.getClosestPoint(at);
  return Math.hypot(x - at[0], y - at[1]) <= slack;
}

function styleOf(look, area, aged) {
  const strength = aged ? 0.45 : 1;
  const stroke = look.line ? new ol.style.Stroke({
    color: faded(look.colour, aged ? 0.7 : 1), width: look.line, lineCap: look.dash === 'dotted' ? 'round' : 'butt',
    lineDash: aged ? AGED : DASHES[look.dash],
  }) : undefined;
  if (!area) return [...casing(look), new ol.style.Style({ stroke })];
  const fill = look.fill || look.hatch
    ? new ol.style.Fill({ color: look.hatch ? hatched(look, strength) : faded(look.colour, look.fill * strength) })
    : new ol.style.Fill({ color: 'rgba(0,0,0,0.004)' });
  return [...casing(look), new ol.style.Style({ stroke, fill })];
}

/** A light line under one too dark for a dark map. */
function casing({ colour, line }) {
  const { paper, ink } = current();
  if (!line || apart(colour, paper)) return [];
  return [new ol.style.Style({ stroke: new ol.style.Stroke({ color: faded(ink, 0.6), width: line + 1.6 }) })];
}

function faded(colour, opacity) {
  const [r, g, b] = ol.color.asArray(colour);
  return `rgba(${r},${g},${b},${opacity})`;
}

/** A fill of lines or dots over the colour, so that areas differ without their colours. */
function hatched(look, strength) {
  const side = 10 * window.devicePixelRatio, canvas = new OffscreenCanvas(side, side), ctx = canvas.getContext('2d');
  ctx.fillStyle = faded(look.colour, look.fill * strength);
  ctx.fillRect(0, 0, side, side);
  ctx.strokeStyle = ctx.fillStyle = faded(look.colour, 0.75 * strength);
  ctx.lineWidth = 1.3 * window.devicePixelRatio;
  const line = (...points) => { ctx.beginPath(); ctx.moveTo(points[0], points[1]); ctx.lineTo(points[2], points[3]); ctx.stroke(); };
  for (const shift of [-side, 0, side]) {
    if (look.hatch !== 'falling' && look.hatch !== 'dots') line(shift, side, shift + side, 0);
    if (look.hatch === 'falling' || look.hatch === 'crossed') line(shift, 0, shift + side, side);
  }
  if (look.hatch === 'dots') { ctx.beginPath(); ctx.arc(side / 2, side / 2, 1.4 * window.devicePixelRatio, 0, 7); ctx.fill(); }
  return ctx.createPattern(canvas, 'repeat');
}

/** A halo around the shape that was chosen. */
export function haloStyle() {
  const look = current();
  return [
    new ol.style.Style({ stroke: new ol.style.Stroke({ color: look.paper, width: 7 }) }),
    new ol.style.Style({ stroke: new ol.style.Stroke({ color: look.accent, width: 3.5 }) }),
  ];
}
