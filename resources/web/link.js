// The link with the desk: commands come down in batches, what the officer does goes up.
const listeners = new Map();
let desk = null;

export function open() {
  return new Promise((resolve) => {
    new QWebChannel(qt.webChannelTransport, (channel) => {
      desk = channel.objects.desk;
      desk.commands.connect((batch) => {
        for (const [name, argument] of JSON.parse(batch)) obey(name, argument);
      });
      resolve();
    });
  });
}

function obey(name, argument) {
  const heard = listeners.get(name);
  if (!heard) console.warn(`unknown command ${name}`);
  for (const listener of heard ?? []) listener(argument);
}

/** Obeys the command `name`; several may. */
export function on(name, listener) { (listeners.get(name) ?? listeners.set(name, []).get(name)).push(listener); }

export function tell(name, argument = {}) { desk?.happened(name, JSON.stringify(argument)); }
