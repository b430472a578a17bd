// The map itself: one world, a view with its history, keys and wheel, the scale bar.
import { tell } from './link.js';
import { HALF, WORLD, lonLat, place } from './world.js';

const history = [];
let present = -1, travelling = false;

export function makeMap() {
  const view = new ol.View({
    center: place(2.6, 46.6), zoom: 5.6, minZoom: 2.2, maxZoom: 19, multiWorld: true,
    constrainResolution: false, enableRotation: true, smoothResolutionConstraint: false,
  });
  const map = new ol.Map({
    view, pixelRatio: window.devicePixelRatio,
    keyboardEventTarget: document.getElementById('map'),
    controls: [
      new ol.control.Rotate({ autoHide: true }),
      new ol.control.ScaleLine({ units: 'metric', minWidth: 90 }),
    ],
    interactions: ol.interaction.defaults.defaults({ doubleClickZoom: false, altShiftDragRotate: true })
      .extend([new ol.interaction.DragPan({ condition: middleButton })]),
  });
  map.on('change:size', () => oneWorld(map));
  map.on('moveend', () => moved(map));
  return map;
}

function middleButton(event) { return event.originalEvent.button === 1; }

/** The view is never wider than the world, so that nothing appears twice. */
function oneWorld(map) {
  const size = map.getSize(), view = map.getView();
  if (!size || !size[0]) return;
  const least = view.getZoomForResolution(WORLD / Math.max(size[0], size[1] * 0.9));
  if (Math.abs(view.getMinZoom() - least) < 0.005) return;
  if (view.getAnimating()) map.once('moveend', () => oneWorld(map)); // setMinZoom would stop the flight
  else view.setMinZoom(least);
}

function moved(map) {
  const view = map.getView(), centre = view.getCenter(), size = map.getSize();
  if (!size || !size[0]) return;
  if (Math.abs(centre[0]) > HALF) {
    view.setCenter([centre[0] - Math.round(centre[0] / WORLD) * WORLD, centre[1]]);
    return;
  }
  const [w, s, e, n] = view.calculateExtent(size);
  const [west, south] = lonLat([w, Math.max(s, -HALF)]), [east, north] = lonLat([e, Math.min(n, HALF)]);
  const [lon, lat] = lonLat(centre);
  tell('moved', { box: [west, south, east, north], lon, lat, zoom: view.getZoom(), rotation: view.getRotation() });
  remember({ centre, resolution: view.getResolution(), rotation: view.getRotation() });
}

function remember(state) {
  if (travelling) { travelling = false; return; }
  history.splice(present + 1, history.length, state);
  if (history.length > 100) history.shift();
  present = history.length - 1;
}

/** Goes to the previous (-1) or next (+1) extent. */
export function travel(map, step) {
  const state = history[present + step];
  if (!state) return;
  present += step;
  travelling = true;
  const view = map.getView();
  view.setRotation(state.rotation);
  view.setResolution(state.resolution);
  view.setCenter(state.centre);
}

export function go(map, { lon, lat, zoom = 0, rotation, still = false }) {
  const view = map.getView();
  const center = place(lon, lat, view.getCenter()[0]);
  const target = zoom || view.getZoom();
  if (rotation !== undefined) view.setRotation(rotation);
  view.cancelAnimations();
  if (still) { view.setCenter(center); view.setZoom(target); return; }
  view.animate({ center, zoom: target, duration: 220 });
}

/** Shows a box of longitudes and latitudes; west beyond east means over the antimeridian. */
export function fit(map, [west, south, east, north], still = false) {
  const [x0, y0] = place(west, south), [x1, y1] = place(east, north);
  fitMercator(map, [x0, y0, x1 < x0 ? x1 + WORLD : x1, y1], still);
}

const MARGIN = 30;

/** A page that is not in sight yet has no room to fit anything in: it is done when it has. */
export function fitMercator(map, extent, still = false) {
  const view = map.getView(), size = map.getSize() ?? [window.innerWidth, window.innerHeight];
  if (Math.min(...size) <= 2 * MARGIN) {
    map.once('change:size', () => fitMercator(map, extent, still));
    return;
  }
  view.cancelAnimations();
  view.fit(extent, { size, padding: Array(4).fill(MARGIN), duration: still ? 0 : 220, maxZoom: 17 });
}

export function turnNorth(map) { map.getView().animate({ rotation: 0, duration: 150 }); }

/** Brings a position into view when it is not there. */
export function reveal(map, lon, lat) {
  const view = map.getView(), size = map.getSize();
  const at = place(lon, lat, view.getCenter()[0]);
  const pixel = map.getPixelFromCoordinate(at);
  const inside = pixel && pixel[0] > 24 && pixel[1] > 24 && pixel[0] < size[0] - 24 && pixel[1] < size[1] - 24;
  if (!inside) view.animate({ center: at, duration: 180 });
}
