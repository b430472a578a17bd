// What a click means for a moment: choosing a position, measuring a distance, or what a capability takes it for.
import { on, tell } from './link.js';
import { lonLat } from './world.js';
import { current } from './symbols.js';

export class Tools {
  constructor(map, words) {
    this.map = map;
    this.words = words;
    this.picking = false;
    this.element = document.getElementById('map');
    this.prompt = document.getElementById('prompt');
    this.measures = new ol.source.Vector({ wrapX: true });
    map.addLayer(new ol.layer.Vector({ source: this.measures, zIndex: 950, className: 'measures', style: (f) => lineStyle(f, this) }));
    on('pick', (prompt) => this.pick(prompt));
    on('measure', () => this.measure());
  }

  get busy() { return this.picking || Boolean(this.draw) || Boolean(this.taken); }

  /**
   * Gives clicks to `tool` until `release`: `tool.click(coordinate)`, `tool.escape()` (false: nothing to stop, the
   * tool is let go), `tool.left()` when another tool takes over; `tool.prompt` is shown, `tool.cursor` a class of #map.
   */
  take(tool) {
    this.pick(null);
    this.release();
    this.taken = tool;
    if (tool.cursor) this.element.classList.add(tool.cursor);
    this.ask(tool.prompt ?? null);
    this.element.focus();
  }

  release() {
    const { taken } = this;
    if (!taken) return;
    this.taken = null;
    if (taken.cursor) this.element.classList.remove(taken.cursor);
    this.ask(null);
    taken.left?.();
  }

  ask(text) {
    this.prompt.hidden = !text;
    this.prompt.textContent = text ?? '';
    if (text) this.prompt.append(Object.assign(document.createElement('kbd'), { textContent: this.words.escape }));
  }

  pick(prompt) {
    this.stopMeasure();
    if (prompt) this.release();
    this.picking = Boolean(prompt);
    this.element.classList.toggle('pick', this.picking);
    this.ask(prompt);
    if (prompt) this.element.focus();
  }

  /** A click while picking; true when the tool took it. */
  click(coordinate) {
    if (this.taken) this.taken.click?.(coordinate);
    if (!this.picking) return this.busy;
    const [lon, lat] = lonLat(coordinate);
    this.pick(null);
    tell('picked', { lon, lat });
    return true;
  }

  measure() {
    this.pick(null);
    this.release();
    this.measures.clear();
    this.element.classList.add('measure');
    this.element.focus();
    this.ask(this.words.measure);
    this.draw = new ol.interaction.Draw({ source: this.measures, type: 'LineString', style: (f) => lineStyle(f, this) });
    this.draw.on('drawend', () => setTimeout(() => this.stopMeasure()));
    this.map.addInteraction(this.draw);
  }

  stopMeasure() {
    if (!this.draw) return;
    this.map.removeInteraction(this.draw);
    this.draw = null;
    this.element.classList.remove('measure');
    this.ask(null);
  }

  /** Escape: stops the tool, or wipes what was measured; false when there was nothing to stop. */
  escape() {
    if (this.taken) { if (!this.taken.escape?.()) this.release(); return true; }
    if (this.picking) { this.pick(null); tell('pick-cancelled'); return true; }
    if (this.draw) { this.stopMeasure(); return true; }
    if (this.measures.getFeatures().length) { this.measures.clear(); return true; }
    return false;
  }
}

function lengthText(line, tools) {
  const metres = ol.sphere.getLength(line);
  const number = new Intl.NumberFormat(tools.words.language, { maximumFractionDigits: metres < 10000 ? 2 : 1 });
  return metres < 1000 ? `${Math.round(metres)} m` : `${number.format(metres / 1000)} km`;
}

function lineStyle(feature, tools) {
  const look = current(), geometry = feature.getGeometry();
  const node = new ol.style.Circle({ radius: 4, fill: new ol.style.Fill({ color: look.accent }), stroke: new ol.style.Stroke({ color: look.paper, width: 1.5 }) });
  if (geometry.getType() === 'Point') return new ol.style.Style({ image: node });
  const end = new ol.geom.Point(geometry.getLastCoordinate());
  return [
    new ol.style.Style({ stroke: new ol.style.Stroke({ color: look.paper, width: 5 }) }),
    new ol.style.Style({ stroke: new ol.style.Stroke({ color: look.accent, width: 2.5, lineDash: [8, 5] }) }),
    new ol.style.Style({ image: node, geometry: new ol.geom.MultiPoint(geometry.getCoordinates()) }),
    new ol.style.Style({
      geometry: end, zIndex: 9,
      text: new ol.style.Text({
        text: lengthText(geometry, tools), font: `600 12.5px ${look.font}`, offsetY: -18, padding: [3, 6, 2, 6],
        fill: new ol.style.Fill({ color: look.ink }), backgroundFill: new ol.style.Fill({ color: look.paper }),
        backgroundStroke: new ol.style.Stroke({ color: look.edge, width: 1 }),
      }),
    }),
  ];
}
