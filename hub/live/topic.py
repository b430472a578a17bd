"""A rights group: all connected desktops that see the same, and what they were told."""

from collections.abc import Collection, Iterable, Sequence

import msgspec

from beffroi.sync import wire
from hub.live.desks import Key, keyed
from hub.live.frames import Spliced, frame
from hub.live.listener import Listener
from hub.live.words import DeskWord, SeenWord
from hub.scope import Scope

MAX_RECORDS = 500
MAX_EVENT_BYTES = 400_000
"""More than that at once is pulled, by pages and compressed, rather than sent to each."""
RESYNC = frame(wire.Event(resync=True))
OBSERVED = frame(wire.Event(observed=True))


class Topic:
    """The listeners of one scope.

    `told` is the position up to which they know everything that they may see.
    """

    def __init__(self, scope: Scope, told: int) -> None:
        self.scope = scope
        self.told = told
        self.listeners: set[Listener] = set()
        self.overflows = 0
        self._newcomers: list[Listener] = []
        self._seen: dict[str, bool] = {}
        self._shown: dict[Key, wire.Presence] = {}

    @property
    def has_newcomers(self) -> bool:
        """Whether someone was not told yet who is there."""
        return bool(self._newcomers)

    def sees(self, bucket: str) -> bool:
        """Whether `bucket` exists for this group; remembered, for it is asked at every record."""
        known = self._seen.get(bucket)
        if known is None:
            known = self._seen[bucket] = self.scope.sees(bucket)
        return known

    def grow(self, records: Sequence[tuple[str, msgspec.Raw]], head: int, now: int) -> int:
        """Tell what came up to position `head`; how many desktops were told."""
        visible = [raw for bucket, raw in records if self.sees(bucket)]
        if not visible:
            return 0
        after, self.told = self.told, head
        if len(visible) > MAX_RECORDS or sum(len(bytes(raw)) for raw in visible) > MAX_EVENT_BYTES:
            return self.send(frame(wire.Event(resync=True, head=head, now=now)))
        return self.send(frame(Spliced(records=visible, after=after, head=head, now=now)))

    def greet(self, listener: Listener, now: int) -> None:
        """Take a listener in and say where the group stands; who is there comes a moment later."""
        self.listeners.add(listener)
        self._newcomers.append(listener)
        listener.offer(frame(wire.Event(head=self.told, now=now)))

    def leave(self, listener: Listener) -> None:
        """Let a listener go."""
        self.listeners.discard(listener)
        if listener in self._newcomers:
            self._newcomers.remove(listener)

    def show(
        self,
        desks: Sequence[DeskWord],
        moved: Iterable[DeskWord],
        seen: Iterable[SeenWord],
        now: int,
    ) -> int:
        """Tell who moved and who has read what, as far as this group may know.

        Newcomers are told of all `desks`: the first presence on a stream is the whole of it.
        """
        views = [view for word in moved if (view := self._moved(word)) is not None]
        read = [word.seen for word in seen if self.sees(word.bucket)]
        newcomers, self._newcomers = self._newcomers, []
        told = 0
        if newcomers:
            self._shown = {keyed(word): self._view(word) for word in desks}
            everyone = list(self._shown.values())
            told += self._give(frame(wire.Event(presence=everyone, seen=read, now=now)), newcomers)
        if views or read:
            message = frame(wire.Event(presence=views or None, seen=read, now=now))
            fresh = set(newcomers)
            told += self._give(message, [one for one in self.listeners if one not in fresh])
        return told

    def poke(self, buckets: Iterable[str]) -> None:
        """Say that sources told something new, when they lie where this group sees."""
        if any(self.sees(bucket) for bucket in buckets):
            self.send(OBSERVED)

    def send(self, message: bytes) -> int:
        """Give `message` to every listener; how many took it."""
        return self._give(message, self.listeners)

    def _give(self, message: bytes, listeners: Collection[Listener]) -> int:
        """Those without room are asked to pull and let go."""
        late = [listener for listener in listeners if not listener.offer(message)]
        for listener in late:
            listener.drop(RESYNC)
        self.overflows += len(late)
        return len(listeners) - len(late)

    def _view(self, word: DeskWord) -> wire.Presence:
        """A desk as this group may see it: what lies outside is not looked at by anyone."""
        if not word.presence.entity or (word.bucket and self.sees(word.bucket)):
            return word.presence
        return msgspec.structs.replace(word.presence, entity="", doing="")

    def _moved(self, word: DeskWord) -> wire.Presence | None:
        """The view of a desk, when it differs from what this group was shown."""
        key, view = keyed(word), self._view(word)
        if not view.person:
            return view if self._shown.pop(key, None) is not None else None
        if self._shown.get(key) == view:
            return None
        self._shown[key] = view
        return view
