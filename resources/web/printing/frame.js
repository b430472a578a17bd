// The sheet that will be printed, laid on the map: drag it, or turn it by its handle.
const HANDLE_PX = 34;
const GRAB_PX = 12;

export class Frame {
  constructor(room) {
    this.room = room;
    this.source = new ol.source.Vector();
    this.layer = new ol.layer.Vector({ source: this.source, zIndex: 990, style: (feature) => this.style(feature) });
    this.layer.setVisible(false);
    room.map.addLayer(this.layer);
    room.map.addInteraction(new ol.interaction.Pointer({
      handleDownEvent: (event) => this.down(event), handleDragEvent: (event) => this.drag(event),
      handleUpEvent: () => this.up(), handleMoveEvent: (event) => this.hover(event),
    }));
    room.map.getView().on('change:resolution', () => this.lay());
    room.onTheme(() => this.layer.changed());
  }

  /** `{lon, lat, width, height, rotation}` in metres on the ground and degrees; null takes it away. */
  show(sheet) {
    this.sheet = sheet;
    this.layer.setVisible(Boolean(sheet));
    this.lay();
  }

  /** The corners in map metres: ground metres grow with the latitude. */
  corners() {
    const { lon, lat, width, height, rotation } = this.sheet;
    const stretch = 1 / Math.cos((lat * Math.PI) / 180), turn = (-rotation * Math.PI) / 180;
    const [cx, cy] = this.room.world.place(lon, lat, this.room.map.getView().getCenter()[0]);
    const turned = (x, y) => [
      cx + stretch * (x * Math.cos(turn) - y * Math.sin(turn)), cy + stretch * (x * Math.sin(turn) + y * Math.cos(turn)),
    ];
    const [w, h] = [width / 2, height / 2];
    return { centre: [cx, cy], ring: [[-w, h], [w, h], [w, -h], [-w, -h], [-w, h]].map(([x, y]) => turned(x, y)), top: turned(0, h), stretch, turn };
  }

  lay() {
    this.source.clear();
    if (!this.sheet) return;
    const { ring, top, turn } = this.corners(), reach = HANDLE_PX * this.room.map.getView().getResolution();
    this.handle = [top[0] - reach * Math.sin(turn), top[1] + reach * Math.cos(turn)];
    this.source.addFeatures([
      new ol.Feature({ geometry: new ol.geom.Polygon([ring]), part: 'sheet' }),
      new ol.Feature({ geometry: new ol.geom.LineString([top, this.handle]), part: 'arm' }),
      new ol.Feature({ geometry: new ol.geom.Point(this.handle), part: 'handle' }),
    ]);
  }

  style(feature) {
    const look = this.room.look(), part = feature.get('part');
    const casing = new ol.style.Style({ stroke: new ol.style.Stroke({ color: look.paper, width: 5 }) });
    if (part === 'handle') return new ol.style.Style({ image: new ol.style.Circle({
      radius: 8, fill: new ol.style.Fill({ color: look.paper }), stroke: new ol.style.Stroke({ color: look.accent, width: 3 }) }) });
    const line = new ol.style.Style({
      stroke: new ol.style.Stroke({ color: look.accent, width: 2.5, lineDash: part === 'sheet' ? undefined : [4, 4] }),
    });
    return [casing, line];
  }

  /** What of the frame lies under a pixel. */
  part(pixel) {
    if (!this.sheet) return null;
    const at = this.room.map.getPixelFromCoordinate(this.handle);
    if (at && Math.hypot(at[0] - pixel[0], at[1] - pixel[1]) < GRAB_PX + 6) return 'handle';
    const ring = this.corners().ring, area = new ol.geom.Polygon([ring]);
    const coordinate = this.room.map.getCoordinateFromPixel(pixel);
    if (!coordinate) return null;
    const edge = this.room.map.getPixelFromCoordinate(area.getClosestPoint(coordinate));
    const inside = area.intersectsCoordinate(coordinate);
    return inside || Math.hypot(edge[0] - pixel[0], edge[1] - pixel[1]) < GRAB_PX ? 'sheet' : null;
  }

  down({ pixel, coordinate, originalEvent }) {
    this.held = originalEvent.button === 0 ? this.part(pixel) : null;
    this.from = coordinate;
    return Boolean(this.held);
  }

  drag({ coordinate }) {
    const { centre } = this.corners();
    if (this.held === 'handle') {
      const degrees = (Math.atan2(coordinate[0] - centre[0], coordinate[1] - centre[1]) * 180) / Math.PI;
      this.sheet.rotation = Math.abs(degrees) < 2 ? 0 : Math.round(degrees);
    } else {
      const moved = [centre[0] + coordinate[0] - this.from[0], centre[1] + coordinate[1] - this.from[1]];
      [this.sheet.lon, this.sheet.lat] = this.room.world.lonLat(moved);
      this.from = coordinate;
    }
    this.lay();
  }

  up() {
    this.held = null;
    const { lon, lat, rotation } = this.sheet;
    this.room.tell('print-framed', { lon, lat, rotation });
    return false;
  }

  hover({ pixel, dragging }) {
    if (!this.sheet || dragging) return;
    const part = this.part(pixel);
    this.room.map.getTargetElement().style.cursor = part === 'handle' ? 'grab' : part ? 'move' : '';
  }
}
