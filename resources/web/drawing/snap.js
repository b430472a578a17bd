// Catches the pointer on what is near: vertices first, then entries, then edges; Ctrl (or Alt) lets go.
const REACH = 10; // CSS pixels

/** Whether the key is held that lets go. */
export function held({ originalEvent }) { return originalEvent.ctrlKey || originalEvent.altKey; }

export class Snap {
  constructor(room, sheet) {
    this.room = room;
    this.sheet = sheet;
    this.on = true;
  }

  /** The position (mercator) nearest to `coordinate` worth catching: `{coordinate, what}` or null. */
  near(coordinate, { free = false, except = null, draft = [] } = {}) {
    if (!this.on || free) return null;
    const { map } = this.room, at = map.getPixelFromCoordinate(coordinate);
    const best = { vertex: null, edge: null };
    const consider = (kind, candidate) => {
      const [x, y] = map.getPixelFromCoordinate(candidate), distance = Math.hypot(x - at[0], y - at[1]);
      if (distance <= REACH && distance < (best[kind]?.distance ?? Infinity)) best[kind] = { coordinate: candidate, distance };
    };
    for (const point of draft) consider('vertex', point);
    for (const feature of this.around(coordinate)) {
      if (feature.getId() === except) continue;
      for (const vertex of corners(feature)) consider('vertex', vertex);
      consider('edge', feature.getGeometry().getClosestPoint(coordinate));
    }
    if (best.vertex) return { coordinate: best.vertex.coordinate, what: 'vertex' };
    const mark = this.room.entries.at(at);
    if (mark?.count === 1) return { coordinate: [mark.x, mark.y], what: 'entry', rid: mark.rid };
    return best.edge ? { coordinate: best.edge.coordinate, what: 'edge' } : null;
  }

  around([x, y]) {
    const reach = REACH * this.room.map.getView().getResolution();
    const found = [];
    for (const layer of this.sheet.layers.values())
      if (layer.getVisible()) found.push(...layer.getSource().getFeaturesInExtent([x - reach, y - reach, x + reach, y + reach]));
    return found;
  }
}

/** What can be caught exactly: the clicked points of a shape, not the ninety-six of a circle. */
function corners(feature) {
  const { points } = feature.get('shape');
  return points.map((point) => ol.proj.fromLonLat(point));
}
