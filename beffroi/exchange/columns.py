"""The columns of an entry in a table: their names in files, and what each holds.

A table for people (CSV, XLSX) has headers and words in the language spoken; a file for machines
(GeoJSON, GeoPackage) has English names and codes.  Reading accepts both, and common synonyms.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from beffroi.exchange.raw import MAX_COLUMNS
from beffroi.exchange.tongues import spoken
from beffroi.logbook import entry as words
from beffroi.logbook.entry import Entry
from beffroi.logbook.facets import slug
from beffroi.text import N_

Value = str | int | float | bool | None


class Kind(StrEnum):
    """How a value is written."""

    TEXT = "text"
    WORD = "word"
    WORDS = "words"
    NUMBER = "number"
    DEGREES = "degrees"
    TIME = "time"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` for machines, `label` (to translate) for people, `get` its value.

    A value of kind WORD is a code that `words` translates.
    """

    key: str
    label: str
    kind: Kind
    get: Callable[[Entry], Value]
    words: Mapping[Any, str] | None = None
    others: tuple[str, ...] = ()

    def names(self) -> set[str]:
        """Every header that means this column, folded."""
        known = (self.key, *spoken(self.label), *self.others)
        return {slug(name) for name in known}


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values)


COLUMNS: tuple[Column, ...] = (
    Column("label", N_("N°"), Kind.TEXT, lambda e: e.label, None, ("numéro", "number")),
    Column("uid", N_("Identifiant"), Kind.TEXT, lambda e: e.uid, None, ("uuid",)),
    Column("event_time", N_("Heure des faits"), Kind.TIME, lambda e: e.content.event_time, None,
           ("horodatage", "date heure", "datetime", "timestamp", "date des faits", "when")),
    Column("event_end", N_("Fin des faits"), Kind.TIME, lambda e: e.content.event_end),
    Column("time_precision", N_("Précision de l’heure"), Kind.WORD,
           lambda e: e.content.time_precision, words.TIME_PRECISION_WORDS),
    Column("received_time", N_("Heure de réception"), Kind.TIME,
           lambda e: e.content.received_time, None, ("reçu à", "received")),
    Column("entered_time", N_("Heure de saisie"), Kind.TIME, lambda e: e.entered_time),
    Column("author", N_("Rédacteur"), Kind.TEXT, lambda e: e.author, None, ("auteur", "saisi par")),
    Column("post", N_("Poste"), Kind.TEXT, lambda e: e.post),
    Column("on_behalf_of", N_("Au nom de"), Kind.TEXT, lambda e: e.content.on_behalf_of),
    Column("organisation", N_("Organisation"), Kind.TEXT, lambda e: e.content.organisation, None,
           ("organization", "organisme", "service")),
    Column("origin", N_("Origine"), Kind.TEXT, lambda e: e.content.origin, None,
           ("émetteur", "source", "sender")),
    Column("channel", N_("Moyen"), Kind.WORD, lambda e: e.content.channel, words.CHANNEL_WORDS,
           ("canal",)),
    Column("nature", N_("Nature"), Kind.WORD, lambda e: e.content.nature, words.NATURE_WORDS,
           ("type",)),
    Column("text", N_("Texte"), Kind.TEXT, lambda e: e.content.text, None,
           ("message", "description", "contenu", "libellé", "fait", "faits", "event", "titre",
            "title", "body")),
    Column("tags", N_("Étiquettes"), Kind.WORDS, lambda e: _listed(e.content.tags), None,
           ("tag", "thème", "thèmes", "theme", "catégorie", "category", "mots-clés", "keywords")),
    Column("gravity", N_("Gravité"), Kind.NUMBER, lambda e: e.content.gravity, None,
           ("severity", "niveau")),
    Column("grade", N_("Cotation"), Kind.TEXT,
           lambda e: f"{e.content.source_grade}{e.content.credibility}", None, ("cote", "grading")),
    Column("impacts", N_("Impacts"), Kind.TEXT,
           lambda e: _listed(tuple(f"{k}={v}" for k, v in sorted(e.content.impacts.items())))),
    Column("place", N_("Lieu"), Kind.TEXT, lambda e: e.content.place, None,
           ("localisation", "adresse", "address", "location", "site", "nom")),
    Column("commune", N_("Commune (INSEE)"), Kind.TEXT, lambda e: e.content.commune, None,
           ("code insee", "insee")),
    Column("lon", N_("Longitude"), Kind.DEGREES, lambda e: e.content.lon, None,
           ("lng", "long", "x")),
    Column("lat", N_("Latitude"), Kind.DEGREES, lambda e: e.content.lat, None, ("y",)),
    Column("geo_precision", N_("Précision du lieu"), Kind.WORD,
           lambda e: e.content.geo_precision, words.GEO_PRECISION_WORDS),
    Column("for_action", N_("Pour action"), Kind.WORDS, lambda e: _listed(e.content.for_action)),
    Column("for_info", N_("Pour information"), Kind.WORDS, lambda e: _listed(e.content.for_info)),
    Column("key_event", N_("Fait marquant"), Kind.FLAG, lambda e: e.content.key_event),
    Column("qualification", N_("Qualification"), Kind.WORD, lambda e: e.qualification,
           words.QUALIFICATION_WORDS),
    Column("lifecycle", N_("État"), Kind.WORD, lambda e: e.lifecycle, words.LIFECYCLE_WORDS),
    Column("version", N_("Version"), Kind.NUMBER, lambda e: e.version),
    Column("parent", N_("Complète"), Kind.TEXT, lambda e: e.content.parent),
    Column("attachments", N_("Pièces jointes"), Kind.TEXT,
           lambda e: _listed(tuple(a.name for a in e.content.attachments))),
    Column("marking", N_("Mention"), Kind.WORD, lambda e: e.content.marking, words.MARKING_WORDS,
           ("protection",)),
)  # fmt: skip
"""In the order of the file."""

READ_ONLY_NAMES: dict[str, tuple[str, ...]] = {
    "date": ("date", "jour", "day"),
    "clock": ("heure", "time", "hour"),
    "position": ("position", "coordonnées", "coordinates", "coords", "gps", "geo_point_2d"),
}
"""Headers that only make sense when reading."""


def by_header(headers: list[str]) -> dict[int, str]:
    """Which column each header means, by its place; unknown headers and repeats are left out."""
    known = {name: column.key for column in reversed(COLUMNS) for name in column.names()}
    for key, names in READ_ONLY_NAMES.items():
        for name in names:
            known.setdefault(slug(name), key)
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        named = known.get(slug(header.split("(")[0])) or known.get(slug(header))
        if named and named not in found.values():
            found[place] = named
    return found


def worth_reading(headers: list[str]) -> list[str]:
    """`headers` without those, past the first hundreds, that mean no column of an entry."""
    if len(headers) <= MAX_COLUMNS:
        return headers
    meant = by_header(headers)
    return [h for place, h in enumerate(headers) if place in meant or place < MAX_COLUMNS]
