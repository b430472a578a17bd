"""How far this station's clock is from the hub's, measured on every answer."""

from collections import deque
from collections.abc import Callable

_KEPT = 8
_LONGEST_MS = 10_000
_FARTHEST_MS = 10 * 366 * 86_400_000


class Skew:
    """Milliseconds to add to this station's clock to get the hub's.

    The answer that came fastest among the last ones is believed: it leaves the least doubt.
    `source` is the station's own clock, uncorrected (UTC ms).
    """

    def __init__(self, source: Callable[[], int], known: int = 0) -> None:
        self._source = source
        self._heard: deque[tuple[int, int]] = deque(maxlen=_KEPT)
        self.offset_ms = known
        self._contact = 0

    def now(self) -> int:
        """This station's own clock (UTC ms)."""
        return self._source()

    def contact_at(self) -> int:
        """When the hub last answered, on the hub's clock; 0 for never."""
        return self._contact + self.offset_ms if self._contact else 0

    def heard(self, hub_ms: int, took_ms: int) -> None:
        """The hub's clock said `hub_ms` in an answer that `took_ms` from question to header."""
        now = self._source()
        self._contact = now
        offset = hub_ms + took_ms // 2 - now
        if not 0 <= took_ms <= _LONGEST_MS or abs(offset) > _FARTHEST_MS:
            return
        if self._heard and abs(offset - self.offset_ms) > took_ms + self._doubt() + 1000:
            self._heard.clear()  # one of the clocks was set: what was measured before is void
        self._heard.append((took_ms, offset))
        self.offset_ms = min(self._heard)[1]

    def _doubt(self) -> int:
        return min(self._heard)[0]
