"""Reading the main courante: an entry, its history, its thread, known names."""

import re
from collections.abc import Sequence

import msgspec

from beffroi.logbook import known, labels, numbering, rows
from beffroi.logbook import operations as ops
from beffroi.logbook.acts import acts_on
from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification
from beffroi.logbook.merge import Kept, entries, kinds
from beffroi.logbook.part import Part, needed
from beffroi.store import Connection

_NUMBER = re.compile(
    r"(?:(?P<journal>[^\s~]*?)-)?0*(?P<number>\d{1,12})(?:~(?P<station>\w{1,12}))?"
)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it stood after one act.  `at` is UTC ms; `kind` is the operation's."""

    version: int
    at: int
    author: str
    post: str
    reason: str
    content: Content
    kind: str = ops.PUBLISH
    qualification: Qualification = Qualification.RAW
    lifecycle: Lifecycle = Lifecycle.PUBLISHED


class Reading(Part):
    """What can be asked of entries, besides searching them."""

    def entry(self, uid: str) -> Entry:
        """The entry `uid`.

        Raises:
            BeffroiError: there is none.
        """
        with self._store.read() as connection:
            return needed(connection, uid)

    def entry_at(self, rid: int) -> Entry:
        """The entry in row `rid`.

        Raises:
            BeffroiError: there is none.
        """
        with self._store.read() as connection:
            return needed(connection, rid=rid)

    def by_number(self, text: str) -> Entry | None:
        """The entry a person names: `123`, `n° 123`, `MC-2024-000123`, or once `123~S4`."""
        match = _NUMBER.fullmatch(re.sub(r"^n\s*[°o]?\s*", "", text.strip(), flags=re.IGNORECASE))
        if match is None:
            return None
        with self._store.read() as connection:
            journal = (match["journal"] or self._prefix(connection)).upper()
            number = int(match["number"])
            if match["station"] is None:
                return rows.one(connection, "e.journal = ? AND e.number = ?", journal, number)
            journal = labels.provisional(journal, match["station"].upper())
            return rows.one(
                connection,
                "e.uid = ? OR (e.journal = ? AND e.number = ?)",
                numbering.named(connection, labels.label(journal, number)), journal, number,
            )  # fmt: skip

    def former_labels(self, uid: str) -> list[str]:
        """The provisional names that an entry had before its definitive one."""
        with self._store.read() as connection:
            return numbering.aliases(connection, uid)

    def _prefix(self, connection: Connection) -> str:
        row = connection.execute(
            "SELECT prefix FROM logbook WHERE code = ?", (self._code,)
        ).fetchone()
        return str(row[0])

    def entries(self, rids: Sequence[int]) -> list[Entry]:
        """The entries in these rows, in that order; those that do not exist are left out."""
        with self._store.read() as connection:
            found = rows.by_rids(connection, rids)
        return [found[rid] for rid in map(int, rids) if rid in found]

    def total(self) -> int:
        """How many entries there are."""
        with self._store.read() as connection:
            return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])

    def history(self, uid: str) -> list[Version]:
        """What an entry said after each act on it, oldest first."""
        with self._store.read() as connection:
            acts = acts_on(connection, kinds.ENTRY, uid)
        versions = (version_after(uid, acts[:count]) for count in range(1, len(acts) + 1))
        return [version for version in versions if version is not None]

    def posts(self) -> list[str]:
        """Posts that wrote or were written to, the most used first."""
        with self._store.read() as connection:
            return known.names(connection, known.POST)

    def organisations(self) -> list[str]:
        """Organisations that entries name, the most used first."""
        with self._store.read() as connection:
            return known.names(connection, known.ORGANISATION)


def version_after(uid: str, acts: Sequence[Kept]) -> Version | None:
    """What entry `uid` says after `acts`, and the last of them; None before it is published."""
    shown = entries.entry(uid, acts)
    if shown is None:
        return None
    act = acts[-1]
    at = shown.entered_time if act is shown.born else act.made_at
    return Version(
        version=shown.version, at=at, author=act.author, post=act.post, kind=act.kind,
        reason=entries.reason(act), content=shown.content, qualification=shown.qualification,
        lifecycle=shown.lifecycle,
    )  # fmt: skip
