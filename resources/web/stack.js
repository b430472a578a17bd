// How each layer of the map is shown: the desk says, whoever draws a layer asks or listens.
const listeners = [];
let states = {};

/** `{visible, opacity, locked, rank, z}` of a layer; hidden when the desk does not know it. */
export function shown(layer) {
  return states[layer] ?? { visible: false, opacity: 1, locked: true, rank: 0, z: 100 };
}

/** Calls `fn()` at each change. */
export function onChange(fn) { listeners.push(fn); }

export function set(given) {
  states = given;
  for (const fn of listeners) fn();
}
