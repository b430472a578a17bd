// Distances, bearings and areas on the WGS 84 ellipsoid, while one draws; the same as Python's to the centimetre.
// Source: T. Vincenty (1975), direct and inverse solutions; areas by the authalic latitude (J. Snyder, 1987).
const A = 6378137, F = 1 / 298.257223563, B = A * (1 - F), E2 = F * (2 - F), E = Math.sqrt(E2);
const RAD = Math.PI / 180;

/** Metres and bearing (0–360°) from one `[lon, lat]` to another. */
export function leg([lon1, lat1], [lon2, lat2]) {
  const L = wrap(lon2 - lon1) * RAD;
  const [sinU1, cosU1] = reduced(lat1), [sinU2, cosU2] = reduced(lat2);
  let lambda = L, s = {};
  for (let turn = 0; turn < 200; turn++) {
    s = arc(lambda, sinU1, cosU1, sinU2, cosU2);
    if (!s.sinSigma) return [0, 0];
    const next = L + (1 - correction(s.cos2Alpha)) * F * s.sinAlpha * series(s, correction(s.cos2Alpha));
    if (Math.abs(next - lambda) < 1e-12) break;
    lambda = next;
  }
  const bearing = Math.atan2(cosU2 * Math.sin(lambda), cosU1 * sinU2 - sinU1 * cosU2 * Math.cos(lambda));
  const [a, b] = factors(s.cos2Alpha);
  return [B * a * (s.sigma - delta(b, s)), ((bearing / RAD) % 360 + 360) % 360];
}

/** Where one arrives after `metres` in the direction `bearing`; the longitude stays near the start's. */
export function reach([lon, lat], metres, bearing) {
  const alpha1 = bearing * RAD, [sinU1, cosU1] = reduced(lat);
  const sigma1 = Math.atan2(sinU1 / cosU1, Math.cos(alpha1)), sinAlpha = cosU1 * Math.sin(alpha1);
  const cos2Alpha = 1 - sinAlpha ** 2, [a, b] = factors(cos2Alpha);
  let sigma = metres / (B * a), s = {};
  for (let turn = 0; turn < 200; turn++) {
    s = { sigma, sinSigma: Math.sin(sigma), cosSigma: Math.cos(sigma), cos2m: Math.cos(2 * sigma1 + sigma) };
    const next = metres / (B * a) + delta(b, s);
    if (Math.abs(next - sigma) < 1e-12) break;
    sigma = next;
  }
  const side = sinU1 * s.sinSigma - cosU1 * s.cosSigma * Math.cos(alpha1);
  const lat2 = Math.atan2(sinU1 * s.cosSigma + cosU1 * s.sinSigma * Math.cos(alpha1), (1 - F) * Math.hypot(sinAlpha, side));
  const lambda = Math.atan2(s.sinSigma * Math.sin(alpha1), cosU1 * s.cosSigma - sinU1 * s.sinSigma * Math.cos(alpha1));
  const C = correction(cos2Alpha);
  return [lon + (lambda - (1 - C) * F * sinAlpha * series(s, C)) / RAD, lat2 / RAD];
}

/** The length of a line of `[lon, lat]` in metres. */
export function length(line) {
  return line.slice(1).reduce((sum, point, i) => sum + leg(line[i], point)[0], 0);
}

/** The area inside a ring of `[lon, lat]` in square metres. */
export function area(ring) {
  const radius2 = (A * A * authalic(90)) / 2;
  let sum = 0;
  ring.forEach((point, i) => {
    const next = ring[(i + 1) % ring.length];
    const width = wrap(next[0] - point[0]) * RAD;
    const [t1, t2] = [point, next].map(([, lat]) => Math.tan(Math.asin(authalic(lat) / authalic(90)) / 2));
    sum += 2 * Math.atan2(Math.tan(width / 2) * (t1 + t2), 1 + t1 * t2);
  });
  return Math.abs(sum) * radius2;
}

/** A ring at `metres` from a centre: a whole circle, or clockwise between two bearings. */
export function disc(centre, metres, from, to, points = 96) {
  if (from === undefined) return Array.from({ length: points }, (_, i) => reach(centre, metres, (-i * 360) / points));
  const span = ((to - from) % 360 + 360) % 360 || 360, steps = Math.max(2, Math.round((points * span) / 360));
  return [centre, ...Array.from({ length: steps + 1 }, (_, i) => reach(centre, metres, from + (span * i) / steps))];
}

function wrap(degrees) { return ((degrees + 540) % 360 + 360) % 360 - 180; }

function reduced(lat) {
  const u = Math.atan((1 - F) * Math.tan(lat * RAD));
  return [Math.sin(u), Math.cos(u)];
}

function arc(lambda, sinU1, cosU1, sinU2, cosU2) {
  const sinSigma = Math.hypot(cosU2 * Math.sin(lambda), cosU1 * sinU2 - sinU1 * cosU2 * Math.cos(lambda));
  const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * Math.cos(lambda);
  const sinAlpha = sinSigma ? (cosU1 * cosU2 * Math.sin(lambda)) / sinSigma : 0, cos2Alpha = 1 - sinAlpha ** 2;
  const cos2m = cos2Alpha ? cosSigma - (2 * sinU1 * sinU2) / cos2Alpha : 0;
  return { sigma: Math.atan2(sinSigma, cosSigma), sinSigma, cosSigma, sinAlpha, cos2Alpha, cos2m };
}

function correction(cos2Alpha) { return (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha)); }

function series({ sigma, sinSigma, cosSigma, cos2m }, C) {
  return sigma + C * sinSigma * (cos2m + C * cosSigma * (2 * cos2m ** 2 - 1));
}

function factors(cos2Alpha) {
  const u2 = (cos2Alpha * (A * A - B * B)) / (B * B);
  return [
    1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
    (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2))),
  ];
}

function delta(b, { sinSigma, cosSigma, cos2m }) {
  return b * sinSigma * (cos2m + (b / 4) * (cosSigma * (2 * cos2m ** 2 - 1)
    - (b / 6) * cos2m * (4 * sinSigma ** 2 - 3) * (4 * cos2m ** 2 - 3)));
}

/** Snyder's q: the area below a latitude, up to a factor. */
function authalic(lat) {
  const sin = Math.sin(lat * RAD);
  return (1 - E2) * (sin / (1 - E2 * sin * sin) - Math.log((1 - E * sin) / (1 + E * sin)) / (2 * E));
}
