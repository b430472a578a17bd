// One world, never two: every position is shown in the copy of the world nearest to the view.
export const HALF = 20037508.342789244;
export const WORLD = 2 * HALF;

/** `x` moved by whole worlds to within half a world of `centre`. */
export function near(x, centre) {
  while (x - centre > HALF) x -= WORLD;
  while (x - centre < -HALF) x += WORLD;
  return x;
}

export function lonLat(coordinate) {
  const [lon, lat] = ol.proj.toLonLat([near(coordinate[0], 0), coordinate[1]]);
  return [lon, lat];
}

/** Mercator position of a longitude and latitude, in the copy of the world nearest to `centre`. */
export function place(lon, lat, centre = 0) {
  const [x, y] = ol.proj.fromLonLat([lon, Math.max(-85, Math.min(85, lat))]);
  return [near(x, centre), y];
}

/** Longitudes of a line made continuous: from 179° to -179° is two degrees, not the whole world. */
export function unwrap(line) {
  let shift = 0;
  return line.map(([lon, lat], i) => {
    if (i > 0) {
      const step = lon - line[i - 1][0];
      if (step > 180) shift -= 360;
      else if (step < -180) shift += 360;
    }
    return [lon + shift, lat];
  });
}
