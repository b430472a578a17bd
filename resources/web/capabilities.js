// The capabilities that draw on the map, each in a folder of its own with an `install.js`.
import * as link from './link.js';
import * as cards from './cards.js';
import * as world from './world.js';
import * as views from './map.js';
import * as symbols from './symbols.js';
import * as stack from './stack.js';

/** Add the folder of yours here; later ones come above earlier ones under the pointer. */
const CAPABILITIES = ['grounds', 'calques', 'drawing', 'tracks', 'printing'];

/**
 * What `install(room)` receives:
 * - `map`, `entries`, `overlay`, `layers`, `labels`: what is drawn; `ol` is global;
 * - `on(command, fn)`, `tell(event, argument)`: the link with the desk; `words`: the page's words, translated;
 * - `world` (lonLat, place, near, HALF, WORLD), `views` (go, fit, fitMercator, reveal), `cards`, `symbols`;
 * - `look()`: the colours and font of the theme now; `onTheme(fn)` calls `fn(night)` now and at each change;
 * - `stack` (shown(layer), onChange(fn)): which layers are visible, how opaque, how high (`z`), locked;
 * - `pointer.know(thing)`: things under the pointer (see pointer.js); `tools.take(tool)`: clicks for a while (see tools.js).
 */
export async function installAll(parts) {
  const dressers = [];
  let night = null;
  const room = {
    ...parts, on: link.on, tell: link.tell, world, views, cards, symbols, stack, look: symbols.current,
    onTheme(dress) {
      dressers.push(dress);
      if (night !== null) dress(night);
    },
  };
  window.room = room;
  for (const name of CAPABILITIES) {
    const { install } = await import(`./${name}/install.js`);
    install(room);
  }
  return (dark) => {
    night = dark;
    for (const dress of dressers) dress(dark);
  };
}
