"""Keeps the search index true, inside the transaction that changes an entry."""

from collections.abc import Sequence

from beffroi.logbook.entry import Content, Entry
from beffroi.logbook.facets import entry_words
from beffroi.logbook.words import words
from beffroi.store import Connection

READ_UP_TO = "read_up_to/"
_INSERT = "INSERT INTO entry_fts (rowid, text, place, origin, facets) VALUES (?,?,?,?,?)"


def index_entry(connection: Connection, entry: Entry, previous: Content | None) -> None:
    """Index `entry` as it now stands; `previous` is its content before, None for a new entry."""
    if previous is not None:
        connection.execute("DELETE FROM entry_fts WHERE rowid = ?", (entry.rid,))
    connection.execute(_INSERT, (entry.rid, *searched(entry)))
    _index_tags(connection, entry, previous)
    if previous is None or previous.text != entry.content.text:
        _mark_unread(connection, entry, new=previous is None)


def index_new(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index entries that are all new, as `index_entry` does one by one."""
    connection.executemany(_INSERT, ((entry.rid, *searched(entry)) for entry in entries))
    connection.executemany(
        "INSERT OR IGNORE INTO entry_tag (tag, rid) VALUES (?,?)",
        [(tag, entry.rid) for entry in entries for tag in entry.content.tags],
    )
    readers = _readers(connection)
    marks = [(entry.author, entry.rid) for entry in entries]
    marks += [
        (account, -entry.rid)
        for account, read_up_to in readers
        for entry in entries
        if read_up_to >= entry.rid and account != entry.author
    ]
    connection.executemany("INSERT OR IGNORE INTO read_mark (account, rid) VALUES (?,?)", marks)


def searched(entry: Entry) -> tuple[str, str, str, str]:
    """What the index holds of an entry: its words, its place, where it came from, its facets."""
    return (*spoken(entry), " ".join(entry_words(entry)))


def spoken(entry: Entry) -> tuple[str, str, str]:
    """The part of an entry that words can find, cut into words."""
    c = entry.content
    names = [attachment.name for attachment in c.attachments]
    return (
        _cut(c.text),
        _cut(c.place, c.commune),
        _cut(c.origin, c.organisation, c.on_behalf_of, *names),
    )


def _cut(*texts: str) -> str:
    said = " ".join(filter(None, texts))
    return " ".join(words(said)) if said else ""


def _index_tags(connection: Connection, entry: Entry, previous: Content | None) -> None:
    tags = entry.content.tags
    if previous is not None:
        if previous.tags == tags:
            return
        connection.execute("DELETE FROM entry_tag WHERE rid = ?", (entry.rid,))
    connection.executemany(
        "INSERT OR IGNORE INTO entry_tag (tag, rid) VALUES (?,?)",
        [(tag, entry.rid) for tag in tags],
    )


def _mark_unread(connection: Connection, entry: Entry, *, new: bool) -> None:
    """Make new words unread for everyone but their author.

    Those who have read all up to a later moment (`read_up_to/`) get an exception, kept as a
    negative row id.
    """
    if not new:
        connection.execute(
            "DELETE FROM read_mark WHERE account IN (SELECT name FROM account) AND rid = ?",
            (entry.rid,),
        )
    marks = [
        (account, -entry.rid)
        for account, read_up_to in _readers(connection)
        if read_up_to >= entry.rid and account != entry.author
    ]
    connection.executemany(
        "INSERT OR IGNORE INTO read_mark (account, rid) VALUES (?,?)",
        [(entry.author, entry.rid), *marks],
    )
    connection.execute(
        "DELETE FROM read_mark WHERE account = ? AND rid = ?", (entry.author, -entry.rid)
    )


def _readers(connection: Connection) -> list[tuple[str, int]]:
    """Who has read all up to which row."""
    rows: list[tuple[str, int]] = connection.execute(
        "SELECT substr(key, ?), CAST(value AS INTEGER) FROM setting WHERE key >= ? AND key < ?",
        (len(READ_UP_TO) + 1, READ_UP_TO, READ_UP_TO + "\uffff"),
    ).fetchall()
    return rows
