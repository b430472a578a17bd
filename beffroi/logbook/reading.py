"""Reading the main courante: an entry, its history, its thread, known names."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from beffroi.journal import Operation
from beffroi.logbook import known, rows
from beffroi.logbook import operations as ops
from beffroi.logbook.content import merged
from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification
from beffroi.logbook.part import Part, needed
from beffroi.store import Connection

_NUMBER = re.compile(r"(?:(?P<journal>\S*?)-)?0*(?P<number>\d{1,12})")


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
        """The entry a person names: `123`, `n° 123` or `MC-2024-000123`."""
        match = _NUMBER.fullmatch(re.sub(r"^n\s*[°o]?\s*", "", text.strip(), flags=re.IGNORECASE))
        if match is None:
            return None
        with self._store.read() as connection:
            journal = (match["journal"] or self._prefix(connection)).upper()
            return rows.one(
                connection, "e.journal = ? AND e.number = ?", journal, int(match["number"])
            )

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
        versions: list[Version] = []
        for operation in self._journal.history(uid):
            version = next_version(versions[-1] if versions else None, operation)
            if version is not None:
                versions.append(version)
        return versions

    def posts(self) -> list[str]:
        """Posts that wrote or were written to, the most used first."""
        with self._store.read() as connection:
            return known.names(connection, known.POST)

    def organisations(self) -> list[str]:
        """Organisations that entries name, the most used first."""
        with self._store.read() as connection:
            return known.names(connection, known.ORGANISATION)


def next_version(last: Version | None, operation: Operation) -> Version | None:
    """An entry after one more operation; None when the operation says nothing of its content."""
    common: dict[str, Any] = {
        "at": operation.made_at,
        "author": operation.author,
        "post": operation.post,
        "kind": operation.kind,
    }
    if operation.kind == ops.PUBLISH:
        told = msgspec.json.decode(operation.payload, type=ops.Publish)
        common["at"] = operation.made_at if told.entered_time is None else told.entered_time
        level = Qualification(told.qualification or Qualification.RAW)
        return Version(version=1, reason="", content=told.content, qualification=level, **common)
    if last is None:
        return None
    if operation.kind == ops.CORRECT:
        correction = msgspec.json.decode(operation.payload, type=ops.Correct)
        return msgspec.structs.replace(
            last, **common, version=correction.version, reason=correction.reason,
            content=correction.content, lifecycle=Lifecycle.CORRECTED,
        )  # fmt: skip
    if operation.kind == ops.VOID:
        void = msgspec.json.decode(operation.payload, type=ops.Void)
        return msgspec.structs.replace(last, **common, reason=void.reason, lifecycle=Lifecycle.VOID)
    if operation.kind == ops.QUALIFY:
        assessed = msgspec.json.decode(operation.payload, type=ops.Qualify)
        return msgspec.structs.replace(
            last, **common, reason="", content=merged(last.content, assessed.changes),
            qualification=Qualification(assessed.qualification or last.qualification),
        )  # fmt: skip
    return None
