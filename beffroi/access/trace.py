"""What the security officer reads: one access or one change, from whichever chain it lies in."""

from typing import Literal

import msgspec

AUDIT, JOURNAL = "audit", "journal"
"""The chain of accesses and the chain of operations (changes)."""


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """One line.  `at` is UTC ms, `detail` is JSON, `label` is the number that people know.

    A line that a station sent to the hub has a `source` (its chain) and its number there; `flaw`
    says what was wrong when it came (a code of `Verdict.why`).  Contents are never in a trace.
    """

    at: int
    chain: str
    seq: int
    account: str
    post: str = ""
    station: str = ""
    device: str = ""
    action: str
    object: str = ""
    detail: str = "{}"
    source: str = ""
    source_seq: int = 0
    flaw: str = ""
    hash: str = ""
    label: str = ""

    @property
    def place(self) -> "Place":
        """Where it stands, to go on after it."""
        return (self.at, self.chain, self.seq)


Place = tuple[int, str, int]
"""A trace's moment, chain and number: the order in which traces are read."""


class TracePage(msgspec.Struct, frozen=True, kw_only=True):
    """Some traces, newest first; `more` says that older ones answer too."""

    traces: list[Trace]
    more: bool


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a chain is whole, and its first broken link otherwise.

    `chain` is `audit`, `journal`, `seals` (then `label` is the sealed chain and `seq` the seal's
    number), `station` (then `source` says whose), `entries` (then `label` names one that does not
    follow from the journal) or `store` (the file).  `why` is
    `missing`, `altered`, `unlinked`, `cut`, `seal` (a signature or a hash that does not agree) or
    `damaged`.  `lines` is how many were read.
    """

    chain: str
    whole: bool
    seq: int | None = None
    why: Literal["", "missing", "altered", "unlinked", "cut", "seal", "damaged"] = ""
    label: str = ""
    source: str = ""
    lines: int = 0
