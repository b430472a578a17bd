// Tracks: what moves, its bubble and where it was.  Between two fixes a thing glides to the last one, never beyond.
import { Fleet } from './fleet.js';
import { Ground } from './ground.js';

const LAYER = 'tracks';

export function install(room) {
  const { map, on, tell, stack, pointer, onTheme, cards } = room;
  const ground = new Ground(map), fleet = new Fleet(map);
  let fetching = false, wanted = 0, shown = 0;
  room.tracks = { fleet, ground };

  /** Fetches the latest; what is told meanwhile is fetched once more, never queued. */
  async function fetchLatest() {
    if (fetching || wanted === shown) return;
    fetching = true;
    const version = wanted;
    try {
      const answer = await fetch(`tracks/now?since=${ground.now}`);
      if (answer.ok) receive(await answer.json());
      shown = version;
    } finally {
      fetching = false;
    }
    if (wanted !== shown) fetchLatest();
  }

  function receive(said) {
    fleet.receive(said);
    ground.receive(said);
    const newest = said.tracks.reduce((most, { time }) => Math.max(most, time), 0);
    map.once('postrender', () => tell('tracks-painted', { newest, frames: fleet.frames, things: fleet.drawn.length }));
  }

  on('tracks', (version) => { wanted = version; if (version) fetchLatest(); });
  stack.onChange(show);
  show();
  onTheme(() => { fleet.dress(); ground.dress(); });
  pointer.know({
    first: true,
    at: (pixel) => fleet.at(pixel),
    click: ({ uid }) => tell('track-clicked', { uid }),
    menu: ({ uid }) => ({ kind: 'track', uid }),
  });

  function show() {
    const { visible, opacity, z } = stack.shown(LAYER) ?? { visible: true, opacity: 1, z: 150 };
    for (const layer of [ground.layer, fleet.layer]) {
      layer.setVisible(visible);
      layer.setOpacity(opacity);
    }
    ground.layer.setZIndex(z);
    fleet.layer.setZIndex(z + 0.5);
  }
}
