// The pointer and the keys over the map: hover, click, double click, right click, Enter, Escape.
import { tell } from './link.js';
import { lonLat } from './world.js';
import * as cards from './cards.js';

export class Pointer {
  constructor(map, { entries, layers, tools }) {
    Object.assign(this, { map, entries, layers, tools });
    this.element = document.getElementById('map');
    this.over = null;
    map.on('pointermove', (event) => this.move(event));
    map.on('singleclick', (event) => this.late(event));
    map.on('click', (event) => this.click(event));
    map.on('dblclick', (event) => this.double(event));
    this.element.addEventListener('contextmenu', (event) => this.menu(event));
    this.element.addEventListener('mouseleave', () => this.leave());
    document.addEventListener('keydown', (event) => this.key(event));
    map.on('movestart', () => { cards.hideCard(); cards.hideChoices(); });
  }

  move(event) {
    if (event.dragging) return;
    cards.moveTo(event.pixel);
    this.cursor(event.coordinate);
    const mark = this.tools.busy ? null : this.entries.at(event.pixel);
    const thing = mark || this.tools.busy ? null : this.layers.at(event.pixel);
    this.element.classList.toggle('over', Boolean(mark || thing));
    const name = mark ? `${mark.rid}/${mark.count}` : thing ? `${thing.layer}/${thing.name}` : null;
    if (name === this.over) return;
    this.over = name;
    cards.hideCard();
    tell('hover', mark ? { rid: mark.rid, count: mark.count, gravity: mark.gravity } : { thing });
  }

  /** Tells where the pointer is, at most 25 times a second. */
  cursor(coordinate) {
    this.where = coordinate;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const [lon, lat] = lonLat(this.where);
      tell('cursor', { lon, lat });
    }, 40);
  }

  leave() {
    this.over = null;
    cards.hideCard();
    tell('hover', {});
  }

  click(event) {
    if (event.originalEvent.button !== 0) return;
    cards.hideChoices();
    if (this.tools.click(event.coordinate)) { this.taken = performance.now(); return; }
    const mark = this.entries.at(event.pixel);
    if (mark) tell('clicked', { rid: mark.rid, count: mark.count, box: mark.box, crowd: Boolean(mark.crowd), at: event.pixel });
  }

  /** A click on nothing that was not half of a double click lets go of the selection. */
  late(event) {
    if (this.tools.busy || performance.now() - (this.taken ?? -1e9) < 600) return;
    if (!this.entries.at(event.pixel)) tell('clicked-nothing');
  }

  double(event) {
    if (this.tools.busy) return;
    const mark = this.entries.at(event.pixel);
    cards.hideChoices();
    if (!mark) {
      this.map.getView().animate({ zoom: this.map.getView().getZoom() + 1, anchor: event.coordinate, duration: 180 });
    } else if (mark.count > 1) tell('zoom-to', mark.box);
    else tell('opened', { rid: mark.rid });
  }

  menu(event) {
    event.preventDefault();
    cards.hideCard();
    const pixel = this.map.getEventPixel(event);
    const coordinate = this.map.getCoordinateFromPixel(pixel);
    const [lon, lat] = lonLat(coordinate);
    const mark = this.entries.at(pixel);
    tell('menu', { lon, lat, at: pixel, rid: mark?.count === 1 ? mark.rid : null });
  }

  key(event) {
    if (event.key === 'Escape') {
      if (!this.tools.escape() && !cards.hideChoices()) tell('escaped');
    } else if (event.key === 'Enter' && !cards.choosing()) tell('enter');
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const [w, h] = this.map.getSize(), at = [w / 2, h / 2];
      const [lon, lat] = lonLat(this.map.getView().getCenter());
      tell('menu', { lon, lat, at, rid: null });
    } else return;
    event.preventDefault();
  }
}
