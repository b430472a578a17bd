"""What was really recorded: disruptions of the Paris network (PRIM) and security perimeters."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random

from beffroi.demo.days import MINUTE, local
from beffroi.demo.phrases import french
from beffroi.demo.seeds import seed
from beffroi.demo.steps import Line, uid_at
from beffroi.logbook.entry import Channel, Content, GeoPrecision, Nature, Qualification

_GRAVITY = {"information": 0, "perturbee": 1, "bloquante": 1}
_SAID_AGAIN = 30 * MINUTE
"""The network repeats itself, one message per direction; a desk writes it once."""
_WORTH_WRITING = 6 * MINUTE
_GRAVE_WORDS = ("interrompu", "accident", "fumée", "colis suspect", "grave")


def disruptions(day: date, rng: Random) -> Iterator[Line]:
    """The disruptions that began or ended that day; an end completes its beginning."""
    begun: dict[int, str] = {}
    told: dict[tuple[str, str], int] = {}
    for moment, kind, title, text, place, lon, lat, reference in seed("perturbations"):
        at = moment + reference % 40 * 1000
        if local(at).date() != day or reference not in _lasting():
            continue
        parent = begun.get(reference, "")
        if kind == "end" and not parent:
            continue
        before, told[title, text] = told.get((title, text), 0), at
        if at - before < _SAID_AGAIN:
            continue
        uid = uid_at(at, rng)
        words = f"Fin de perturbation – {title}" if kind == "end" else _told(title, text)
        metro = title.startswith(("Métro", "Tramway"))
        content = Content(
            text=french(words),
            nature=Nature.REPORT if kind == "end" else Nature.INFO,
            event_time=at,
            received_time=at,
            organisation="RATP" if metro else "SNCF",
            origin="Information voyageurs (PRIM)",
            channel=Channel.SENSOR,
            tags=("TRA.URBAIN",) if metro else ("TRA.FERRE",),
            gravity=_gravity(kind, f"{title} {text}".lower()),
            source_grade="B",
            credibility=2,
            place=place,
            lon=None if lon is None else round(lon + rng.gauss(0, 0.0004), 5),
            lat=None if lat is None else round(lat + rng.gauss(0, 0.0003), 5),
            geo_precision=GeoPrecision.UNKNOWN if lon is None else GeoPrecision.ADDRESS,
            parent=parent,
        )
        begun[reference] = uid
        post = "OL-RATP" if metro else "OL-SNCF"
        yield Line(
            at=at, post=post, content=content, uid=uid, qualification=Qualification.QUALIFIED
        )


@cache
def _lasting() -> frozenset[int]:
    """The disruptions that lasted long enough for someone to write them down."""
    times: dict[int, list[int]] = {}
    for moment, _kind, _title, _text, _place, _lon, _lat, reference in seed("perturbations"):
        times.setdefault(reference, []).append(moment)
    return frozenset(
        reference
        for reference, all_times in times.items()
        if len(all_times) == 1 or max(all_times) - min(all_times) >= _WORTH_WRITING
    )


def _told(title: str, text: str) -> str:
    return text if text.startswith(title) else f"{title}. {text}"


def _gravity(kind: str, words: str) -> int:
    if kind == "end":
        return 0
    grave = kind == "bloquante" and any(word in words for word in _GRAVE_WORDS)
    return _GRAVITY[kind] + grave


def perimeters(day: date, rng: Random) -> Iterator[Line]:
    """The perimeters that came into force or were lifted that day."""
    for number, (moment, colour, name, raised, lon, lat) in enumerate(seed("perimeters")):
        at = moment + number * 7_919 % 540_000
        if local(at).date() != day:
            continue
        verb = "Levée" if raised else "Activation"
        content = Content(
            text=french(f"{verb} du périmètre {colour.lower()} : {name}."),
            nature=Nature.MEASURE,
            event_time=moment,
            received_time=at,
            origin="DOPC",
            channel=Channel.FORM,
            tags=("ORG.SITE", "TRA.PIETONS"),
            source_grade="A",
            credibility=2,
            place=name,
            lon=lon,
            lat=lat,
            geo_precision=GeoPrecision.ZONE,
        )
        yield Line(
            at=at, post="OL-PP", content=content, uid=uid_at(at, rng),
            qualification=Qualification.QUALIFIED,
        )  # fmt: skip


def announcements(day: date, rng: Random) -> Iterator[Line]:
    """What the network announced for the ceremony, as it really did (26 July 2024, 10:00)."""
    for moment, title, text in seed("games_day_perturbations"):
        if local(moment).date() != day:
            continue
        metro = title.startswith(("Métro", "Tramway")) or "Station fermée" in title
        content = Content(
            text=french(_told(title, text)),
            event_time=moment,
            received_time=moment,
            organisation="RATP" if metro else "SNCF",
            origin="Information voyageurs (PRIM)",
            channel=Channel.SENSOR,
            tags=("TRA.URBAIN",) if metro else ("TRA.FERRE",),
            gravity=1,
            source_grade="B",
            credibility=2,
        )
        yield Line(
            at=moment, post="OL-RATP" if metro else "OL-SNCF", content=content,
            uid=uid_at(moment, rng), qualification=Qualification.QUALIFIED,
        )  # fmt: skip
