"""Remembers authors, posts and organisations that were written once, so that they are typed only once."""

from beffroi.logbook.entry import Content, Entry
from beffroi.store import Connection

POST, ORGANISATION, AUTHOR = "post", "organisation", "author"


def remember(connection: Connection, entry: Entry, before: Content | None) -> None:
    """Count the names that `entry` uses and did not use before."""
    new = _used(entry.content) - (_used(before) if before else set())
    if before is None:
        new |= {(kind, name) for kind, name in ((POST, entry.post), (AUTHOR, entry.author)) if name}
    connection.executemany(
        "INSERT INTO known_value (kind, value, uses) VALUES (?,?,1) "
        "ON CONFLICT (kind, value) DO UPDATE SET uses = uses + 1",
        sorted(new),
    )


def _used(content: Content) -> set[tuple[str, str]]:
    used = {(POST, name) for name in (*content.for_action, *content.for_info)}
    if content.organisation:
        used.add((ORGANISATION, content.organisation))
    return used


def names(connection: Connection, kind: str) -> list[str]:
    """The names of that kind, the most used first."""
    rows = connection.execute(
        "SELECT value FROM known_value WHERE kind = ? ORDER BY uses DESC, value", (kind,)
    )
    return [row[0] for row in rows]
