"""Numbers of tiles in PMTiles: all tiles of the zooms before, then their place on a Hilbert curve."""

MAX_ZOOM = 24


def number(z: int, x: int, y: int) -> int:
    """The number of a tile; `y` grows southwards.

    Raises:
        ValueError: there is no such tile.
    """
    side = 1 << z
    if not (0 <= z <= MAX_ZOOM and 0 <= x < side and 0 <= y < side):
        message = f"no tile {z}/{x}/{y}"
        raise ValueError(message)
    before: int = (4**z - 1) // 3
    place = 0
    step = side >> 1
    while step:
        right, down = int(x & step > 0), int(y & step > 0)
        place += step * step * ((3 * right) ^ down)
        x, y = _turned(step, x, y, right, down)
        step >>= 1
    return before + place


def tile(number: int) -> tuple[int, int, int]:
    """The zoom, column and row of a number."""
    z, before = 0, 0
    while before + 4**z <= number:
        before += 4**z
        z += 1
    rest, x, y, step = number - before, 0, 0, 1
    while step < 1 << z:
        right = 1 & (rest // 2)
        down = 1 & (rest ^ right)
        x, y = _turned(step, x, y, right, down)
        x, y = x + step * right, y + step * down
        rest //= 4
        step <<= 1
    return z, x, y


def _turned(step: int, x: int, y: int, right: int, down: int) -> tuple[int, int]:
    if down:
        return x, y
    if right:
        x, y = step - 1 - (x & (step - 1)), step - 1 - (y & (step - 1))
    else:
        x, y = x & (step - 1), y & (step - 1)
    return y, x
