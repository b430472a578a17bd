"""A sheet as it stands: what a source, a calque, a shape, a zone, a track or a stage is made of."""

from collections.abc import Iterator
from typing import Any

import msgspec

from beffroi.store import Connection, Row

COLUMNS = (
    "uid, kind, fields, author, post, changed_by, marking, caveats, rivals, made_at, changed_at"
)
MARKS = ",".join("?" * 11)
_fields = msgspec.json.Decoder(dict[str, Any])


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Named fields (JSON values), who made them when, and who may see them; times are UTC ms.

    What is not `shared` is its author's alone and never leaves this station.  `rivals` are fields
    for which several people gave different values at the same time: they wait for a choice.
    """

    uid: str
    kind: str
    fields: dict[str, Any]
    shared: bool
    author: str
    post: str
    made_at: int
    changed_at: int
    changed_by: str
    marking: str = "DR"
    caveats: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


def one(connection: Connection, account: str, uid: str) -> Sheet | None:
    """The sheet `uid`: a shared one, or `account`'s own."""
    return next(_found(connection, account, "uid = ?", uid), None)


def of_kind(connection: Connection, account: str, kind: str) -> list[Sheet]:
    """The sheets of a kind that `account` sees, the oldest first."""
    found = _found(connection, account, "kind = ?", kind)
    return sorted(found, key=lambda sheet: (sheet.made_at, sheet.uid))


def uids_of_kind(connection: Connection, kind: str) -> set[str]:
    """The uids of all sheets of a kind here, whoever they belong to."""
    rows = connection.execute(
        "SELECT uid FROM sheet WHERE kind = ? UNION SELECT uid FROM own_sheet WHERE kind = ?",
        (kind, kind),
    )
    return {uid for (uid,) in rows}


def _found(connection: Connection, account: str, where: str, value: str) -> Iterator[Sheet]:
    shared = connection.execute(f"SELECT {COLUMNS} FROM sheet WHERE {where}", (value,))
    for row in shared.fetchall():
        yield _sheet(row, shared=True)
    own = connection.execute(
        f"SELECT {COLUMNS} FROM own_sheet WHERE {where} AND author = ?", (value, account)
    )
    for row in own.fetchall():
        yield _sheet(row, shared=False)


def _sheet(row: Row, *, shared: bool) -> Sheet:
    uid, kind, fields, author, post, changed_by, marking, caveats, rivals, made_at, changed_at = row
    return Sheet(
        uid=uid, kind=kind, fields=_fields.decode(fields), shared=shared, author=author, post=post,
        made_at=made_at, changed_at=changed_at, changed_by=changed_by, marking=marking,
        caveats=tuple(caveats.split("+")) if caveats else (), rivals=tuple(rivals.split()),
    )  # fmt: skip
