// What printing needs of the page: the frame of the sheet on the map, and pictures of any size.
import { Frame } from './frame.js';
import { Painter } from './picture.js';

export function install(room) {
  const frame = new Frame(room);
  room.on('print-frame', (sheet) => frame.show(sheet));
  const painter = new Painter(room);
  room.on('picture', (wanted) => painter.take(wanted));
}
