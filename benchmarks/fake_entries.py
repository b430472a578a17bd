"""Draws entries that look like a real main courante: rhythm of a day, Zipf words, French places.

Everything comes from one seed and one last moment, so that two machines measure the same thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from beffroi.ids import rid_at, uuid7
from beffroi.logbook.entry import (
    Channel,
    Content,
    Entry,
    GeoPrecision,
    Lifecycle,
    Nature,
    Qualification,
)
from beffroi.logbook.rows import label
from beffroi.taxonomy import Taxonomy

END_MS = 1_722_024_000_000  # 2024-07-26T20:00:00Z
MEAN_GAP_MS = 86_400  # a thousand a day
CHUNK = 20_000
TAGS = tuple(
    sorted((tag.code for tag in Taxonomy().all() if "." in tag.code), key=lambda c: c[::-1])
)
POSTS = ("Chef de salle", "Rédacteur main courante", "OL-SNCF", "OL-DGGN", "OL-SDIS", "Com/RS")
ORGANISATIONS = (
    "CNCS",
    "SNCF",
    "DGGN",
    "BSPP",
    "Préfecture de police",
    "RATP",
    "ARS",
    "Météo-France",
)
WHAT = (
    "Incendie", "Colis suspect", "Panne d’alimentation", "Malaise voyageur", "Rassemblement non déclaré",
    "Inondation", "Drone en survol", "Intrusion sur les voies", "Accident de circulation", "Fuite de gaz",
    "Coupure d’électricité", "Mouvement de foule", "Départ de feu", "Alerte à la bombe", "Rixe",
    "Dégradation", "Retard des navettes", "Ambulance demandée", "Personne blessée", "Chute d’arbre",
)  # fmt: skip
WHERE = (
    ("Stade de France", 2.3601, 48.9245), ("Saint-Denis", 2.3574, 48.9356), ("Bercy", 2.3786, 48.8386),
    ("place de l’Étoile", 2.2950, 48.8738), ("gare du Nord", 2.3553, 48.8809), ("La Défense", 2.2378, 48.8925),
    ("Trocadéro", 2.2876, 48.8627), ("Champ-de-Mars", 2.2983, 48.8556), ("Versailles", 2.0760, 48.8049),
    ("Marseille Marina", 5.3650, 43.2600), ("Lille", 3.1300, 50.6119), ("Lyon", 4.9822, 45.7653),
    ("Bordeaux", -0.5978, 44.8975), ("Nantes", -1.5250, 47.2556), ("Nice", 7.1926, 43.7052),
    ("Châteauroux", 1.7500, 46.8000), ("Teahupo’o", -149.2667, -17.8667), ("Saint-Étienne", 4.3900, 45.4608),
)  # fmt: skip
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "zo",
    "cha",
    "gre",
    "pli",
    "tron",
    "quai",
    "dour",
    "sel",
    "mont",
    "bri",
    "val",
]
_GRAVITIES = np.repeat(np.arange(5), (55, 25, 13, 5, 2))


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and the place it is about."""

    text: str
    place: str
    lon: float
    lat: float


def entries(
    count: int, *, seed: int = 2024, journal: str = "MC-2024", end_ms: int = END_MS
) -> Iterator[Entry]:
    """`count` entries, oldest first; the last one is written down at `end_ms`."""
    rng = np.random.default_rng(seed)
    told = sentences(rng, min(20_000, max(50, count)))
    start = end_ms - count * MEAN_GAP_MS
    for first in range(0, count, CHUNK):
        size = min(CHUNK, count - first)
        yield from _chunk(rng, told, first, size, start, journal)


def sentences(rng: np.random.Generator, count: int) -> list[Told]:
    """Sentences of a dozen to fifty words, whose words follow Zipf's law."""
    vocabulary = np.array(["".join(parts) for parts in product(_SYLLABLES, repeat=3)], dtype=object)
    rng.shuffle(vocabulary)
    found = []
    for _number in range(count):
        what, (place, lon, lat) = WHAT[rng.zipf(1.4) % len(WHAT)], WHERE[rng.zipf(1.3) % len(WHERE)]
        ranks = np.minimum(rng.zipf(1.25, int(rng.integers(8, 42))), len(vocabulary)) - 1
        details = " ".join(vocabulary[ranks])
        found.append(Told(f"{what} à proximité de {place} : {details}.", place, lon, lat))
    return found


def _chunk(
    rng: np.random.Generator, told: list[Told], first: int, size: int, start: int, journal: str
) -> Iterator[Entry]:
    within = np.sort(rng.random(size)) * (size * MEAN_GAP_MS - size)
    entered = start + first * MEAN_GAP_MS + within.astype(np.int64) + np.arange(size)
    lag = rng.exponential(10 * 60_000, size).astype(np.int64)
    sentence = rng.integers(0, len(told), size)
    located = rng.random(size) < 0.8
    spread = np.where(rng.random(size) < 0.7, 0.01, 0.6)
    dx, dy = rng.normal(0, 1, (2, size)) * spread
    tags = (rng.zipf(1.3, (size, 2)) - 1) % len(TAGS)
    tagged = rng.integers(0, 3, size)
    gravity = rng.choice(_GRAVITIES, size)
    posts, organisations = (
        rng.integers(0, len(POSTS), size),
        rng.integers(0, len(ORGANISATIONS), size),
    )
    natures = rng.choice(len(Nature), size, p=_falling(len(Nature)))
    channels = rng.integers(0, len(Channel), size)
    qualified = rng.choice(len(Qualification), size, p=_falling(len(Qualification)))
    key = rng.random(size) < 0.01
    all_natures, all_channels, all_levels = tuple(Nature), tuple(Channel), tuple(Qualification)
    for i in range(size):
        at = int(entered[i])
        said = told[sentence[i]]
        here = bool(located[i])
        content = Content(
            text=f"{said.text} Référence {first + i + 1}.",
            nature=all_natures[natures[i]],
            event_time=at - int(lag[i]),
            organisation=ORGANISATIONS[organisations[i]],
            channel=all_channels[channels[i]],
            tags=tuple(dict.fromkeys(TAGS[t] for t in tags[i, : tagged[i]])),
            gravity=int(gravity[i]),
            place=said.place,
            lon=round(said.lon + float(dx[i]), 6) if here else None,
            lat=round(said.lat + float(dy[i]), 6) if here else None,
            geo_precision=GeoPrecision.ADDRESS if here else GeoPrecision.UNKNOWN,
            key_event=bool(key[i]),
        )
        level = all_levels[qualified[i]]
        yield Entry(
            rid=rid_at(at),
            uid=uuid7(at),
            journal=journal,
            number=first + i + 1,
            label=label(journal, first + i + 1),
            version=1,
            entered_time=at,
            qualified_time=None if level in (Qualification.RAW, Qualification.TO_QUALIFY) else at,
            author="c.marchand",
            post=POSTS[posts[i]],
            station="banc",
            lifecycle=Lifecycle.PUBLISHED,
            qualification=level,
            content=content,
        )


def _falling(count: int) -> np.ndarray:
    weights = 1 / np.arange(1, count + 1) ** 1.3
    return weights / weights.sum()
