// Grounds: packs of vector tiles in our own style, pictures as they are, below everything people put on the map.
import { restyle, styleOf } from './style.js';

const LOWEST = 6; // above the areas of the shipped layers, below every point and line of people

export function install(room) {
  const { map, on, onTheme, stack } = room;
  const grounds = new Map(), pictures = new Map();
  Object.assign(room, { grounds, pictures });

  on('grounds', (specs) => {
    const there = new Set(specs.map((spec) => spec.id));
    for (const [id, { layer }] of grounds) {
      if (!there.has(id)) { map.removeLayer(layer); grounds.delete(id); }
    }
    specs.forEach((spec, rank) => {
      if (!grounds.has(spec.id)) grounds.set(spec.id, { spec, layer: layerOf(spec, map) });
      const { layer } = grounds.get(spec.id);
      layer.setZIndex(LOWEST + rank / 10);
      layer.setOpacity(spec.opacity);
    });
    grounds.told = specs;
    credit(room, grounds.told, pictures);
  });

  on('pictures', (specs) => {
    const there = new Map(specs.map((spec) => [spec.id, spec]));
    for (const [id, { layer, spec }] of pictures) {
      if (JSON.stringify(there.get(id)) !== JSON.stringify(spec)) { map.removeLayer(layer); pictures.delete(id); }
    }
    for (const spec of specs) if (!pictures.has(spec.id)) pictures.set(spec.id, { spec, layer: layerOf(spec, map) });
    place();
  });
  stack.onChange(place);

  /** Pictures that people added lie where the stack of calques says. */
  function place() {
    for (const [id, { layer }] of pictures) {
      const { visible, opacity, z } = stack.shown(id);
      layer.setVisible(visible);
      layer.setOpacity(opacity);
      layer.setZIndex(z);
    }
    credit(room, grounds.told ?? [], pictures);
  }

  onTheme((night) => {
    restyle(room.look(), night);
    for (const { layer, spec } of grounds.values()) {
      if (spec.vector) layer.changed();
    }
  });
}

function layerOf(spec, map) {
  const layer = spec.vector ? vectorLayer(spec) : pictureLayer(spec);
  map.addLayer(layer);
  return layer;
}

function address(spec, [z, x, y]) {
  return `grounds/tile?ground=${encodeURIComponent(spec.id)}&z=${z}&x=${x}&y=${y}`;
}

function extentOf([west, south, east, north]) {
  return ol.proj.transformExtent([west, Math.max(south, -85), east, Math.min(north, 85)], 'EPSG:4326', 'EPSG:3857');
}

function vectorLayer(spec) {
  const source = new ol.source.VectorTile({
    format: new ol.format.MVT(), minZoom: spec.min_zoom, maxZoom: spec.max_zoom, tileSize: 512, wrapX: true,
    transition: 0, tileUrlFunction: (place) => address(spec, place),
    tileLoadFunction: (tile, url) => tile.setLoader(async (extent, resolution, projection) => {
      const reply = await fetch(url);
      const data = reply.ok ? await reply.arrayBuffer() : new ArrayBuffer(0);
      const features = data.byteLength ? tile.getFormat().readFeatures(data, { extent, featureProjection: projection }) : [];
      tile.setFeatures(features);
    }),
  });
  return new ol.layer.VectorTile({
    source, extent: extentOf(spec.box), declutter: 'names', renderMode: 'hybrid', renderBuffer: 60, style: styleOf,
    properties: { id: spec.id, kind: 'ground' },
  });
}

function pictureLayer(spec) {
  const source = new ol.source.XYZ({
    minZoom: spec.min_zoom, maxZoom: spec.max_zoom, tileSize: spec.size ?? 256, wrapX: true, transition: 120,
    tileUrlFunction: (place) => address(spec, place),
    tileLoadFunction: async (tile, url) => {
      const reply = await fetch(url);
      const data = reply.ok ? await reply.blob() : null;
      if (!data?.size) { tile.setState(3); return; } // ERROR: OpenLayers shows the tile above, enlarged
      const image = tile.getImage(), link = URL.createObjectURL(data);
      image.addEventListener('load', () => URL.revokeObjectURL(link), { once: true });
      image.src = link;
    },
  });
  return new ol.layer.Tile({ source, extent: extentOf(spec.box), properties: { id: spec.id, kind: 'ground' } });
}

/** Whose data the grounds and pictures are, beside those of the shipped layers. */
function credit({ layers: { credits }, stack }, grounds, pictures) {
  const shown = [...pictures.values()].map(({ spec }) => spec).filter((spec) => stack.shown(spec.id).visible);
  const own = [...grounds, ...shown].filter((spec) => spec.attribution)
    .map(({ attribution }) => ({ visible: true, min_zoom: 0, attribution, ground: true }));
  const shipped = credits.specs.filter((spec) => !spec.ground);
  credits.shipped ??= credits.show.bind(credits);
  credits.show = (given) => credits.shipped([...given, ...own]);
  credits.show(shipped);
}
