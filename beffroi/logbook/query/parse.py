"""Understands a search as it is typed; what it does not understand, it says, and never fails."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import msgspec

from beffroi.clock import PARIS
from beffroi.logbook.query.filters import Reader
from beffroi.logbook.query.keys import filter_named
from beffroi.logbook.query.model import Query, Term
from beffroi.logbook.words import raw_words, without_elision, words
from beffroi.taxonomy import Taxonomy
from beffroi.text import _, printable

Locate = Callable[[str], tuple[float, float] | None]
MAX_LENGTH = 2000
MAX_TERMS = 24
_QUOTED = r"\"[^\"]*\"?|«[^»]*»?|“[^”]*”?"
_QUOTES = re.compile('["«»“”]')
_TOKEN = re.compile(
    rf"(?P<minus>-)?(?:(?P<star>★)"
    rf"|(?P<key>[^\W\d_][\w’'-]*)(?P<op>>=|<=|=|≥|≤|>|<|:)(?P<value>{_QUOTED}|\S*)"
    rf"|(?P<phrase>{_QUOTED})"
    rf"|(?P<bare>[^\s\"«“]+))"
)
_COMPARED = re.compile(r"(?P<key>[^\W\d_]+)\s*(?P<op>>=|<=|≥|≤|>|<)\s*(?=\d)")
_DISTANCE = re.compile(r"\s*(?P<n>\d{1,4}(?:[.,]\d{1,3})?)\s?(?P<unit>km|m)(?!\w)", re.IGNORECASE)


def parse(
    text: str,
    *,
    now: int,
    locate: Locate | None = None,
    zone: ZoneInfo = PARIS,
    tags: Taxonomy | None = None,
) -> Query:
    """The search that `text` asks for at the moment `now`.

    `locate` finds places by name; `tags` are the profile's, those that ship unless given.
    """
    text = _COMPARED.sub(r"\g<key>\g<op>", printable(text[:MAX_LENGTH]).replace("\x00", " "))
    reader = Reader(now=now, zone=zone, locate=locate or (lambda _name: None), tags=tags)
    terms: list[Term] = []
    at = 0
    while (match := _TOKEN.search(text, at)) is not None:
        at = max(match.end(), at + 1)
        without = bool(match["minus"])
        if match["star"]:
            reader.read("fait", ":", "oui", without=without)
        elif match["key"] and (name := filter_named(match["key"])):
            distance = _DISTANCE.match(text, at) if name == "près" else None
            at = distance.end() if distance else at
            metres = _metres(distance) if distance else None
            reader.read(
                name,
                match["op"],
                unquoted(match["value"]),
                without=without,
                metres=metres,
                quoted=_QUOTES.match(match["value"]) is not None,
            )
        else:
            terms += _terms(match, without=without)
            _doubt(match, reader)
    return msgspec.structs.replace(reader.query(), terms=_last_is_prefix(terms[:MAX_TERMS]))


def unquoted(value: str) -> str:
    """`value` without the quotes around it, or any left inside."""
    return " ".join(_QUOTES.sub(" ", value).split())


def _metres(match: re.Match[str]) -> float:
    number = float(match["n"].replace(",", "."))
    return number * 1000 if match["unit"].lower() == "km" else number


def _terms(match: re.Match[str], *, without: bool) -> list[Term]:
    if match["phrase"]:
        said = unquoted(match["phrase"])
        found = tuple(words(said))
        return [Term(words=found, said=said, phrase=True, without=without)] if found else []
    said = match[0][1:] if without else match[0]
    prefix = said.endswith("*")
    said = without_elision(said.strip("*"))
    found = begun(said) if prefix else tuple(words(said))
    if not found:
        return []
    return [Term(words=found, said=said, prefix=prefix and len(found[-1]) > 1, without=without)]


def begun(said: str) -> tuple[str, ...]:
    """The words of `said`, the last one being left as it is spelt since it may go on."""
    return (*words(said)[:-1], *raw_words(said)[-1:])


def _last_is_prefix(terms: list[Term]) -> tuple[Term, ...]:
    """The word being typed is not finished: let it go on."""
    if terms and not terms[-1].phrase and not terms[-1].without:
        last = terms[-1]
        found = begun(last.said)
        terms[-1] = msgspec.structs.replace(last, words=found, prefix=len(found[-1]) > 1)
    return tuple(terms)


def _doubt(match: re.Match[str], reader: Reader) -> None:
    if match["key"] and match["op"] == ":" and match["value"] and match["value"][0] != "/":
        reader.problems.append(
            _("« {name} » n’est pas un filtre : cherché comme un mot.").format(name=match["key"])
        )
