"""Remembers posts and organisations that were written once, so that they are typed only once."""

from beffroi.logbook.entry import Entry
from beffroi.store import Connection

POST, ORGANISATION = "post", "organisation"


def remember(connection: Connection, entry: Entry) -> None:
    """Count the names that `entry` uses."""
    content = entry.content
    names = {(POST, name) for name in (entry.post, *content.for_action, *content.for_info) if name}
    if content.organisation:
        names.add((ORGANISATION, content.organisation))
    connection.executemany(
        "INSERT INTO known_value (kind, value, uses) VALUES (?,?,1) "
        "ON CONFLICT (kind, value) DO UPDATE SET uses = uses + 1",
        sorted(names),
    )


def names(connection: Connection, kind: str) -> list[str]:
    """The names of that kind, the most used first."""
    rows = connection.execute(
        "SELECT value FROM known_value WHERE kind = ? ORDER BY uses DESC, value", (kind,)
    )
    return [row[0] for row in rows]
