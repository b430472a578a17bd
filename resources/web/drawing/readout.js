// Measures in words: what stands beside the pointer while one draws, and along what is selected.
import { area, leg, length } from './geodesic.js';
import { outline } from './forms.js';

const number = (value, digits, words) => new Intl.NumberFormat(words.language, { maximumFractionDigits: digits }).format(value);

export function metres(value, words) {
  if (value < 1000) return `${number(value, value < 10 ? 1 : 0, words)} m`;
  return `${number(value / 1000, value < 10000 ? 2 : value < 1e6 ? 1 : 0, words)} km`;
}

export function surface(value, words) {
  if (value < 10000) return `${number(value, 0, words)} m²`;
  if (value < 1e6) return `${number(value / 10000, 2, words)} ha`;
  return `${number(value / 1e6, value < 1e8 ? 2 : 0, words)} km²`;
}

export function degrees(value, words) { return `${number(value, 0, words)}°`; }

/** The measures of a shape, as short words: « 1,2 km · 045° ». */
export function said(kind, fields, words) {
  const line = outline(kind, fields);
  if (!line || line.length < 2) return '';
  if (kind === 'circle') return `R ${metres(fields.radius_m, words)} · ${surface(area(line), words)}`;
  if (kind === 'sector') {
    const span = ((fields.to_deg - fields.from_deg) % 360 + 360) % 360 || 360;
    return `R ${metres(fields.radius_m, words)} · ${degrees(fields.from_deg, words)}–${degrees(fields.to_deg, words)} (${degrees(span, words)})`;
  }
  if (kind === 'area' || kind === 'rectangle') {
    const around = metres(length([...line, line[0]]), words);
    return line.length > 2 ? `${surface(area(line), words)} · ${around}` : around;
  }
  const last = leg(line[line.length - 2], line[line.length - 1]);
  const whole = metres(length(line), words);
  const direction = degrees(last[1], words);
  return line.length > 2 ? `${whole} · ${metres(last[0], words)} ${direction}` : `${whole} · ${direction}`;
}
