"""Finds whom the words of a search name, among the names that entries are known to hold."""

from dataclasses import dataclass

from beffroi.logbook.known import AUTHOR, ORGANISATION, POST, names
from beffroi.logbook.query import Query
from beffroi.logbook.query.named import called
from beffroi.store import Connection


@dataclass(frozen=True, slots=True)
class Named:
    """The accounts, organisations and posts that a search names."""

    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


def named(connection: Connection, query: Query) -> Named:
    """Whom `query` names; a person answers to the account and to the name shown."""
    return Named(
        _authors(connection, query.authors),
        _among(connection, ORGANISATION, query.organisations),
        _among(connection, POST, query.posts),
    )


def display(connection: Connection, account: str) -> str:
    """The name shown for an account, empty when it is not known."""
    row = connection.execute("SELECT display FROM account WHERE name = ?", (account,)).fetchone()
    return row[0] if row else ""


def any_called(wanted: tuple[str, ...], *held: str) -> bool:
    """Whether one of the names held answers to one of those wanted."""
    return any(called(name, said) for said in wanted for name in held)


def _authors(connection: Connection, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if not wanted:
        return ()
    known = dict.fromkeys(names(connection, AUTHOR), "")
    known |= dict(connection.execute("SELECT name, display FROM account").fetchall())
    return tuple(name for name, shown in known.items() if any_called(wanted, name, shown))


def _among(connection: Connection, kind: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if not wanted:
        return ()
    return tuple(name for name in names(connection, kind) if any_called(wanted, name))
