"""A hybrid logical clock: close to wall time, never going backwards, ordered across nodes.

Source: Kulkarni et al., "Logical Physical Clocks" (2014).  48 bits of milliseconds, 16 of counter.
"""

from beffroi.clock import Clock

_COUNTER_BITS = 16
MAX_AHEAD_MS = 60_000


class HybridClock:
    """Ticks for local acts, listens to the stamps of others."""

    def __init__(self, clock: Clock, last: int = 0) -> None:
        self._clock = clock
        self.last = last

    def tick(self) -> int:
        """A stamp later than all stamps given or heard so far."""
        wall = self._clock.now() << _COUNTER_BITS
        self.last = max(wall, self.last + 1)
        return self.last

    def hear(self, stamp: int) -> None:
        """Take note of another node's stamp; one too far in the future does not drag us along."""
        horizon = (self._clock.now() + MAX_AHEAD_MS) << _COUNTER_BITS
        self.last = max(self.last, min(stamp, horizon))


def wall_time(stamp: int) -> int:
    """The UTC milliseconds inside a stamp."""
    return stamp >> _COUNTER_BITS


def credible(stamp: int, accepted_at: int) -> int:
    """`stamp` as it counts when merging: never over a minute past the hub's acceptance (UTC ms)."""
    return min(stamp, (accepted_at + MAX_AHEAD_MS) << _COUNTER_BITS)
