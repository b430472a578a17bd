// Drawing a new shape, click by click or by typed values: what is asked next, the draft, the end.
import { ANCHORED, built, geometry, least, most } from './forms.js';
import { said } from './readout.js';
import { held } from './snap.js';
import { stylesOf } from './styles.js';

const DOUBLE_MS = 400, DOUBLE_PX = 6;

export class Pen {
  constructor(room, snap, typed) {
    Object.assign(this, { room, snap, typed });
    this.kind = null;
    this.source = new ol.source.Vector({ wrapX: true });
    room.map.addLayer(new ol.layer.Vector({ source: this.source, zIndex: 960, className: 'draft', style: (f) => this.style(f) }));
    room.map.on('pointermove', (event) => this.move(event));
    document.addEventListener('keydown', (event) => this.key(event), true);
    typed.onSpot = (spot) => this.add(spot);
    typed.onDone = () => this.finish();
  }

  /** Takes a tool in hand: `kind`, and the look of what it draws; null puts it away. */
  take(tool) {
    if (!tool) { if (this.kind) this.room.tools.release(); return; }
    this.look = tool;
    this.room.tools.take({
      cursor: 'pick', prompt: tool.prompt, click: (coordinate) => this.click(coordinate),
      escape: () => this.escape(), left: () => this.left(),
    });
    this.kind = tool.kind;
    this.begin();
  }

  begin() {
    this.spots = [];
    this.hover = null;
    this.last = null;
    this.typed.ask(this.kind, this.spots);
    this.show();
  }

  left() {
    this.kind = null;
    this.source.clear();
    this.typed.close();
    this.room.tell('drawing-left');
  }

  /** Escape: first forgets what was begun, then puts the tool away. */
  escape() {
    if (!this.spots.length) return false;
    this.begin();
    return true;
  }

  click(coordinate) {
    const pixel = this.room.map.getPixelFromCoordinate(coordinate), now = performance.now();
    if (this.last && now - this.last.at < DOUBLE_MS && Math.hypot(pixel[0] - this.last.pixel[0], pixel[1] - this.last.pixel[1]) < DOUBLE_PX) {
      this.last = null;
      this.finish();
      return;
    }
    this.last = { at: now, pixel };
    this.add(this.spot(coordinate));
  }

  /** `[lon, lat]` of a position, caught if something is near, in the copy of the world where one draws. */
  spot(coordinate) {
    const draft = this.spots.map((spot) => ol.proj.fromLonLat(spot));
    const caught = this.snap.near(coordinate, { free: this.free, draft });
    this.caught = caught;
    const { lonLat, near } = this.room.world;
    const [lon, lat] = lonLat(caught?.coordinate ?? coordinate);
    if (!this.spots.length) return [lon, lat];
    const host = ol.proj.fromLonLat(this.spots[this.spots.length - 1])[0];
    return [lon + Math.round((near(ol.proj.fromLonLat([lon, lat])[0], host) - ol.proj.fromLonLat([lon, lat])[0]) / this.room.world.WORLD) * 360, lat];
  }

  add(spot) {
    const before = this.spots[this.spots.length - 1];
    if (before && Math.abs(before[0] - spot[0]) < 1e-9 && Math.abs(before[1] - spot[1]) < 1e-9) return;
    this.spots.push(spot);
    if (this.spots.length === most(this.kind)) { this.finish(); return; }
    this.typed.ask(this.kind, this.spots);
    this.show();
  }

  finish() {
    const fields = built(this.kind, this.spots);
    if (!fields) { this.room.tell('drawing-short', { kind: this.kind, needs: least(this.kind) }); return; }
    this.room.tell('drawing-drawn', { kind: this.kind, ...fields, entry: this.caught?.rid ?? null });
    this.spots = [];
    this.hover = null;
    if (this.look.keep) this.begin();
    else this.room.tools.release();
  }

  move(event) {
    if (!this.kind || event.dragging) return;
    this.free = held(event);
    this.hover = this.spot(event.coordinate);
    this.typed.follow(event.pixel, this.hover);
    this.show();
  }

  key(event) {
    if (!this.kind) return;
    if (event.key === 'Alt') { event.preventDefault(); return; }
    if (this.typed.has(event.target)) return;
    if (event.key === 'Enter') this.finish();
    else if (event.key === 'Backspace' || event.key === 'Delete') { this.spots.pop(); this.typed.ask(this.kind, this.spots); this.show(); }
    else if (event.key === 'Tab' && !event.shiftKey) this.typed.focus();
    else if (/^[0-9+-]$/.test(event.key) && !event.ctrlKey && !event.altKey) this.typed.focus(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The draft as it would be if one clicked here. */
  show() {
    this.source.clear();
    if (!this.kind) return;
    const spots = this.hover ? [...this.spots, this.hover] : this.spots;
    const fields = built(this.kind, spots) ?? (spots.length > 1 ? built('line', spots) : null);
    const kind = built(this.kind, spots) ? this.kind : 'line';
    if (fields && !(ANCHORED.has(this.kind) && !this.hover)) {
      const feature = new ol.Feature(geometry(kind, fields));
      feature.set('shape', { ...this.look, ...fields, kind, size: this.look.size ?? 'm' });
      this.source.addFeature(feature);
      this.typed.measure(said(this.kind === 'area' && kind === 'line' ? 'line' : kind, fields, this.room.words));
    } else this.typed.measure('');
    for (const spot of this.spots) this.source.addFeature(this.node(spot, false));
    if (this.caught && this.hover) this.source.addFeature(this.node(this.hover, true));
  }

  node(spot, caught) {
    const feature = new ol.Feature(new ol.geom.Point(ol.proj.fromLonLat(spot)));
    feature.set('node', caught ? 'caught' : 'spot');
    return feature;
  }

  style(feature) {
    const look = this.room.look(), node = feature.get('node');
    if (!node) return stylesOf(feature.get('shape'), feature.getGeometry(), { look, selected: false, faded: false, ready: () => this.source.changed() });
    const colour = node === 'caught' ? look.warning ?? look.accent : look.accent;
    return new ol.style.Style({ zIndex: 9, image: new ol.style.Circle({
      radius: node === 'caught' ? 8 : 4.5, fill: node === 'caught' ? undefined : new ol.style.Fill({ color: look.paper }),
      stroke: new ol.style.Stroke({ color: colour, width: 2.5 }),
    }) });
  }
}
