"""Remembers authors, posts and organisations that were written once, so that they are typed only once."""

from collections.abc import Iterable

import msgspec

from beffroi.logbook.entry import Content, Entry
from beffroi.store import Connection

POST, ORGANISATION, AUTHOR = "post", "organisation", "author"


def remember(connection: Connection, entry: Entry, before: Entry | None) -> None:
    """Count the names that `entry` uses now and did not use `before`, and no longer those gone."""
    now, was = names_of(entry), names_of(before) if before else set()
    come(connection, [(kind, name, 1) for kind, name in sorted(now - was)])
    for kind, name in sorted(was - now):
        connection.execute(
            "UPDATE known_value SET uses = uses - 1 WHERE kind = ? AND value = ?", (kind, name)
        )
        connection.execute(
            "DELETE FROM known_value WHERE kind = ? AND value = ? AND uses <= 0", (kind, name)
        )


def forget(connection: Connection, entry: Entry) -> None:
    """Count the names of an entry that goes no more."""
    nobody = msgspec.structs.replace(entry, post="", author="", content=Content(text=""))
    remember(connection, nobody, entry)


def come(connection: Connection, names: Iterable[tuple[str, str, int]]) -> None:
    """So many more uses of each (kind, name)."""
    connection.executemany(
        "INSERT INTO known_value (kind, value, uses) VALUES (?,?,?) "
        "ON CONFLICT (kind, value) DO UPDATE SET uses = uses + excluded.uses",
        names,
    )


def names_of(entry: Entry) -> set[tuple[str, str]]:
    """The names that an entry uses, each with its kind."""
    content = entry.content
    used = {(POST, name) for name in (*content.for_action, *content.for_info, entry.post)}
    used |= {(ORGANISATION, content.organisation), (AUTHOR, entry.author)}
    return {(kind, name) for kind, name in used if name}


def names(connection: Connection, kind: str) -> list[str]:
    """The names of that kind, the most used first."""
    rows = connection.execute(
        "SELECT value FROM known_value WHERE kind = ? ORDER BY uses DESC, value", (kind,)
    )
    return [row[0] for row in rows]
