// What was stamped at a pixel: a buffer of rows, as large as the image and its margins.

const REACH = 4; // device pixels around the pointer

/** The row stamped at a device pixel, or the nearest one around it, or -1.
 *  `stamped` has `pick` (row + 1 of each pixel, `w` in a line with `pad` margins) and the view's `width` and `height`. */
export function rowNear({ pick, w, width, height }, pad, px, py) {
  const middle = Math.round(px), line = Math.round(py);
  for (let reach = 0; reach <= REACH; reach++)
    for (let y = line - reach; y <= line + reach; y++)
      for (let x = middle - reach; x <= middle + reach; x++) {
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        const row = pick[(y + pad) * w + x + pad];
        if (row) return row - 1;
      }
  return -1;
}
