"""Frequent acts (reading an entry, searching) wait together, at most a minute, and are counted."""

from beffroi.clock import Clock
from hub.trail.actor import Actor

AT_MOST = 200
FOR_MS = 60_000
Key = tuple[Actor, str, str, str]
"""Who, action, object, detail (JSON)."""


class Noted:
    """The same act by the same person counts once, with how many times it was done."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = 0
        self._acts: dict[Key, tuple[int, int]] = {}

    def add(self, key: Key) -> bool:
        """Keep one act; whether it is time to write them down."""
        now = self._clock.now()
        if not self._acts:
            self._since = now
        at, times = self._acts.get(key, (now, 0))
        self._acts[key] = (at, times + 1)
        return self.due

    @property
    def due(self) -> bool:
        """Whether what waits must be written now."""
        waited = self._clock.now() - self._since
        return bool(self._acts) and (len(self._acts) >= AT_MOST or waited >= FOR_MS)

    def take(self) -> list[tuple[Key, int, int]]:
        """All that waits as (act, when it was first done, how many times), and start again."""
        taken = [(key, at, times) for key, (at, times) in self._acts.items()]
        self._acts = {}
        return taken
