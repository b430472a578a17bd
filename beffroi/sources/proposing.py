"""Proposes what each field of a source is for, how to draw it, how often to ask; each with its reason."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from beffroi.plugin import Record, Scalar, times
from beffroi.text import _, ngettext

Role = Literal[
    "id", "time", "until", "title", "severity", "lon", "lat",
    "crs", "refresh", "family", "licence",
]  # fmt: skip
_FROM_HINTS: tuple[Role, ...] = (
    "id", "time", "until", "title", "severity", "lon", "lat", "crs", "refresh", "family", "licence",
)  # fmt: skip
_OF_SOURCES = {"crs", "refresh", "family", "licence"}
"""Roles whose value is no field."""
_MANY, _FEW_VALUES = 2_000, 12
_MOSTLY = 0.8


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One suggestion: the field (or value) for a role, and why, in words."""

    role: Role
    value: str
    reason: str


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How a source could be drawn: one symbol, by value, by size, or gathered; and why."""

    mode: Literal["single", "values", "graduated", "cluster"]
    field: str = ""
    values: list[str] = []
    reason: str = ""


@dataclass(frozen=True)
class Field:
    """What the first records hold under one name."""

    name: str
    values: Sequence[Scalar]
    total: int

    @property
    def distinct(self) -> int:
        """How many values are told apart."""
        return len(set(self.values))

    @property
    def full(self) -> float:
        """The share of the records that have it."""
        return len(self.values) / self.total if self.total else 0.0


def proposals(records: Sequence[Record], hints: Mapping[str, str]) -> list[Proposal]:
    """What the first records, and what the format knows of itself, suggest; one per role at most."""
    fields = fields_of(records)
    names = {field.name for field in fields}
    found: dict[Role, Proposal] = {}
    for role in _FROM_HINTS:
        value = hints.get(role, "")
        if value and (role in _OF_SOURCES or value in names):
            found[role] = Proposal(role=role, value=value, reason=_hinted(role))
    for role, given, find in _SEARCHES:
        if role in found:
            continue
        if any(given(record) for record in records):
            reason = _("donné par le format pour chaque enregistrement")
            found[role] = Proposal(role=role, value="", reason=reason)
        elif proposal := find(fields):
            found[role] = proposal
    return list(found.values())


def _hinted(role: Role) -> str:
    if role in {"lon", "lat"}:
        return _("colonne reconnue à son nom et à ses valeurs")
    if role == "crs":
        return _("coordonnées en mètres, qui seraient en France dans ce système")
    return _("dit par le format lui-même")


def fields_of(records: Sequence[Record]) -> list[Field]:
    """The fields of the records, in the order they first appear."""
    gathered: dict[str, list[Scalar]] = {}
    for record in records:
        for name, value in record.properties.items():
            if value is not None and value != "":
                gathered.setdefault(name, []).append(value)
    return [Field(name, values, len(records)) for name, values in gathered.items()]


def style(records: Sequence[Record]) -> Style:
    """How records like these are best drawn."""
    fields = fields_of(records)
    if severity := _severity(fields):
        field = next(field for field in fields if field.name == severity.value)
        if all(isinstance(value, int | float) for value in field.values) and field.distinct > 5:
            return Style(mode="graduated", field=field.name, reason=severity.reason)
        values = sorted({str(value) for value in field.values})[:_FEW_VALUES]
        return Style(mode="values", field=field.name, values=values, reason=severity.reason)
    for field in fields:
        values = sorted({str(value) for value in field.values})
        if _CATEGORIES.search(field.name) and 2 <= len(values) <= _FEW_VALUES < field.total:
            reason = _("«\u202f{field}\u202f» range les enregistrements en peu de catégories")
            return Style(
                mode="values", field=field.name, values=values,
                reason=reason.format(field=field.name),
            )  # fmt: skip
    points = sum(1 for r in records if r.geometry and r.geometry["type"] == "Point")
    if points >= _MANY:
        return Style(mode="cluster", reason=_("beaucoup de points : regroupés tant qu’on est loin"))
    return Style(mode="single", reason=_("aucun champ de gravité reconnu"))


_IDS = re.compile(
    r"(^|[_.\- ])(id|uid|uuid|gid|fid|guid|identifiant|identifier|objectid|ref|reference|cle|key|code|"
    r"numero|num|siret|siren|uai|insee|icao|hex|mmsi|callsign|immatriculation)($|[_.\- \d])|(Id|ID|Ref|Code)$|^id",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"date|heure|time|\bmaj\b|_maj|maj_|updated|modif|publi|sent|debut|début|start|begin|jour|horodat|onset|effective",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(^|[_.\- ])(fin|end|until|expir\w*|jusqu\w*|valid\w*to|to|echeance)($|[_.\- ])|expires|date_?fin|fin_",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(^|[_.\- ])(nom|name|titre|title|libell[eé]|label|lib|intitul[eé]|toponyme|d[eé]signation|headline|objet|summary|"
    r"denomination|raison_?sociale|enseigne|site|place|lieu|centre|station|ouvrage|[ée]tablissement)($|[_.\- \d])|nom_|_nom|^nom|name$",
    re.IGNORECASE,
)
_SEVERITIES = re.compile(
    r"severit|gravit|niveau|level|couleur|colou?r|coul_|priorit|alerte?|urgency|criticit|danger|\bmag\b|magnitude|indice|"
    r"qual$|impact",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_CATEGORIES = re.compile(
    r"type|categ|catég|nature|statut|status|etat|état|class|famille|genre|theme|thème",
    re.IGNORECASE,
)


def _id(fields: list[Field]) -> Proposal | None:
    for field in fields:
        if _IDS.search(field.name) and field.full == 1 and field.distinct == field.total:
            reason = ngettext(
                "{n} valeur, toutes différentes", "{n} valeurs, toutes différentes", field.total
            ).format(n=field.total)
            return Proposal(role="id", value=field.name, reason=reason)
    return None


def _title(fields: list[Field]) -> Proposal | None:
    words = [field for field in fields if all(map(_says_something, field.values))]
    called = [f for f in words if _TITLES.search(f.name) and not _IDS.search(f.name)]
    if named := [field for field in called if field.full >= _MOSTLY]:
        best = max(named, key=lambda field: field.distinct)
        reason = _("son nom est celui d’un titre")
        return Proposal(role="title", value=best.name, reason=reason)
    for field in words:
        short = sum(3 <= len(str(value)) <= 80 for value in field.values)
        if (
            field.full >= _MOSTLY
            and short == len(field.values)
            and 2 * field.distinct > field.total
        ):
            reason = _("des mots courts, presque tous différents")
            return Proposal(role="title", value=field.name, reason=reason)
    return None


def _says_something(value: Scalar) -> bool:
    """Whether a value is words: numbers written as words name nothing."""
    return isinstance(value, str) and bool(_LETTERS.search(value))


def _time(fields: list[Field]) -> Proposal | None:
    return _moment(
        "time", [f for f in fields if _TIMES.search(f.name) and not _ENDS.search(f.name)]
    )


def _until(fields: list[Field]) -> Proposal | None:
    return _moment("until", [field for field in fields if _ENDS.search(field.name)])


def _moment(role: Role, fields: list[Field]) -> Proposal | None:
    for field in fields:
        looked = field.values[:50]
        read = sum(times.instant(value) is not None for value in looked)
        if read and read >= _MOSTLY * len(looked):
            reason = _("des dates, comme «\u202f{example}\u202f»").format(
                example=str(looked[0])[:40]
            )
            return Proposal(role=role, value=field.name, reason=reason)
    return None


def _severity(fields: list[Field]) -> Proposal | None:
    for field in fields:
        numeric = all(isinstance(v, int | float) and not isinstance(v, bool) for v in field.values)
        few = 2 <= field.distinct <= _FEW_VALUES and field.distinct < max(3, len(field.values))
        if _SEVERITIES.search(field.name) and field.full >= 0.5 and (few or numeric):
            reason = ngettext(
                "son nom parle de gravité ; {n} valeur",
                "son nom parle de gravité ; {n} valeurs",
                field.distinct,
            ).format(n=field.distinct)
            return Proposal(role="severity", value=field.name, reason=reason)
    return None


def _searches() -> Iterator[
    tuple[Role, Callable[[Record], object], Callable[[list[Field]], Proposal | None]]
]:
    yield "id", lambda record: record.id, _id
    yield "time", lambda record: record.time, _time
    yield "until", lambda record: record.until, _until
    yield "title", lambda record: record.title, _title
    yield "severity", lambda _record: None, _severity


_SEARCHES = tuple(_searches())
