"""Who is at a desk now, on all replicas of the hub, and which desks moved since the last look.

A desk whose replica fell silent is gone after a while; one whose link dropped gets a moment to
come back before the others hear that it left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from hub.live.words import DeskWord

GRACE_MS = 10_000
RENEW_MS = 30_000
STALE_MS = 90_000
Key = tuple[str, str]
"""An account at a station."""


def keyed(word: DeskWord) -> Key:
    """Which desk a word is about, within its workspace."""
    return word.presence.account, word.presence.station


@dataclass(frozen=True, slots=True)
class _Desk:
    word: DeskWord
    heard: int
    streams: int = 0
    left: int = 0


class Desks:
    """The desks of all workspaces.  Times are UTC ms."""

    def __init__(self) -> None:
        self._desks: dict[tuple[str, Key], _Desk] = {}
        self._moved: dict[tuple[str, Key], DeskWord] = {}
        self._renewed = 0

    def hear(self, word: DeskWord, now: int) -> bool:
        """Take in where someone is; whether that is news."""
        key = (word.workspace, keyed(word))
        known = self._desks.get(key)
        if not word.presence.person:
            if known is None or known.streams:
                return False
            del self._desks[key]
        else:
            self._desks[key] = (
                _Desk(word, now) if known is None else replace(known, word=word, heard=now)
            )
            if known is not None and known.word == word:
                return False
        self._moved[key] = word
        return True

    def arrive(self, word: DeskWord, now: int) -> DeskWord | None:
        """A stream of that desk opened here; the word to spread, when it is news."""
        key = (word.workspace, keyed(word))
        known = self._desks.get(key)
        if known is None:
            self._desks[key] = _Desk(word, now, streams=1)
            self._moved[key] = word
            return word
        self._desks[key] = replace(known, heard=now, streams=known.streams + 1, left=0)
        return None

    def leave(self, workspace: str, key: Key, now: int) -> None:
        """A stream of that desk closed here."""
        known = self._desks.get((workspace, key))
        if known is not None and known.streams:
            streams = known.streams - 1
            self._desks[workspace, key] = replace(
                known, streams=streams, left=0 if streams else now
            )

    def gone(self, now: int) -> list[DeskWord]:
        """Let go of desks that left or fell silent; the words to spread about those of here."""
        left = [
            key
            for key, desk in self._desks.items()
            if (desk.left and now - desk.left >= GRACE_MS)
            or (not desk.streams and now - desk.heard >= STALE_MS)
        ]
        words = []
        for key in left:
            desk = self._desks.pop(key)
            words.append(_absent(desk.word))
            self._moved[key] = words[-1]
        return words

    def renewals(self, now: int) -> list[DeskWord]:
        """From time to time, all desks of here again, for replicas that just started."""
        if now - self._renewed < RENEW_MS:
            return []
        self._renewed = now
        return [desk.word for desk in self._desks.values() if desk.streams]

    def hide(self, removed: Iterable[str]) -> None:
        """Entities left a bucket: nobody is shown at them until someone says so again."""
        gone = frozenset(removed)
        for key, desk in self._desks.items():
            if desk.word.presence.entity in gone and desk.word.bucket:
                word = msgspec.structs.replace(desk.word, bucket="")
                self._desks[key] = replace(desk, word=word)
                self._moved[key] = word

    def moved(self) -> dict[str, list[DeskWord]]:
        """By workspace, the desks that moved since the last call."""
        words: dict[str, list[DeskWord]] = {}
        for (workspace, _key), word in self._moved.items():
            words.setdefault(workspace, []).append(word)
        self._moved.clear()
        return words

    def present(self, workspace: str) -> list[DeskWord]:
        """All desks of a workspace."""
        return [desk.word for (where, _), desk in self._desks.items() if where == workspace]


def _absent(word: DeskWord) -> DeskWord:
    presence = msgspec.structs.replace(word.presence, person="", post="", entity="", doing="")
    return msgspec.structs.replace(word, presence=presence, bucket="")
