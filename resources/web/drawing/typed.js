// The values beside the pointer: they follow it, and can be typed instead; Python reads what is typed.
import { leg } from './geodesic.js';
import { degrees, metres } from './readout.js';

/** What can be typed at each stage, by kind: the first spot, then the next ones. */
function fieldsFor(kind, count) {
  if (!count) return ['coordinates'];
  if (kind === 'circle') return ['distance'];
  if (kind === 'sector') return count === 1 ? ['distance', 'azimuth'] : ['azimuth'];
  return ['distance', 'azimuth', 'coordinates'];
}

export class Typed {
  constructor(room) {
    this.room = room;
    this.box = Object.assign(document.createElement('div'), { id: 'typed', className: 'paper', hidden: true });
    this.row = document.createElement('div');
    this.said = Object.assign(document.createElement('output'), { className: 'said' });
    this.error = Object.assign(document.createElement('p'), { className: 'error', hidden: true });
    this.error.setAttribute('role', 'alert');
    this.box.append(this.row, this.said, this.error);
    document.body.append(this.box);
    this.box.addEventListener('keydown', (event) => this.key(event));
    room.on('drawing-read', (answer) => this.read(answer));
    room.on('drawing-cursor-said', ({ coordinates }) => this.placeholder('coordinates', coordinates));
    this.inputs = new Map();
    this.onSpot = this.onDone = () => {};
  }

  has(target) { return this.box.contains(target); }

  /** Asks for the next spot of a shape. */
  ask(kind, spots) {
    Object.assign(this, { kind, spots });
    const wanted = fieldsFor(kind, spots.length);
    const held = this.has(document.activeElement);
    this.inputs = new Map(wanted.map((name) => [name, this.field(name)]));
    this.row.replaceChildren(...[...this.inputs.values()].map((input) => input.parentElement));
    this.fail('');
    this.box.hidden = false;
    if (!this.place) this.follow(this.room.map.getSize().map((side) => side / 2), this.centre());
    if (held) this.inputs.get(wanted[0]).focus();
  }

  centre() { return this.room.world.lonLat(this.room.map.getView().getCenter()); }

  field(name) {
    const label = document.createElement('label'), input = document.createElement('input');
    label.append(Object.assign(document.createElement('span'), { textContent: this.words?.[name] ?? name }), input);
    Object.assign(input, { name, type: 'text', spellcheck: false, autocomplete: 'off', size: name === 'coordinates' ? 21 : 7 });
    input.addEventListener('input', () => this.fail(''));
    return input;
  }

  /** Only words beside the pointer, for what is being pulled. */
  carry(pixel, words) {
    this.inputs.clear();
    this.row.replaceChildren();
    this.measure(words);
    this.box.hidden = false;
    this.place = pixel;
    this.stand();
  }

  close() {
    if (this.has(document.activeElement)) document.getElementById('map').focus();
    this.box.hidden = true;
    this.place = null;
  }

  /** Goes with the pointer, unless something is being typed. */
  follow(pixel, spot) {
    if (this.has(document.activeElement)) return;
    this.place = pixel;
    this.hover = spot;
    this.stand();
    const from = this.spots?.length ? this.spots[this.kind === 'circle' || this.kind === 'sector' ? 0 : this.spots.length - 1] : null;
    if (from) {
      const [far, way] = leg(from, spot);
      this.placeholder('distance', metres(far, this.room.words));
      this.placeholder('azimuth', degrees(way, this.room.words));
    }
    this.timer ??= setTimeout(() => { this.timer = null; this.room.tell('drawing-cursor', { lon: this.hover[0], lat: this.hover[1] }); }, 80);
  }

  stand() {
    const { innerWidth, innerHeight } = window, [x, y] = this.place;
    const width = this.box.offsetWidth, height = this.box.offsetHeight;
    this.box.style.left = `${Math.max(6, x + 22 + width > innerWidth - 6 ? x - 22 - width : x + 22)}px`;
    this.box.style.top = `${Math.max(6, y + 22 + height > innerHeight - 6 ? y - 22 - height : y + 22)}px`;
  }

  placeholder(name, text) { const input = this.inputs.get(name); if (input) input.placeholder = text; }
  measure(text) { this.said.textContent = text; this.said.hidden = !text; }

  focus(first = '') {
    const input = [...this.inputs.values()][0];
    if (!input) return;
    input.focus();
    if (first) input.value = first;
  }

  key(event) {
    event.stopPropagation();
    if (event.key === 'Enter') { event.preventDefault(); this.submit(); }
    else if (event.key === 'Escape') { event.preventDefault(); this.clear(); document.getElementById('map').focus(); }
  }

  clear() { for (const input of this.inputs.values()) input.value = ''; this.fail(''); }

  /** Enter: reads what is typed; with nothing typed the shape is finished. */
  submit() {
    const given = Object.fromEntries([...this.inputs].map(([name, input]) => [name, input.value.trim()]));
    if (!Object.values(given).some(Boolean)) { this.onDone(); return; }
    const anchor = this.kind === 'circle' || this.kind === 'sector' ? this.spots[0] : this.spots[this.spots.length - 1];
    const towards = this.hover && anchor ? leg(anchor, this.hover)[1] : 0;
    const far = anchor && this.kind === 'sector' && this.spots.length === 2 ? leg(anchor, this.spots[1])[0] : 0;
    this.room.tell('drawing-typed', { ...given, from: anchor ?? null, towards, far });
  }

  read({ spot, error }) {
    if (error) { this.fail(error); return; }
    this.clear();
    this.onSpot(spot);
  }

  fail(text) { this.error.textContent = text; this.error.hidden = !text; }
}
