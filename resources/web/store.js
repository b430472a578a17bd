// Entries as columns: what Python sent (see desktop/map/columns.py) and what changed since.
const ROOM = 4096;

export class Store {
  constructor(rows = 0, whole = true) {
    this.n = rows;
    this.whole = whole;
    this.room = rows;
  }

  /** Reads a reply of `beffroi://app/points`. */
  static read(buffer) {
    const [rows, whole] = new Uint32Array(buffer, 0, 2);
    const store = new Store(rows, Boolean(whole));
    let at = 16;
    const take = (Kind) => {
      const column = new Kind(buffer, at, rows);
      at += column.byteLength;
      return column;
    };
    store.x = take(Float64Array);
    store.y = take(Float64Array);
    store.rid = take(Float64Array);
    store.t = take(Uint32Array);
    store.count = whole ? null : take(Uint32Array);
    store.theme = take(Uint8Array);
    store.gravity = take(Uint8Array);
    store.flags = take(Uint8Array);
    store.order();
    return store;
  }

  /** The order of painting: grave entries first (they stay on top), then newest first. */
  order() {
    const order = new Uint32Array(this.n);
    let k = 0;
    for (let i = 0; i < this.n; i++) if (this.gravity[i] >= 3) order[k++] = i;
    this.grave = k;
    for (let i = 0; i < this.n; i++) if (this.gravity[i] < 3) order[k++] = i;
    this.sequence = order;
    this.fresh = [];
  }

  /** Adds or replaces one entry; it is painted before all others. */
  put(row) {
    let i = this.rid.indexOf(row.rid);
    if (i < 0 || i >= this.n) {
      if (this.n === this.room) this.grow();
      i = this.n++;
      this.fresh.unshift(i);
    }
    for (const name of ['x', 'y', 'rid', 't', 'theme', 'gravity', 'flags']) this[name][i] = row[name];
    if (this.count) this.count[i] = 1;
  }

  grow() {
    this.room = this.n + ROOM;
    for (const name of ['x', 'y', 'rid', 't', 'count', 'theme', 'gravity', 'flags']) {
      const old = this[name];
      if (!old) continue;
      this[name] = new old.constructor(this.room);
      this[name].set(old.subarray(0, this.n));
    }
  }
}
