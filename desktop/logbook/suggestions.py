"""What the search field proposes for the word being typed: filters, then the values they take."""

import re
from dataclasses import dataclass

from beffroi.logbook.entry import GRAVITY_WORDS
from beffroi.logbook.query import keys
from beffroi.logbook.words import fold
from beffroi.node import Node
from beffroi.text import N_, _
from desktop.logbook import tag_look
from desktop.logbook.writing.typeahead import Suggestion

_TOKEN = re.compile(r"(?:[^\s\"«]|\"[^\"]*\"?|«[^»]*»?)+")
MOST = 12
_QUOTES = '"«\u202f '
FILTERS: tuple[tuple[str, str], ...] = (
    ("étiquette:", N_("un thème")),
    ("gravité>=", N_("3 : grave et au-dessus")),
    ("nature:", N_("demande, décision…")),
    ("statut:", N_("à qualifier, confirmée…")),
    ("depuis:", N_("2h, 30min, hier, 26/07")),
    ("avant:", N_("hier, 26/07/2024")),
    ("entre:", N_("26/07..27/07")),
    ("près:", N_("un lieu, puis 500m ou 2km")),
    ("auteur:", N_("qui a écrit")),
    ("poste:", N_("le poste qui a écrit")),
    ("org:", N_("qui est à l’origine")),
    ("suite:", N_("ouverte ou retard")),
    ("dossier:", N_("son titre ou son numéro")),
    ("fait:marquant", N_("les faits marquants ★")),
    ("lu:non", N_("celles que je n’ai pas lues")),
    ("pj:oui", N_("avec une pièce jointe")),
    ("lieu:non", N_("sans lieu")),
    ("n:", N_("un numéro d’entrée")),
)
_TIMES = ("30min", "1h", "2h", "6h", "12h", "24h", "hier", "3j")


@dataclass(frozen=True, slots=True)
class Spot:
    """The word under the cursor: where it stands, and what it says."""

    start: int
    end: int
    word: str


def spot(text: str, cursor: int) -> Spot:
    """The word that ends at the cursor."""
    start = cursor
    for match in _TOKEN.finditer(text[:cursor]):  # from the left: a quote opens, the next closes
        start = match.start() if match.end() == cursor else cursor
    return Spot(start, cursor, text[start:cursor])


def propose(node: Node, word: str) -> list[Suggestion]:
    """Proposals for a word, best first; each value replaces the word.  May read the store."""
    minus = "-" if word.startswith("-") else ""
    match = re.match(r"-?([^\W\d_]+)(?:>=|:)(.*)$", word)
    name = keys.filter_named(match[1]) if match else None
    if match is None or name is None:
        begun = word.removeprefix("-")
        return [*_filters(begun, minus), *_tags(begun, minus, few=True)]
    begun = match[2].strip(_QUOTES)
    match name:
        case "étiquette":
            return _tags(begun, minus)
        case "gravité":
            return [_value(f"gravité>={n}", f"≥ {n}", _(GRAVITY_WORDS[n])) for n in range(1, 5)]
        case "près":
            return (
                [
                    _value(f'près:"{place.name}"', place.name, place.detail)
                    for place in node.places.search(begun, MOST)
                ]
                if begun
                else []
            )
        case _:
            return [
                _value(said.text, said.text.split(":", 1)[-1].strip('"'), said.detail)
                for said in node.search.suggest(word)
            ]


def _filters(begun: str, minus: str) -> list[Suggestion]:
    sought = fold(begun)
    return [
        Suggestion(text=minus + name, detail=_(detail), value=minus + name)
        for name, detail in FILTERS
        if fold(name).startswith(sought)
    ]


def _tags(begun: str, minus: str, *, few: bool = False) -> list[Suggestion]:
    if few and len(begun) < 2:
        return []
    found = tag_look.taxonomy().search(begun)
    return [
        Suggestion(
            text=tag_look.look(tag.code).word,
            detail=f"{minus}étiquette:{tag.code}",
            value=f"{minus}étiquette:{tag.code} ",
            colour=tag.colour,
        )
        for tag in found[: 4 if few else MOST]
    ]


def _value(value: str, text: str, detail: str = "") -> Suggestion:
    return Suggestion(text=text, detail=detail, value=value + " ")
