"""Keeps the desktop told of the link: every change of state at once, progress now and then."""

import time
from collections.abc import Callable

import msgspec

from beffroi.sync.skew import Skew
from beffroi.sync.status import Link, LinkStatus, Notice, State, Told

EVERY_S = 0.2
CONTACT_EVERY_MS = 5_000
Tell = Callable[[Told], None]


class Reporter:
    """Holds the status of the link; `tell` carries messages to whoever shows them.

    Times are the hub's, as far as `skew` knows them.
    """

    def __init__(self, tell: Tell, skew: Skew) -> None:
        self.tell = tell
        self._skew = skew
        self.status = LinkStatus(since=self._now())
        self._told = LinkStatus()
        self._told_at = 0.0
        self._noticed: set[str] = set()

    def _now(self) -> int:
        return self._skew.now() + self._skew.offset_ms

    def state(self, state: State, sentence: str = "") -> None:
        """The link is in this state from now on."""
        since = self.status.since if state == self.status.state else self._now()
        self._set(state=state, since=since, sentence=sentence)
        self.flush()

    def counts(self, waiting: int, quarantined: int) -> None:
        """So many operations wait, so many lie in quarantine."""
        changed = (waiting, quarantined) != (self.status.waiting, self.status.quarantined)
        self._set(waiting=waiting, quarantined=quarantined)
        if changed:
            self._now_and_then()

    def progress(self, done: int, total: int) -> None:
        """`done` of `total` operations have been exchanged."""
        self._set(done=done, total=total)
        self._now_and_then()

    def hindered(self, code: str, sentence: str) -> None:
        """Something keeps it from going on; said once until `freed`."""
        self._set(sentence=sentence)
        self.flush()
        if code not in self._noticed:
            self._noticed.add(code)
            self.tell(Notice(code=code, sentence=sentence))

    def freed(self, code: str) -> None:
        """What hindered is over."""
        if code in self._noticed:
            self._noticed.discard(code)
            self._set(sentence="")
            self.flush()

    def contact(self) -> None:
        """Tell the age of the last contact again when the last one told is old."""
        if self._skew.contact_at() - self._told.last_contact >= CONTACT_EVERY_MS:
            self.flush()

    def _set(self, **fields: object) -> None:
        self.status = msgspec.structs.replace(self.status, **fields)

    def _now_and_then(self) -> None:
        if time.monotonic() - self._told_at >= EVERY_S:
            self.flush()

    def flush(self) -> None:
        """Tell the status as it is, unless it was told already."""
        self._set(last_contact=self._skew.contact_at(), skew_ms=self._skew.offset_ms)
        if self.status != self._told:
            self._told, self._told_at = self.status, time.monotonic()
            self.tell(Link(status=self.status))
