// Puts the map together and obeys the desk.
import * as link from './link.js';
import { makeMap, go, fit, fitMercator, reveal, travel, turnNorth } from './map.js';
import { dress } from './symbols.js';
import { Entries } from './entries.js';
import { Overlay } from './overlay.js';
import { Layers } from './layers.js';
import { Labels } from './labels.js';
import { Graticule } from './graticule.js';
import { Tools } from './tools.js';
import { Pointer } from './pointer.js';
import * as cards from './cards.js';
import { installAll } from './capabilities.js';
import * as stack from './stack.js';

const words = {};
const map = makeMap();
const entries = new Entries(map), overlay = new Overlay(map, () => entries.marks), layers = new Layers(map);
const labels = new Labels(map, entries), graticule = new Graticule(map), tools = new Tools(map, words);
const pointer = new Pointer(map, { entries, layers, tools });
cards.begin(words);
const dressAll = await installAll({ map, entries, overlay, layers, labels, tools, pointer, words });

/** The map is first drawn where the desk wants it, not at some default place. */
function appear() {
  if (map.getTarget()) return;
  map.once('postrender', () => map.render()); // OpenLayers tells 'moveend' from its second frame on
  map.setTarget('map');
}

function theme({ night, colours, font, size, look }) {
  const style = document.documentElement.style;
  for (const [token, colour] of Object.entries(colours)) style.setProperty(`--${token}`, colour);
  style.setProperty('--font', font);
  style.setProperty('--size', `${size}px`);
  document.documentElement.style.colorScheme = night ? 'dark' : 'light';
  dress({ ...look, font });
  layers.dress(night);
  labels.restyle();
  graticule.layer.changed();
  overlay.layer.changed();
  entries.restyle();
  dressAll(night);
}

link.on('words', (given) => {
  Object.assign(words, given);

  document.documentElement.lang = given.language;
  document.getElementById('map').setAttribute('aria-label', given.map);
  map.addControl(new ol.control.Zoom({ zoomInTipLabel: given.zoomIn, zoomOutTipLabel: given.zoomOut }));
});
link.on('theme', theme);
link.on('stack', (states) => stack.set(states));
link.on('layers', (specs) => layers.set(specs));
link.on('entries', ({ visible, opacity, z, mode }) => {
  entries.layer.setVisible(visible);
  entries.layer.setOpacity(opacity);
  entries.layer.setZIndex(z);
  entries.setMode(mode);
});
link.on('labels', ({ visible, opacity }) => {
  labels.layer.setVisible(visible);
  labels.layer.setOpacity(opacity);
  });
link.on('time', ({ since, until }) => entries.setTime(since, until));
link.on('moment', (moment) => layers.ground.setMoment(moment));
link.on('refresh', () => entries.refresh());
link.on('added', (rows) => entries.add(rows));
link.on('changed', (rows) => entries.change(rows));
link.on('select', ({ rows, show }) => {
  overlay.select(rows);
  if (show && rows.length) reveal(map, ...show);
});
link.on('preview', (at) => overlay.setPreview(at));
link.on('found', (at) => overlay.setFound(at));
link.on('graticule', (system) => graticule.set(system));
link.on('go', (where) => { go(map, where); appear(); });
link.on('fit', ({ box, still }) => { fit(map, box, still); appear(); });
link.on('fit-mercator', (box) => fitMercator(map, box));
link.on('reveal', ([lon, lat]) => reveal(map, lon, lat));
link.on('travel', (step) => travel(map, step));
link.on('north', () => turnNorth(map));
link.on('focus', () => document.getElementById('map').focus());

window.beffroi = { map, entries, overlay, layers, labels, tools };
await link.open();
link.tell('ready');
