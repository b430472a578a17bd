"""Writes a search back: as text that reads the same, or as chips that each take one part out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from beffroi.clock import PARIS, to_datetime
from beffroi.logbook.entry import GRAVITY_WORDS, LIFECYCLE_WORDS, NATURE_WORDS, QUALIFICATION_WORDS
from beffroi.logbook.query import keys
from beffroi.logbook.query.model import DEFAULT_METRES, Near, Query, Term
from beffroi.logbook.query.named import is_phrase
from beffroi.text import _

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a search in words, its text, and the search without it."""

    label: str
    remove: Query
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    label: str
    changes: dict[str, Any]


def text_of(query: Query) -> str:
    """The text that asks for `query`: filters first, words last."""
    said = [part.text for part in _parts(query)]
    if query.order == "event":
        said.append("tri:événement")
    last = len(query.terms) - 1
    said += [_said_term(term, last=i == last) for i, term in enumerate(query.terms)]
    return " ".join(said)


def chips(query: Query) -> list[Chip]:
    """What the search asks for beside words, one chip each; words have theirs too."""
    found = [Chip(part.label, _without(query, part.changes), part.text) for part in _parts(query)]
    for i, term in enumerate(query.terms):
        label = f"« {term.said} »" if term.phrase else term.said
        label = _("sauf {words}").format(words=label) if term.without else label
        rest = query.terms[:i] + query.terms[i + 1 :]
        found.append(Chip(label, _without(query, {"terms": rest}), _said_term(term, last=False)))
    return found


def _without(query: Query, changes: dict[str, Any]) -> Query:
    return msgspec.structs.replace(query, **changes, problems=())


def _parts(q: Query) -> list[_Part]:
    parts = [
        *_many(q, "tags", "étiquette", _("Étiquette")),
        *_many(q, "without_tags", "-étiquette", _("Sauf étiquette")),
        *_choices(q, "natures", "nature", keys.SAID_NATURE, NATURE_WORDS),
        *_choices(q, "qualifications", "statut", keys.SAID_QUALIFICATION, QUALIFICATION_WORDS),
        *_choices(q, "lifecycle", "statut", keys.SAID_LIFECYCLE, LIFECYCLE_WORDS),
        *_joined(q, "authors", "auteur", _("Auteur")),
        *_joined(q, "organisations", "org", _("Organisation")),
        *_joined(q, "posts", "poste", _("Poste")),
        *_gravity(q),
        *_times(q),
    ]
    if q.near is not None:
        parts.append(_near(q.near))
    if q.box is not None:
        corners = ",".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in q.box)
        parts.append(_Part(f"cadre:{corners}", _("Dans cette vue"), {"box": None}))
    if q.key_only:
        parts.append(_Part("fait:marquant", _("★ Faits marquants"), {"key_only": False}))
    if q.unread_only:
        parts.append(_Part("lu:non", _("Non lues"), {"unread_only": False}))
    if q.dossier:
        label = _("Dossier") + f"{NBSP}: {q.dossier}"
        parts.append(_Part(f"dossier:{_quoted(q.dossier)}", label, {"dossier": ""}))
    if q.followup:
        word = keys.SAID_FOLLOWUP.get(q.followup, q.followup)
        labels = {
            "open": _("Suites ouvertes"),
            "late": _("Suites en retard"),
            "done": _("Suites faites"),
        }
        label = labels.get(q.followup, _("Avec une suite"))
        parts.append(_Part(f"suite:{word}", label, {"followup": ""}))
    if q.with_attachment is not None:
        yes = q.with_attachment
        label = _("Avec pièce jointe") if yes else _("Sans pièce jointe")
        parts.append(_Part(f"pj:{_yes(yes)}", label, {"with_attachment": None}))
    if q.located is not None:
        label = _("Localisées") if q.located else _("Sans lieu")
        parts.append(_Part(f"lieu:{_yes(q.located)}", label, {"located": None}))
    if q.number is not None:
        said = f"{q.number}~{q.station}" if q.station else str(q.number)
        without = {"number": None, "station": ""}
        parts.append(_Part(f"n:{said}", f"N°{NBSP}{said}", without))
    return parts


def _many(q: Query, field: str, key: str, label: str) -> list[_Part]:
    values: tuple[str, ...] = getattr(q, field)
    return [
        _Part(
            f"{key}:{_quoted(value)}",
            f"{label}{NBSP}: {value.replace('|', ' / ')}",
            {field: tuple(v for v in values if v != value)},
        )
        for value in values
    ]


def _joined(q: Query, field: str, key: str, label: str) -> list[_Part]:
    values: tuple[str, ...] = getattr(q, field)
    if not values:
        return []
    said: list[str] = []
    loose: list[str] = []
    for value in values:
        if is_phrase(value):
            said += [f"{key}:{','.join(loose)}"] * bool(loose)
            said.append(f'{key}:"{value.replace(chr(34), "")}"')
            loose = []
        else:
            loose.append(value.replace('"', ""))
    said += [f"{key}:{','.join(loose)}"] * bool(loose)
    shown = ", ".join(f"« {v[1:-1]} »" if v.startswith('"') else v for v in values)
    return [_Part(" ".join(said), f"{label}{NBSP}: {shown}", {field: ()})]


def _choices(
    q: Query, field: str, key: str, said: Mapping[Any, str], words: Mapping[Any, str]
) -> list[_Part]:
    values: tuple[str, ...] = getattr(q, field)
    if not values:
        return []
    text = f"{key}:{','.join(said[v] for v in values)}"
    return [_Part(text, ", ".join(_(words[v]) for v in values), {field: ()})]


def _gravity(q: Query) -> list[_Part]:
    low, high = q.min_gravity, q.max_gravity
    reset: dict[str, Any] = {"min_gravity": 0, "max_gravity": 4}
    name = _("Gravité")
    if low == high and 0 <= low < len(GRAVITY_WORDS):
        return [_Part(f"gravité:{low}", f"{name} {low} ({_(GRAVITY_WORDS[low])})", reset)]
    parts = []
    if low > 0:
        text = f"gravité>={low}" if low <= 4 else "gravité>4"
        parts.append(_Part(text, f"{name} ≥ {low}", {"min_gravity": 0}))
    if high < 4:
        text = f"gravité<={high}" if high >= 0 else "gravité<0"
        parts.append(_Part(text, f"{name} ≤ {high}", {"max_gravity": 4}))
    return parts


def _times(q: Query) -> list[_Part]:
    since: dict[str, Any] = {"since": None, "since_said": ""}
    until: dict[str, Any] = {"until": None, "until_said": ""}
    if q.since is not None and q.since_said and q.since_said == q.until_said:
        key, value = q.since_said.split(":", 1)
        label = _("Entre") if key == "entre" else _("Le")
        text = f"{key}:{_quoted(value)}"
        return [_Part(text, f"{label} {value.replace('..', ' – ')}", since | until)]
    parts = []
    if q.since is not None:
        said = q.since_said or _stamp(q.since)
        said = _stamp(q.since) if ":" in said and said.split(":", 1)[0] in ("entre", "le") else said
        parts.append(_Part(f"depuis:{_quoted(said)}", _("Depuis") + f" {said}", since))
    if q.until is not None:
        said = q.until_said or _stamp(q.until)
        said = _stamp(q.until) if ":" in said and said.split(":", 1)[0] in ("entre", "le") else said
        parts.append(_Part(f"avant:{_quoted(said)}", _("Avant") + f" {said}", until))
    return parts


def _stamp(moment_ms: int) -> str:
    return f"{to_datetime(moment_ms, PARIS):%d/%m/%Y %H:%M}"


def _near(near: Near) -> _Part:
    said = near.said or f"{near.lat:.6f},{near.lon:.6f}"
    whole = near.metres >= 1000 and near.metres % 1000 == 0
    metres = f"{near.metres / 1000:g}km" if whole else f"{near.metres:g}m"
    text = f"près:{_quoted(said)}"
    if near.metres != DEFAULT_METRES:
        text += f" {metres}"
    shown = metres.replace("km", f"{NBSP}km") if whole else f"{near.metres:g}{NBSP}m"
    label = _("À moins de {distance} de {place}").format(distance=shown, place=said)
    return _Part(text, label, {"near": None})


def _said_term(term: Term, *, last: bool) -> str:
    minus = "-" if term.without else ""
    if term.phrase or (last and not term.prefix and len(term.words[-1]) > 1 and not term.without):
        return f'{minus}"{term.said}"'
    star = "*" if term.prefix and not last else ""
    return f"{minus}{term.said}{star}"


def _quoted(value: str) -> str:
    value = value.replace('"', "")
    plain = value and not any(c.isspace() or c in "«»“”" for c in value)
    return value if plain else f'"{value}"'


def _yes(value: bool) -> str:
    return "oui" if value else "non"
