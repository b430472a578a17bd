// Drawing on the map: shapes of everybody, a pen, grips for what is selected.
import { selectByBox } from './box.js';
import { Grips } from './grips.js';
import { Pen } from './pen.js';
import { militarySet, militarySvg } from './pictures.js';
import { Sheet } from './sheet.js';
import { Snap } from './snap.js';
import { Typed } from './typed.js';

export async function install(room) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'drawing/drawing.css' }));
  const sheet = new Sheet(room), snap = new Snap(room, sheet), typed = new Typed(room);
  selectByBox(room, sheet);
  const pen = new Pen(room, snap, typed), grips = new Grips(room, sheet, snap, typed);

  room.on('drawing-words', (words) => { typed.words = words; });
  room.on('drawing-reload', () => load(sheet, grips));
  room.on('drawing-put', (shapes) => { sheet.put(shapes); grips.show(); });
  room.on('drawing-drop', (uids) => { sheet.drop(uids); grips.show(); });
  room.on('drawing-time', (time) => sheet.setTime(time));
  room.on('drawing-tool', (tool) => pen.take(tool));
  room.on('drawing-snap', (on) => { snap.on = on; });
  room.on('drawing-selected', ({ uids, may }) => { sheet.select(uids); grips.set(uids, may); });
  room.on('drawing-fit', (uids) => fit(room, sheet, uids));
  room.on('drawing-pictures', async (codes) => {
    await militarySet();
    room.tell('drawing-pictures', Object.fromEntries(codes.map((code) => [code, militarySvg(code)])));
  });
  room.pointer.know({
    at(pixel) { const shape = sheet.at(pixel); return shape && { key: `shape/${shape.uid}`, shape }; },
    hover(hit) { room.tell('drawing-hovered', { uid: hit?.shape.uid ?? null }); },
    click(hit, event) { room.tell('drawing-clicked', { uid: hit.shape.uid, more: event.originalEvent.shiftKey || event.originalEvent.ctrlKey }); },
    double(hit) { room.tell('drawing-opened', { uid: hit.shape.uid }); },
    menu(hit) { return { kind: 'shape', uid: hit.shape.uid }; },
  });
  document.addEventListener('keydown', (event) => keys(event, room, typed));
  window.drawing = { sheet, snap, pen, grips, typed };
  load(sheet, grips);
}

async function load(sheet, grips) {
  const reply = await fetch('drawing/shapes');
  if (reply.ok) { sheet.replace(await reply.json()); grips.show(); }
}

function fit(room, sheet, uids) {
  const extent = ol.extent.createEmpty();
  for (const uid of uids) {
    const geometry = sheet.features.get(uid)?.getGeometry();
    if (geometry) ol.extent.extend(extent, geometry.getExtent());
  }
  if (!ol.extent.isEmpty(extent)) room.views.fitMercator(room.map, ol.extent.buffer(extent, 40 * (ol.extent.getWidth(extent) ? 0 : 20)));
}

function keys(event, room, typed) {
  if (typed.has(event.target) || room.tools.busy) return;
  if (event.key === 'Delete') room.tell('drawing-erase');
  else if (event.key.startsWith('Arrow') && event.altKey && event.shiftKey) room.tell('drawing-nudge', { key: event.key });
  else return;
  event.preventDefault();
}
