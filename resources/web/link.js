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
  const listener = listeners.get(name);
  if (listener) listener(argument);
  else console.warn(`unknown command ${name}`);
}

export function on(name, listener) { listeners.set(name, listener); }

export function tell(name, argument = {}) { desk?.happened(name, JSON.stringify(argument)); }
