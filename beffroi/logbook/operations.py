"""The payload of each operation of the logbook, as it is kept in the journal for ever."""

from typing import Any

import msgspec

from beffroi.logbook.entry import Content, LinkKind


class Publish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A new entry with its number in its journal.

    `entered_time` (UTC ms) is given when it was written down elsewhere before: an import.
    """

    journal: str
    number: int
    content: Content
    entered_time: int | None = None
    qualification: str = ""


class Correct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A new version of an entry, and why: of its whole content, or of the `fields` that changed.

    `seen` names the operations whose values it replaces; None, as in old journals, for all before.
    """

    version: int
    content: Content
    reason: str
    fields: tuple[str, ...] | None = None
    seen: tuple[str, ...] | None = None


class Void(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that should not have been; it stays visible."""

    reason: str


class Qualify(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Fields of an entry that were assessed: name → new value as JSON; `seen` as in `Correct`."""

    changes: dict[str, Any]
    qualification: str = ""
    seen: tuple[str, ...] | None = None


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """`source` bears on `target`."""

    source: str
    kind: LinkKind
    target: str


class OpenDossier(msgspec.Struct, frozen=True, kw_only=True):
    """A case that gathers entries."""

    number: int
    title: str
    gravity: int
    entries: tuple[str, ...]
    status: str = "open"


class EditDossier(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Entries put into or taken out of a dossier; title, gravity, status when given.

    `seen` as in `Correct`.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    title: str = ""
    gravity: int | None = None
    status: str = ""
    reason: str = ""
    seen: tuple[str, ...] | None = None


class OpenFollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """Something that `owner_post` must do about `entry` by `due` (UTC ms)."""

    entry: str
    owner_post: str
    due: int | None
    text: str


class UpdateFollowUp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a follow-up goes on; `seen` as in `Correct`."""

    status: str
    note: str = ""
    due: int | None = None
    seen: tuple[str, ...] | None = None


class RecordFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A value of an indicator, as said by `source` as of `as_of` (UTC ms)."""

    dossier: str
    indicator: str
    value: str
    unit: str = ""
    source: str
    as_of: int
    provisional: bool = False
    note: str = ""
    entry: str = ""


class Arbitrate(msgspec.Struct, frozen=True, kw_only=True):
    """The wording kept for contradictory values of an indicator, and why."""

    dossier: str
    indicator: str
    kept: str
    reason: str
    figures: tuple[str, ...]


PUBLISH, CORRECT, VOID, QUALIFY = "entry.publish", "entry.correct", "entry.void", "entry.qualify"
LINK, UNLINK = "link.add", "link.remove"
DOSSIER_OPEN, DOSSIER_EDIT = "dossier.open", "dossier.edit"
FOLLOWUP_OPEN, FOLLOWUP_UPDATE = "followup.open", "followup.update"
FIGURE_RECORD, FIGURE_ARBITRATE = "figure.record", "figure.arbitrate"
