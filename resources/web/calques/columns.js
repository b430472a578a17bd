// Reads what `beffroi://app/calques/…` answers (see beffroi/layers/packing.py) and keeps points as columns.
export const WHOLE = 0, CELLS = 1, STEP = 2;
export const HIDDEN = 0xffff;
const NAMES = ['x', 'y', 'rid', 'time', 'due', 'place'];

function taker(buffer, at) {
  return (Kind, length) => {
    const column = new Kind(buffer, at, length);
    at += column.byteLength;
    return column;
  };
}

/** A reply of `calques/points`. */
export function readPoints(buffer) {
  const [n, kind, step, goneCount] = new Uint32Array(buffer, 0, 4);
  const take = taker(buffer, 32);
  const told = { n, kind, step };
  told.x = take(Float64Array, n);
  told.y = take(Float64Array, n);
  told.rid = take(Float64Array, n);
  told.gone = take(Float64Array, goneCount);
  told.time = take(Uint32Array, n);
  told.due = take(Uint32Array, n);
  told.count = kind === CELLS ? take(Uint32Array, n) : null;
  told.place = take(Uint16Array, n);
  return told;
}

/** A reply of `calques/shapes`: features for OpenLayers, by their rings. */
export function readShapes(buffer) {
  const [rows, rings, positions, more] = new Uint32Array(buffer, 0, 4);
  const take = taker(buffer, 32);
  const rid = take(Float64Array, rows), xy = take(Float64Array, 2 * positions);
  const time = take(Uint32Array, rows), due = take(Uint32Array, rows);
  const starts = take(Uint32Array, rows + 1), ends = take(Uint32Array, rings);
  const place = take(Uint16Array, rows), area = take(Uint8Array, rows), outer = take(Uint8Array, rings);
  const features = [];
  for (let i = 0; i < rows; i++) {
    if (place[i] === HIDDEN) continue;
    const geometry = geometryOf(xy, ends, outer, starts[i], starts[i + 1], area[i]);
    if (!geometry) continue;
    const feature = new ol.Feature(geometry);
    feature.setProperties({ rid: rid[i], time: time[i], due: due[i], place: place[i], area: area[i] }, true);
    features.push(feature);
  }
  return { features, more: Boolean(more) };
}

function geometryOf(xy, ends, outer, first, last, area) {
  const from = first ? ends[first - 1] : 0;
  if (last === first) return null;
  const flat = Array.from(xy.subarray(2 * from, 2 * ends[last - 1]));
  if (!area) {
    const stops = [];
    for (let r = first; r < last; r++) stops.push(2 * (ends[r] - from));
    return new ol.geom.MultiLineString(flat, 'XY', stops);
  }
  const polygons = [];
  for (let r = first; r < last; r++) {
    if (outer[r]) polygons.push([]);
    polygons.at(-1)?.push(2 * (ends[r] - from));
  }
  return new ol.geom.MultiPolygon(flat, 'XY', polygons);
}

/** Points that change: a reply taken in, or what changed put over it. */
export class Store {
  constructor(told) {
    Object.assign(this, told, { room: told.n });
    this.rows = null; // rid → row, made when something changes
  }

  /** Puts a STEP over what is here. */
  change(told) {
    this.rows ??= new Map(Array.from(this.rid.subarray(0, this.n), (rid, i) => [rid, i]));
    for (const rid of told.gone) this.remove(rid);
    for (let k = 0; k < told.n; k++) {
      const i = this.rows.get(told.rid[k]) ?? this.append(told.rid[k]);
      for (const name of NAMES) this[name][i] = told[name][k];
    }
    this.step = told.step;
  }

  append(rid) {
    if (this.n === this.room) this.grow();
    this.rows.set(rid, this.n);
    return this.n++;
  }

  /** The last row takes the place of the one that goes. */
  remove(rid) {
    const i = this.rows.get(rid);
    if (i === undefined) return;
    this.rows.delete(rid);
    const last = --this.n;
    if (i === last) return;
    for (const name of NAMES) this[name][i] = this[name][last];
    this.rows.set(this.rid[i], i);
  }

  grow() {
    this.room = this.n + 2048 + (this.n >> 3);
    for (const name of NAMES) {
      const old = this[name];
      this[name] = new old.constructor(this.room);
      this[name].set(old.subarray(0, this.n));
    }
  }
}
