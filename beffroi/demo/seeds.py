"""Reads the real places and recorded events that the demo is built around (`resources/demo`)."""

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from beffroi import resources
from beffroi.logbook.entry import GeoPrecision

PARIS_REGION = ("75", "77", "78", "91", "92", "93", "94", "95")


@dataclass(frozen=True, slots=True)
class Spot:
    """A real place an entry can speak of.  `opens` and `closes` are ISO days for a Games site."""

    name: str
    lon: float
    lat: float
    detail: str = ""
    precision: GeoPrecision = GeoPrecision.POINT
    spread: float = 0.0
    opens: str = ""
    closes: str = ""


def folder() -> Path:
    """Where the seeds of the demo lie."""
    return resources.root() / "demo"


@cache
def seed(name: str) -> Any:
    """The content of `name`.json.gz."""
    return msgspec.json.decode(gzip.decompress((folder() / f"{name}.json.gz").read_bytes()))


@cache
def spots() -> dict[str, tuple[Spot, ...]]:
    """Places by the kinds that the phrases name.  `spread` is how far around it things happen."""
    rows = seed("places")
    street, commune = GeoPrecision.STREET, GeoPrecision.COMMUNE
    sites = [
        Spot(_fr(n), x, y, sports, spread=0.0016, opens=a, closes=b)
        for n, x, y, a, b, sports in rows["sites"]
    ]
    towns = [
        (code, Spot(_fr(n), x, y, _fr(dep), street, 0.011))
        for n, x, y, dep, code in rows["communes"]
    ]
    metro = [
        Spot(_fr(n), x, y, line, GeoPrecision.ADDRESS, 0.0004) for n, x, y, line in rows["metro"]
    ]
    prefectures = [
        Spot(_fr(n), x, y, f"{_fr(dep)} ({code})", commune)
        for n, x, y, code, dep in rows["prefectures"]
        if code[:2] not in ("97", "98")
    ]
    return {
        "site": tuple(sites),
        "venue": tuple(sites),
        "metro": tuple(metro),
        "gare": tuple(
            Spot(_station(_fr(n)), x, y, "", GeoPrecision.ADDRESS, 0.0012)
            for n, x, y in rows["stations"]
        ),
        "hopital": tuple(
            Spot(_fr(n), x, y, "", GeoPrecision.ADDRESS, 0.0006) for n, x, y in rows["hospitals"]
        ),
        "idf": tuple(spot for code, spot in towns if code[:2] in PARIS_REGION),
        "commune": tuple(spot for code, spot in towns if code[:2] not in ("97", "98")),
        "outremer": tuple(spot for code, spot in towns if code[:2] in ("97", "98")),
        "prefecture": tuple(prefectures),
    }


def _station(name: str) -> str:
    """« gare du Mans », « gare d’Angers »: as one says it."""
    if name.startswith("Le "):
        return f"gare du {name[3:]}"
    if name.startswith("Les "):
        return f"gare des {name[4:]}"
    return f"gare d’{name}" if name[0] in "AEIOUYÉÈÎH" else f"gare de {name}"


def _fr(name: str) -> str:
    return name.replace("'", "’")
