"""What can have changed in the logbook, told once it is safely stored."""

from dataclasses import dataclass

from beffroi.changes import Change
from beffroi.logbook.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAdded(Change):
    """A new line in the main courante."""

    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChanged(Change):
    """An entry was qualified, corrected, voided, linked or followed up."""

    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyEntriesAdded(Change):
    """So many lines arrived at once (an import) that views had better read them again."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierChanged(Change):
    """A dossier was opened, or its content or its figures changed."""

    dossier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpChanged(Change):
    """A follow-up was opened, acknowledged, done or dropped."""

    followup: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChanged(Change):
    """A source, a calque, a shape... was made, written, shared or dropped, or left this node."""

    kind: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRemoved(Change):
    """An entry left this node: the right to see it ended."""

    uid: str
    rid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictChanged(Change):
    """Several people said different things of an entry, a dossier or a follow-up, or one settled it."""

    entity: str
