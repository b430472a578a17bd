"""Reads metres: UTM, MGRS, Lambert-93 and the systems of the overseas territories."""

import re
from collections.abc import Iterator
from dataclasses import replace

from beffroi.places.reading import Reading, on_globe
from beffroi.places.systems import BANDS, LAMBERT93, band, grid_position, to_wgs84, utm_epsg
from beffroi.places.territories import TERRITORIES, in_france, territory_at

_NUMBER = r"(\d{1,8}(?:[.,]\d{1,6})?)\s*M?"
_LABEL = r"(?:[XYEN]\s*[=:]?\s*)?"
_PAIR = re.compile(rf"{_LABEL}{_NUMBER}(?:\s*[,;/]\s*|\s+){_LABEL}{_NUMBER}")
_ZONE = r"(?:UTM\s*)?(?:ZONE\s*)?(?P<zone>\d{1,2})\s?(?P<letter>[A-Z])?"
_UTM = (
    re.compile(rf"{_ZONE}\s*[,;:]?\s+(?P<pair>{_LABEL}\d.*)"),
    re.compile(rf"(?P<pair>.*\d\s*M?)\s*[,;(]?\s+{_ZONE}\)?"),
)
_HEAD = re.compile(
    r"(?P<lambert>LAMBERT[\s-]*93|L93|RGF93|EPSG:?2154)\s*[:,]?\s*"
    r"|(?:UTM\s*ZONE|UTM|ZONE)\s*\d{1,2}\s?[A-Z]?\s+"
)
"""What may come before the numbers, and must not be glued to them."""
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_MGRS = re.compile(rf"(\d{{1,2}})\s*([{BANDS}])\s*([A-HJ-NP-Z]{{2}})\s*(\d[\d\s]*)")


def read(text: str) -> list[Reading]:
    """What metres the text may mean."""
    words = text.upper().strip()
    head = _HEAD.match(words)
    start = head.end() if head else 0
    words = words[:start] + _without_thousands(words[start:])
    if head and head["lambert"]:
        pair = _PAIR.fullmatch(words[start:])
        return list(_lambert(*_numbers(pair))) if pair else []
    return _zoned(words) or _alone(words)


def _zoned(words: str) -> list[Reading]:
    """A grid reference or UTM with its zone."""
    if found := _MGRS.fullmatch(words):
        return list(_grid(found[1], found[2], found[3], found[4]))
    for shape in _UTM:
        found = shape.fullmatch(words)
        pair = _PAIR.fullmatch(found["pair"]) if found else None
        if found and pair:
            return list(_utm(int(found["zone"]), found["letter"] or "", *_numbers(pair)))
    return []


def _alone(words: str) -> list[Reading]:
    """Two numbers and nothing else."""
    pair = _PAIR.fullmatch(words)
    if not pair:
        return []
    return list(_lambert(*_numbers(pair))) or list(_overseas(*_numbers(pair)))


def _without_thousands(words: str) -> str:
    """« 652 469 » as « 652469 »; two whole numbers side by side are left alone."""
    return _THOUSANDS.sub(lambda found: found[0].replace(" ", ""), words)


def _numbers(pair: re.Match[str]) -> tuple[float, float]:
    return float(pair[1].replace(",", ".")), float(pair[2].replace(",", "."))


def _grid(zone: str, letter: str, square: str, digits: str) -> Iterator[Reading]:
    """A military grid reference, taken at the middle of its square."""
    halves = digits.split()
    if len(halves) != 2:
        joined = "".join(halves)
        halves = [joined[: len(joined) // 2], joined[len(joined) // 2 :]]
    if len(halves[0]) != len(halves[1]) or not 1 <= len(halves[0]) <= 5:
        return
    east, north = (half if len(half) == 5 else f"{half}5".ljust(5, "0") for half in halves)
    position = grid_position(f"{zone}{letter}{square}{east}{north}")
    if position and on_globe(*position):
        yield Reading(*position, "mgrs")


def _utm(zone: int, letter: str, east: float, north: float) -> Iterator[Reading]:
    """Letters N and S are read as hemispheres first, then as bands; others as bands."""
    if not 1 <= zone <= 60 or (letter and letter not in BANDS):
        return
    for south in (letter == "S", letter != "S"):
        for reading in _from(utm_epsg(zone, south=south), east, north, "utm"):
            if _agrees(letter, reading, south=south):
                yield reading


def _agrees(letter: str, reading: Reading, *, south: bool) -> bool:
    """Whether the letter typed can be the hemisphere or the band of the position."""
    if not letter:
        return in_france(reading.lon, reading.lat)
    if letter in ("N", "S") and south == (letter == "S"):
        return True
    return (letter < "N") == south and abs(
        BANDS.index(letter) - BANDS.index(band(reading.lat))
    ) <= 1


def _either_order(first: float, second: float) -> tuple[tuple[float, float], ...]:
    return ((first, second), (second, first)) if max(first, second) >= 10_000 else ()


def _lambert(first: float, second: float) -> Iterator[Reading]:
    """Two numbers of metres that fall in mainland France."""
    for east, north in _either_order(first, second):
        if 0 < east < 1_400_000 and 5_950_000 < north < 7_250_000:
            yield from _here(LAMBERT93, east, north, TERRITORIES[0].name)


def _overseas(first: float, second: float) -> Iterator[Reading]:
    """Two numbers of metres that fall in a territory, in the system used there."""
    for east, north in _either_order(first, second):
        for territory in TERRITORIES[1:]:
            yield from _here(territory.epsg, east, north, territory.name)


def _here(epsg: int, east: float, north: float, where: str) -> Iterator[Reading]:
    system = "l93" if epsg == LAMBERT93 else "utm"
    for reading in _from(epsg, east, north, system):
        found = territory_at(reading.lon, reading.lat)
        if found and found.name == where:
            yield reading if system == "l93" else replace(reading, label=where)


def _from(epsg: int, east: float, north: float, system: str) -> Iterator[Reading]:
    lon, lat = to_wgs84(epsg).transform(east, north)
    if on_globe(lon, lat):
        yield Reading(lon, lat, system)
