// Pictures of the map at any size and fineness, once everything that it fetches is there.
// Only the page that nobody sees takes pictures (desktop/map/still.py).
const CALM_MS = 300;
const PATIENCE_MS = 20000;
let fetching = 0, served = performance.now();

/** Counts what is being fetched, so that a picture waits for it. */
function watchFetches() {
  const before = window.fetch;
  window.fetch = async (...given) => {
    fetching++;
    try { return await before(...given); }
    finally { fetching--; served = performance.now(); }
  };
}

/** Counts the layers that are being read: their files are unpacked after they were fetched. */
function watchLayers(layers) {
  const before = layers.load.bind(layers);
  layers.load = async (known) => {
    fetching++;
    try { return await before(known); }
    finally { fetching--; served = performance.now(); }
  };
}

export class Painter {
  constructor(room) {
    this.room = room;
    this.queue = Promise.resolve();
    watchFetches();
    watchLayers(room.layers);
    this.taken = new Map();
    window.pictures = { take: (n) => this.hand(n) };
  }

  /** Hands a picture to the desk, once. */
  hand(n) {
    const data = this.taken.get(n);
    this.taken.delete(n);
    return data;
  }

  /** `{n, x, y, resolution, rotation, width, height, ratio}`: a view in map metres, CSS pixels and device pixels per each. */
  take(wanted) {
    this.queue = this.queue.then(() => this.picture(wanted)).catch((error) => this.room.tell('picture-failed', { n: wanted.n, why: String(error) }));
  }

  async picture({ n, x, y, resolution, rotation, width, height, ratio }) {
    const { map } = this.room, view = map.getView();
    Object.defineProperty(window, 'devicePixelRatio', { configurable: true, get: () => ratio });
    map.pixelRatio_ = ratio;
    if (!map.getTarget()) map.setTarget('map');
    map.setSize([width, height]);
    view.setMinZoom(0);
    view.setMaxZoom(24);
    view.setRotation(rotation);
    view.setResolution(resolution);
    view.setCenter([x, y]);
    map.updateSize = () => {};
    served = performance.now();
    map.renderSync();
    map.dispatchEvent(new ol.MapEvent('moveend', map));
    await this.calm();
    const sheet = flatten(map, width, height, ratio);
    this.taken.set(n, await base64(await sheet.convertToBlob({ type: 'image/png' })));
    this.room.tell('picture-taken', { n });
  }

  /** Resolves when nothing is fetched, read nor drawn any more. */
  async calm() {
    const { map } = this.room, end = performance.now() + PATIENCE_MS;
    let before = -1, still = performance.now();
    for (;;) {
      await new Promise((wait) => setTimeout(wait, 40));
      map.renderSync();
      const now = performance.now(), state = revision(map);
      if (state !== before || fetching || loading(map)) [before, still] = [state, now];
      if (now - Math.max(still, served) > CALM_MS || now > end) break;
    }
    map.renderSync();
  }
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** A number that changes with anything that a layer has to show. */
function revision(map) {
  return map.getLayers().getArray().reduce((sum, layer) => sum + (layer.getSource?.()?.getRevision?.() ?? 0), 0);
}

function loading(map) {
  return map.getLayers().getArray().some((layer) => layer.getSource?.()?.getState?.() === 'loading')
    || map.frameState_?.animate || (map.tileQueue_?.getTilesLoading?.() ?? 0) > 0;
}

/** All canvases of the map as one, the sea below. */
function flatten(map, width, height, ratio) {
  const sheet = new OffscreenCanvas(Math.round(width * ratio), Math.round(height * ratio));
  const ctx = sheet.getContext('2d');
  ctx.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--sea') || '#fff';
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  for (const canvas of map.getViewport().querySelectorAll('.ol-layers canvas')) {
    if (!canvas.width || canvas.hidden) continue;
    const around = canvas.parentNode.style, own = canvas.style;
    ctx.globalAlpha = Number(own.opacity || 1) * Number(around.opacity || 1);
    const matrix = /^matrix\(([^)]*)\)$/.exec(own.transform)?.[1].split(',').map(Number);
    if (matrix) ctx.setTransform(...matrix.map((v) => v * ratio));
    else ctx.setTransform(sheet.width / canvas.width, 0, 0, sheet.height / canvas.height, 0, 0);
    if (around.backgroundColor) { ctx.fillStyle = around.backgroundColor; ctx.fillRect(0, 0, canvas.width, canvas.height); }
    ctx.drawImage(canvas, 0, 0);
  }
  return sheet;
}
