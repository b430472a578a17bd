"""A verdict on all that a station keeps: its two chains, what its lists show, its file."""

from collections.abc import Callable
from typing import Literal, Protocol, cast

from beffroi.access.trace import AUDIT, JOURNAL, Verdict
from beffroi.journal.chain import ChainBreak
from beffroi.store import Store

Broken = Literal["missing", "altered", "unlinked"]


class Chained(Protocol):
    """A chain that can be followed from its first line."""

    def verify(self) -> ChainBreak | None:
        """Its first broken link, None when it is whole."""
        ...


def station_verdicts(
    journal: Chained, audit: Chained, store: Store, unfaithful: Callable[[], str | None]
) -> list[Verdict]:
    """The verdicts, in order; `unfaithful` names an entry that does not follow from the journal.

    Raises:
        StoreError: the file is too damaged to be read.
    """
    return [
        chain_verdict(JOURNAL, journal.verify()),
        chain_verdict(AUDIT, audit.verify()),
        _entries(unfaithful()),
        _file(store.damaged_pages()),
    ]


def chain_verdict(name: str, broken: ChainBreak | None, lines: int = 0) -> Verdict:
    """The verdict on one chain."""
    if broken is None:
        return Verdict(chain=name, whole=True, lines=lines)
    why = cast("Broken", broken.why)
    return Verdict(chain=name, whole=False, seq=broken.seq, why=why, lines=lines)


def _entries(label: str | None) -> Verdict:
    if label is None:
        return Verdict(chain="entries", whole=True)
    return Verdict(chain="entries", whole=False, why="altered", label=label)


def _file(pages: int) -> Verdict:
    return Verdict(chain="store", whole=not pages, why="damaged" if pages else "")
