// The pointer and the keys over the map: hover, click, double click, right click, Enter, Escape.
// Entries come first, then what capabilities know of (`know`), then the places of the catalogue.
import { tell } from './link.js';
import { lonLat } from './world.js';
import * as cards from './cards.js';

export class Pointer {
  constructor(map, { entries, layers, tools }) {
    Object.assign(this, { map, entries, layers, tools });
    this.element = document.getElementById('map');
    this.over = null;
    this.known = [];
    this.escapes = [];
    map.on('pointermove', (event) => this.move(event));
    map.on('singleclick', (event) => this.late(event));
    map.on('click', (event) => this.click(event));
    map.on('dblclick', (event) => this.double(event));
    this.element.addEventListener('contextmenu', (event) => this.menu(event));
    this.element.addEventListener('mouseleave', () => this.leave());
    document.addEventListener('keydown', (event) => this.key(event));
    map.on('movestart', () => { cards.hideCard(); cards.hideChoices(); });
  }

  /**
   * Things that can be pointed at.  `thing` has `at(pixel)`: a hit (any object with a `key`) or null, and, as it
   * likes, `hover(hit)` (null when it ends), `click(hit, event)`, `double(hit, event)`, `menu(hit)`: what the
   * desk's menu is told of it (`{kind, …}`).  `first: true` comes before entries.
   */
  know(thing) { this.known.unshift(thing); }

  /** `escape()` is asked when Escape is pressed and no tool was at work: true when it closed something. */
  onEscape(escape) { this.escapes.push(escape); }

  /** What lies under a CSS pixel, of what capabilities know: `{thing, hit}` or null. */
  hit(pixel, first) {
    for (const thing of this.known) {
      const hit = Boolean(thing.first) === first ? thing.at(pixel) : null;
      if (hit) return { thing, hit };
    }
    return null;
  }

  /** The topmost thing: `{mark}` for an entry, `{thing, hit}`, or null. */
  top(pixel) {
    const above = this.hit(pixel, true);
    if (above) return above;
    const mark = this.entries.at(pixel);
    return mark ? { mark } : this.hit(pixel, false);
  }

  move(event) {
    if (event.dragging) return;
    cards.moveTo(event.pixel);
    this.cursor(event.coordinate);
    const top = this.tools.busy ? null : this.top(event.pixel);
    const mark = top?.mark;
    const place = top || this.tools.busy ? null : this.layers.at(event.pixel);
    this.element.classList.toggle('over', Boolean(top || place));
    const name = mark ? `${mark.rid}/${mark.count}` : top ? top.hit.key : place ? `${place.layer}/${place.name}` : null;
    if (name === this.over) return;
    this.over = name;
    cards.hideCard();
    this.enter(top);
    tell('hover', mark ? { rid: mark.rid, count: mark.count, gravity: mark.gravity } : { thing: place });
  }

  /** The pointer is over another thing, or over none. */
  enter(top) {
    if (this.inside) this.inside.hover?.(null);
    this.inside = top?.thing ?? null;
    this.inside?.hover?.(top.hit);
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
    this.enter(null);
    tell('hover', {});
  }

  click(event) {
    if (event.originalEvent.button !== 0) return;
    cards.hideChoices();
    if (this.tools.click(event.coordinate)) { this.taken = performance.now(); return; }
    const top = this.top(event.pixel), mark = top?.mark;
    if (top?.thing) top.thing.click?.(top.hit, event);
    if (mark) tell('clicked', { rid: mark.rid, count: mark.count, box: mark.box, crowd: Boolean(mark.crowd), at: event.pixel });
  }

  /** Whether a tool took the last click a moment ago, perhaps its last one: the rest of it means nothing. */
  get justTaken() { return performance.now() - (this.taken ?? -1e9) < 600; }

  /** A click on nothing that was not half of a double click lets go of the selection. */
  late(event) {
    if (this.tools.busy || this.justTaken) return;
    if (!this.top(event.pixel)) tell('clicked-nothing');
  }

  double(event) {
    if (this.tools.busy || this.justTaken) return;
    const top = this.top(event.pixel), mark = top?.mark;
    cards.hideChoices();
    if (top?.thing?.double) top.thing.double(top.hit, event);
    else if (!mark) {
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
    tell('menu', { lon, lat, at: pixel, hit: told(this.top(pixel)) });
  }

  key(event) {
    if (event.key === 'Escape') {
      if (!this.tools.escape() && !cards.hideChoices() && !this.escapes.some((escape) => escape())) tell('escaped');
    } else if (event.key === 'Enter' && !cards.choosing()) tell('enter');
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const [w, h] = this.map.getSize(), at = [w / 2, h / 2];
      const [lon, lat] = lonLat(this.map.getView().getCenter());
      tell('menu', { lon, lat, at, hit: null });
    } else return;
    event.preventDefault();
  }
}

/** What the desk is told of the thing its menu is opened on. */
function told(top) {
  if (top?.thing) return top.thing.menu?.(top.hit) ?? null;
  return top?.mark.count === 1 ? { kind: 'entry', rid: top.mark.rid } : null;
}
