"""What people write all day long: sentences of every post, around real places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from beffroi.clock import to_datetime
from beffroi.demo import phrases
from beffroi.demo.days import FRESH, MINUTE, local, moments, spontaneous
from beffroi.demo.judgement import judged, judgement
from beffroi.demo.seeds import Spot, spots
from beffroi.demo.steps import Line, uid_at
from beffroi.logbook.entry import Content, GeoPrecision, Qualification, TimePrecision

JSON = dict[str, Any]
_TAHITI = ZoneInfo("Pacific/Tahiti")
_AT_ONCE, _AT_ONCE_LATE = 0.52, 0.3
_ORIGINS = {
    "OL-PP": ("Salle de commandement DOPC", "DSPAP", "BRF", "CIC Paris"),
    "OL-DGPN": ("CIC départemental", "DNSP", "DIPN", "SNRT"),
    "OL-DGGN": ("CORG", "CNOG", "Groupement", "PSIG"),
    "OL-COGIC": ("CODIS", "COZ", "BSPP", "COGIC"),
    "OL-Santé": ("CORRUSS", "ARS", "SAMU", "AP-HP"),
    "OL-SNCF": ("CNOF", "COGC", "Gares & Connexions", "SUGE"),
    "OL-RATP": ("PCC", "GPSR", "PC sûreté"),
    "OL-Zones": ("COZ", "SIDPC", "Permanence préfecture", "COD"),
    "Com/RS": ("Veille RS", "Bureau de presse", "SIG"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An entry just written, and how it should be judged when someone qualifies it."""

    line: Line
    judgement: JSON


def write_day(day: date, rng: Random) -> Iterator[Written]:
    """Every entry that people write of their own accord that day."""
    models = phrases.load()
    by_hour = [[m for m in models if m.at_hour(hour)] for hour in range(24)]
    weights = [[m.weight for m in hour] for hour in by_hour]
    for moment in moments(day, spontaneous(day), rng):
        hour = local(moment).hour
        written = None
        while written is None:
            (model,) = rng.choices(by_hour[hour], weights[hour])
            written = _write(model, moment, day, rng)
        yield written


def _write(model: phrases.Phrase, moment: int, day: date, rng: Random) -> Written | None:
    spot = _somewhere(model, day, rng)
    if spot is None and model.where != "-":
        return None
    said = (moment // MINUTE - rng.choice((0, 0, 1, 2, 3, 4, 6, 9))) * MINUTE
    text = phrases.say(model.text, rng, local(said), spot)
    if spot and spot.lon < -140:
        text += f" Heure locale\u00a0: {to_datetime(said, _TAHITI):%d/%m %Hh%M} (Tahiti)."
    changes = judgement(model.tags, rng.choice(model.gravities), rng)
    content = Content(
        text=text,
        nature=model.nature,
        **_times(said, rng),
        channel=rng.choice(model.channels),
        origin=rng.choice(_ORIGINS.get(model.post, ("",))),
        **_where(spot, rng),
    )
    at_once = rng.random() < (_AT_ONCE_LATE if moment > FRESH else _AT_ONCE)
    if at_once:
        content = judged(content, changes)
    elif rng.random() < 0.8:
        content = msgspec.structs.replace(content, tags=model.tags[:1])
    line = Line(
        at=moment,
        post=model.post,
        content=content,
        uid=uid_at(moment, rng),
        qualification=Qualification.QUALIFIED if at_once else Qualification.RAW,
    )
    return Written(line=line, judgement=changes)


def _somewhere(model: phrases.Phrase, day: date, rng: Random) -> Spot | None:
    """A place such as the sentence wants; a venue only while it is in use."""
    if model.where == "-":
        return None
    choice = spots()[model.where]
    if model.post == "OL-PP":
        choice = tuple(s for s in choice if _of_paris(s))
    if model.where == "venue":
        choice = tuple(s for s in choice if s.opens <= day.isoformat() <= s.closes)
    return rng.choice(choice) if choice else None


def _of_paris(spot: Spot) -> bool:
    """Whether the préfecture de police answers for it: Paris and its inner suburbs."""
    return 2.14 < spot.lon < 2.62 and 48.69 < spot.lat < 49.02


def _times(said: int, rng: Random) -> JSON:
    """When it happened and was told: mostly just now, at times long before."""
    chance = rng.random()
    if chance < 0.04:
        return {"event_time": said - rng.randint(25, 200) * MINUTE}
    if chance < 0.07:
        start = said - rng.randint(20, 240) * MINUTE
        return {
            "event_time": start,
            "event_end": start + rng.randint(10, 20) * MINUTE,
            "time_precision": TimePrecision.INTERVAL,
            "received_time": said,
        }
    precision = TimePrecision.APPROX if chance < 0.22 else TimePrecision.EXACT
    return {"event_time": said - rng.randint(0, 6) * MINUTE, "time_precision": precision,
            "received_time": said}  # fmt: skip


def _where(spot: Spot | None, rng: Random) -> JSON:
    """A position near the place; now and then only its name is known."""
    if spot is None:
        return {}
    if rng.random() < 0.02:
        return {"place": spot.name}
    vague = spot.precision is GeoPrecision.STREET and rng.random() < 0.3
    spread = 0.0 if vague else spot.spread
    return {
        "place": spot.name,
        "lon": round(spot.lon + rng.gauss(0, spread), 5),
        "lat": round(spot.lat + rng.gauss(0, spread * 0.7), 5),
        "geo_precision": GeoPrecision.COMMUNE if vague else spot.precision,
    }
