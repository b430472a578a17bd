"""Completes what is being typed in the search bar: names of filters, then their values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from beffroi.logbook.known import ORGANISATION, POST, names
from beffroi.logbook.query import keys
from beffroi.logbook.search.people import any_called
from beffroi.logbook.words import fold
from beffroi.store import Connection

LIMIT = 12
_NAMED = ("auteur", "poste", "org")
_LAST = re.compile(r"(?P<minus>-?)(?P<key>[^\W\d_][\w’'-]*)(?P<op>:|>=|<=)?(?P<value>\"?[^\"]*)$")
_VALUED = {
    "gravité": tuple("01234"),
    "depuis": ("30min", "2h", "12h", "24h", "hier", "7j"),
    "suite": ("ouverte", "retard", "faite"),
    "fait": ("marquant",),
    "pj": ("oui", "non"),
    "lieu": ("oui", "non"),
    "lu": ("non", "oui"),
    "tri": ("saisie", "événement"),
    "nature": tuple(keys.SAID_NATURE.values()),
    "statut": (*keys.SAID_QUALIFICATION.values(), *keys.SAID_LIFECYCLE.values()),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` replaces the last `replaces` characters typed; `detail` explains it."""

    text: str
    detail: str
    replaces: int


TagNames = Iterable[tuple[str, str]]


def suggestions(connection: Connection, typed: str, tags: TagNames) -> list[Suggestion]:
    """What may complete the end of `typed`."""
    match = _LAST.search(typed.rsplit(" ", 1)[-1] if '"' not in typed else typed)
    if match is None:
        return []
    if match["op"] is None:
        return _filters(match[0], match["minus"], match["key"])
    name = keys.filter_named(match["key"])
    if name is None:
        return []
    said = fold(match["value"].strip('"'))
    head = f"{match['minus']}{name}{match['op']}"
    found: list[Suggestion] = []
    for value, detail in _values(connection, name, tags):
        named = name in _NAMED and any_called((said,), value, detail)
        if named or said in fold(value) or (detail and said in fold(detail)):
            shown = f'"{value}"' if " " in value else value
            found.append(Suggestion(f"{head}{shown}", detail, len(match[0])))
    found.sort(key=lambda s: not fold(s.text).startswith(fold(head + said)))
    return found[:LIMIT]


def _filters(typed: str, minus: str, key: str) -> list[Suggestion]:
    begun = fold(key)
    return [
        Suggestion(f"{minus}{name}:", "", len(typed))
        for name, others in keys.FILTERS.items()
        if any(fold(n).startswith(begun) for n in (name, *others))
    ][:LIMIT]


def _values(connection: Connection, name: str, tags: TagNames) -> Iterable[tuple[str, str]]:
    match name:
        case "étiquette":
            return tags
        case "auteur":
            rows = connection.execute("SELECT name, display FROM account ORDER BY name")
            return [(row[0], row[1]) for row in rows]
        case "poste":
            return [(value, "") for value in names(connection, POST)]
        case "org":
            return [(value, "") for value in names(connection, ORGANISATION)]
        case "dossier":
            rows = connection.execute(
                "SELECT number, title FROM dossier ORDER BY opened_at DESC LIMIT 50"
            )
            return [(str(row[0]), row[1]) for row in rows]
        case _:
            return [(value, "") for value in _VALUED.get(name, ())]
