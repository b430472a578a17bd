"""Gathers what was wrong while a sample is read: each reason once, with how often it was met."""

from collections.abc import Iterator, Sequence
from typing import overload

from typing_extensions import override

from beffroi.plugin.record import Problem

MAX_REASONS = 200


class _Line:
    __slots__ = ("count", "lost", "where")

    def __init__(self, where: str, *, lost: bool) -> None:
        self.where = where
        self.lost = lost
        self.count = 0


class Book(Sequence[Problem]):
    """The problems of one reading, the most frequent first; give it as `Reading.problems`.

    It may still grow while the records are consumed.  Reasons beyond 200 are not told apart.
    """

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    def note(self, where: str, why: str, count: int = 1, *, lost: bool = True) -> None:
        """Remember one more case of `why`, first met at `where`.

        `lost` says that the record was left out; otherwise it was kept all the same.
        """
        if why not in self._lines and len(self._lines) >= MAX_REASONS:
            why = next(reversed(self._lines))
        line = self._lines.setdefault(why, _Line(where, lost=lost))
        line.count += count
        line.lost = line.lost or lost

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was met, the most frequent first."""
        found = [
            Problem(where=line.where, why=why, count=line.count, lost=line.lost)
            for why, line in self._lines.items()
        ]
        return tuple(sorted(found, key=lambda problem: -problem.count))

    @property
    def lost(self) -> int:
        """How many records were left out."""
        return sum(line.count for line in self._lines.values() if line.lost)

    @overload
    def __getitem__(self, index: int) -> Problem: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Problem]: ...
    @override
    def __getitem__(self, index: int | slice) -> Problem | Sequence[Problem]:
        return self.problems[index]

    @override
    def __len__(self) -> int:
        return len(self._lines)

    @override
    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)
