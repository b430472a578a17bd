"""Finds places by name, address or position, and names what a map shows."""

import math
from dataclasses import replace
from pathlib import Path
from threading import Lock

import numpy as np

from beffroi import resources
from beffroi.places import address, coordinates, gazetteer, systems
from beffroi.places.communes import Communes
from beffroi.places.folding import fold
from beffroi.places.labels import Box, labels_in
from beffroi.places.matching import Matcher
from beffroi.places.place import KINDS, Place
from beffroi.places.reading import Reading, on_globe
from beffroi.text import _

MAX_WORDS = 200
FAR_KM = 40.0
SURE = 86.0
"""How alike two names must be for one to be taken for the other without asking."""
Position = tuple[float, float]
_COMMUNE = KINDS.index("commune")


class Places:
    """The names Beffroi knows: sites, stations, hospitals, communes and localities overseas."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources.root()
        self._lock = Lock()
        self._opened: tuple[gazetteer.Gazetteer, Matcher] | None = None
        self._communes = Communes(self._folder / "layers")

    def load(self) -> None:
        """Read the file of names, in the background, before somebody waits for it."""
        self._open()
        systems.to_wgs84(systems.LAMBERT93).transform(700_000, 6_600_000)

    def _open(self) -> tuple[gazetteer.Gazetteer, Matcher]:
        with self._lock:
            if self._opened is None:
                book = gazetteer.read(self._folder / "gazetteer" / "places.bin.gz")
                self._opened = book, Matcher(book)
            return self._opened

    def search(self, text: str, limit: int = 10, near: Position | None = None) -> list[Place]:
        """Places that the words may mean, the likeliest first: coordinates, names, addresses.

        `near` (lon, lat) brings forward what is close to it.
        """
        words = text.strip()[:MAX_WORDS]
        if readings := coordinates.parse(words):
            return [_at(reading) for reading in readings][:limit]
        book, matcher = self._open()
        if rows := matcher.rows(words, limit, near):
            return [book.place(row) for row in rows]
        if place := self._addressed(words, near):
            return [place]
        rows = matcher.loosely(words, limit, near) or matcher.similar(words, limit)
        return [book.place(row) for row in rows]

    def locate(self, text: str, near: Position | None = None) -> Place | None:
        """The one place that the words name; None when nothing is close enough to them."""
        words = text.strip()[:MAX_WORDS]
        if readings := coordinates.parse(words):
            return _at(readings[0])
        if len(fold(words)) < 2:
            return None
        book, matcher = self._open()
        if rows := matcher.rows(words, 1, near):
            return book.place(rows[0])
        if place := self._addressed(words, near):
            return place
        rows = matcher.loosely(words, 1, near) or matcher.similar(words, 1, SURE)
        return book.place(rows[0]) if rows else None

    def _addressed(self, words: str, near: Position | None) -> Place | None:
        """An address placed on its street when that is known, else at the centre of its commune."""
        parts = address.read(words)
        if parts is None:
            return None
        book, matcher = self._open()
        town = self._town(parts, near)
        for name in (parts.street, *(parts.street.removesuffix(f" {end}") for end in parts.towns)):
            for row in matcher.named(name, ("voie",)):
                street = book.place(row)
                if town is None or _km(street.lon, street.lat, town.lon, town.lat) < 15:
                    detail = _("{street}, {where} : sur la voie, sans le numéro").format(
                        street=street.name, where=street.detail
                    )
                    return replace(street, name=words, detail=detail)
        if town is None:
            return None
        detail = _("{town}, {where} : centre de la commune, rue inconnue du répertoire").format(
            town=town.name, where=town.detail
        )
        return replace(town, name=words, detail=detail)

    def _town(self, parts: address.Address, near: Position | None) -> Place | None:
        book, matcher = self._open()
        if parts.postcode:
            for end in parts.towns:
                if rows := matcher.rows(f"{parts.postcode} {end}", 1, near):
                    return book.place(rows[0])
            if rows := matcher.rows(parts.postcode, 1, near):
                return book.place(rows[0])
        for end in parts.towns:
            found = [book.place(row) for row in matcher.named(end, ("commune", "lieu"))]
            if found:
                return min(found, key=lambda p: _km(p.lon, p.lat, *near)) if near else found[0]
        return None

    def nearest_commune(self, lon: float, lat: float) -> Place | None:
        """The commune around a position, or the nearest one on a shore; None far from all."""
        if not on_globe(lon, lat):
            return None
        book, _matcher = self._open()
        communes = np.flatnonzero(book.kinds == _COMMUNE)
        if code := self._communes.code_at(lon, lat):
            for row in communes:
                if book.codes[row] == code:
                    return book.place(int(row))
        east = (book.lons[communes] - lon) * math.cos(math.radians(lat))
        away = np.hypot(east, book.lats[communes] - lat)
        place = book.place(int(communes[int(np.argmin(away))]))
        return place if _km(place.lon, place.lat, lon, lat) <= FAR_KM else None

    def labels(self, box: Box, limit: int = 60) -> list[Place]:
        """The places to name on a map of the box (west, south, east, north), the biggest first."""
        book, _matcher = self._open()
        return labels_in(book, box, limit)


def _at(reading: Reading) -> Place:
    shown = coordinates.format(reading.lon, reading.lat, reading.system)
    return Place(shown, "coordonnées", reading.label, reading.lon, reading.lat)


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    east = (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(east, lat - other_lat) * 111.2
