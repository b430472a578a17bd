// What is selected can be carried, its points moved, added and removed, its radius drawn out, turned.
import { ANCHORED, carried, closed, geometry, middle, turned } from './forms.js';
import { leg } from './geodesic.js';
import { metres, said } from './readout.js';
import { held } from './snap.js';
import { stylesOf } from './styles.js';

const REACH = 9, MOST_GRIPS = 300;

export class Grips {
  constructor(room, sheet, snap, typed) {
    Object.assign(this, { room, sheet, snap, typed });
    this.source = new ol.source.Vector({ wrapX: true });
    this.layer = new ol.layer.Vector({ source: this.source, zIndex: 955, className: 'grips', style: (f) => this.style(f) });
    room.map.addLayer(this.layer);
    room.map.addInteraction(new ol.interaction.Pointer({
      handleDownEvent: (event) => this.down(event), handleDragEvent: (event) => this.drag(event), handleUpEvent: (event) => this.up(event),
      handleMoveEvent: (event) => this.over(event),
    }));
    room.map.on('moveend', () => this.show());
    this.may = new Set();
  }

  /** `uids` are selected; those in `may` can be changed by this person. */
  set(uids, may) {
    this.uids = uids;
    this.may = new Set(may);
    this.show();
  }

  /** The grips of the selection: every point of one shape, no more than can be told apart. */
  show() {
    this.source.clear();
    if (!this.uids?.length || this.dragged) return;
    if (this.uids.length !== 1) return;
    const shape = this.sheet.shape(this.uids[0]);
    if (!shape || !this.may.has(shape.uid) || this.room.stack.shown(shape.layer).locked) return;
    for (const grip of gripsOf(shape, this.room.map.getView().getResolution())) {
      const feature = new ol.Feature(new ol.geom.Point(ol.proj.fromLonLat(grip.at)));
      feature.set('grip', grip);
      this.source.addFeature(feature);
    }
  }

  gripAt(pixel) {
    let best = null;
    for (const feature of this.source.getFeatures()) {
      const [x, y] = this.room.map.getPixelFromCoordinate(feature.getGeometry().getCoordinates());
      const distance = Math.hypot(x - pixel[0], y - pixel[1]);
      if (distance <= REACH && distance < (best?.distance ?? Infinity)) best = { distance, grip: feature.get('grip') };
    }
    return best?.grip ?? null;
  }

  over(event) {
    if (this.room.tools.busy || event.dragging) return;
    const grip = this.gripAt(event.pixel);
    this.room.map.getTargetElement().style.cursor = grip ? (grip.role === 'turn' ? 'grab' : 'move') : '';
  }

  down(event) {
    if (this.room.tools.busy || event.originalEvent.button !== 0) return false;
    const grip = this.gripAt(event.pixel);
    const under = grip ? null : this.sheet.at(event.pixel);
    const body = under && this.uids?.includes(under.uid) && this.may.has(under.uid);
    if (!grip && !body) return false;
    this.grip = grip ?? { role: 'carry' };
    this.start = this.position(event.coordinate);
    this.shape = this.sheet.shape(grip ? this.uids[0] : under.uid);
    this.others = grip ? [] : this.uids.filter((uid) => uid !== under.uid && this.may.has(uid)).map((uid) => this.sheet.shape(uid));
    this.changed = null;
    return true;
  }

  drag(event) {
    const free = held(event);
    const caught = this.snap.near(event.coordinate, { free, except: this.shape.uid });
    const spot = this.position(caught?.coordinate ?? event.coordinate);
    this.dragged = true;
    this.end = spot;
    this.changed = reshaped(this.shape, this.grip, this.start, spot);
    this.sheet.hidden = new Set([this.shape.uid, ...this.others.map((shape) => shape.uid)]);
    this.source.clear();
    for (const other of this.others) this.draw(carried(other, this.start, spot), other);
    this.draw(this.changed, this.shape);
    this.sheet.restyle();
    this.tellMeasure(event);
  }

  draw(fields, shape) {
    const feature = new ol.Feature(geometry(shape.kind, fields));
    feature.set('shape', { ...shape, ...fields });
    this.source.addFeature(feature);
  }

  /** What the shape measures while it is pulled; how far it was carried when it measures nothing. */
  tellMeasure(event) {
    const words = said(this.shape.kind, this.changed, this.room.words);
    this.typed.carry(event.pixel, words || metres(leg(this.start, this.end)[0], this.room.words));
  }

  up(event) {
    const { grip, shape, changed, others } = this;
    this.dragged = false;
    this.typed.close();
    this.sheet.hidden = new Set();
    if (changed) this.commit(shape, grip, changed, others);
    else if (grip.role === 'vertex' && held(event)) this.removeVertex(shape, grip.index);
    this.sheet.restyle();
    this.show();
    return false;
  }

  commit(shape, grip, changed, others) {
    const fields = (whole, { points, holes, radius_m, from_deg, to_deg, rotation_deg }) => (
      { uid: whole.uid, points, holes, radius_m, from_deg, to_deg, rotation_deg });
    const all = [fields(shape, changed), ...others.map((other) => fields(other, carried(other, this.start, this.end)))];
    this.sheet.put([{ ...shape, ...changed }]); // until Python says it
    this.room.tell('drawing-reshaped', { deed: grip.role === 'carry' ? 'move' : grip.role === 'turn' ? 'turn' : 'reshape', shapes: all });
  }

  removeVertex(shape, index) {
    const points = shape.points.filter((_, i) => i !== index);
    if (points.length < (closed(shape.kind) ? 3 : 2)) return;
    this.room.tell('drawing-reshaped', { deed: 'reshape', shapes: [{ uid: shape.uid, points }] });
  }

  position(coordinate) {
    const anchor = this.shape ? ol.proj.fromLonLat(this.shape.points[0])[0] : 0;
    const [lon, lat] = this.room.world.lonLat(coordinate);
    return [lon + 360 * Math.round((this.room.world.near(coordinate[0], anchor) - ol.proj.fromLonLat([lon, lat])[0]) / this.room.world.WORLD), lat];
  }

  style(feature) {
    const look = this.room.look(), grip = feature.get('grip');
    if (!grip) return stylesOf(feature.get('shape'), feature.getGeometry(), { look, selected: true, faded: false, ready: () => this.source.changed() });
    const small = grip.role === 'between';
    const fill = new ol.style.Fill({ color: small ? look.accent : look.paper }), stroke = new ol.style.Stroke({ color: look.accent, width: 2 });
    const image = grip.role === 'turn' ? new ol.style.RegularShape({ points: 4, radius: 7, angle: 0, fill, stroke })
      : new ol.style.Circle({ radius: small ? 3.5 : 5.5, fill, stroke });
    return new ol.style.Style({ image });
  }
}

function gripsOf(shape, resolution) {
  const { kind, points } = shape, grips = [];
  if (kind === 'circle' || kind === 'sector') {
    const ring = geometry(kind, shape).getCoordinates()[0].map((c) => ol.proj.toLonLat(c));
    if (kind === 'circle') grips.push({ role: 'radius', at: ring[72] }); // due east
    else grips.push({ role: 'from', at: ring[1] }, { role: 'to', at: ring[ring.length - 2] });
    grips.push({ role: 'carry', at: points[0] });
    return grips;
  }
  if (ANCHORED.has(kind)) {
    if (kind !== 'point') grips.push(turnGrip(shape, resolution, 44));
    return grips;
  }
  if (points.length > MOST_GRIPS) return grips;
  points.forEach((at, index) => grips.push({ role: 'vertex', index, at }));
  if (kind === 'rectangle') return [...grips, turnGrip(shape, resolution, 0)];
  const last = closed(kind) ? points.length : points.length - 1;
  for (let i = 0; i < last; i++) {
    const next = points[(i + 1) % points.length];
    grips.push({ role: 'between', index: i + 1, at: [(points[i][0] + next[0]) / 2, (points[i][1] + next[1]) / 2] });
  }
  return [...grips, turnGrip(shape, resolution, 0)];
}

/** Above the shape: pulling it around turns the shape. */
function turnGrip(shape, resolution, above) {
  const [x] = ol.proj.fromLonLat(middle(shape)), extent = geometry(shape.kind, shape).getExtent();
  return { role: 'turn', at: ol.proj.toLonLat([x, extent[3] + (above || 30) * resolution]) };
}

/** The fields of a shape after a grip was pulled from one position to another. */
function reshaped(shape, grip, start, end) {
  const { kind, points } = shape;
  if (grip.role === 'carry') return carried(shape, start, end);
  if (grip.role === 'radius') return { ...shape, radius_m: Math.max(1, leg(points[0], end)[0]) };
  if (grip.role === 'from') { const [radius_m, from_deg] = leg(points[0], end); return { ...shape, radius_m: Math.max(1, radius_m), from_deg }; }
  if (grip.role === 'to') return { ...shape, to_deg: leg(points[0], end)[1] };
  if (grip.role === 'turn') return turnedBy(shape, start, end);
  if (grip.role === 'between') return { ...shape, points: [...points.slice(0, grip.index), end, ...points.slice(grip.index)] };
  if (kind === 'rectangle') return { ...shape, points: cornered(points, grip.index, end) };
  return { ...shape, points: points.map((point, i) => (i === grip.index ? end : point)) };
}

function turnedBy(shape, start, end) {
  const centre = middle(shape), angle = leg(centre, end)[1] - leg(centre, start)[1];
  if (!ANCHORED.has(shape.kind)) return turned(shape, angle);
  return { ...shape, rotation_deg: ((leg(centre, end)[1] % 360) + 360) % 360 };
}

/** A corner of a rectangle is pulled: its neighbours follow, so that it stays one (a turned one becomes a zone’s outline). */
function cornered(points, index, end) {
  const upright = Math.abs(points[0][1] - points[1][1]) < 1e-9 && Math.abs(points[1][0] - points[2][0]) < 1e-9;
  if (!upright) return points.map((point, i) => (i === index ? end : point));
  const far = points[(index + 2) % 4];
  const [w, e] = [Math.min(far[0], end[0]), Math.max(far[0], end[0])], [s, n] = [Math.min(far[1], end[1]), Math.max(far[1], end[1])];
  return [[w, s], [e, s], [e, n], [w, n]];
}
