"""Where type-ahead fields find their proposals: places, tags, posts, organisations, entries."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from beffroi.logbook.changes import EntryAdded
from beffroi.logbook.entry import Entry, GeoPrecision
from beffroi.logbook.facets import fold
from beffroi.logbook.query import parse
from beffroi.places import coordinates
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.tag_look import look, taxonomy
from desktop.logbook.writing.place import PlaceChoice
from desktop.logbook.writing.popup import Suggestion
from desktop.logbook.writing.typeahead import Answer

LIMIT = 8
WARM_MS = 2500
"""After the window, the list and the map have come."""


class Lookups(QObject):
    """One per desk; whatever reads a disk answers later, from the pool."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._posts: list[str] = []
        self._organisations: list[str] = []
        desk.feed.on(EntryAdded, self._remember)
        warm = QTimer(self, singleShot=True, interval=WARM_MS)
        warm.timeout.connect(self._warm)
        warm.start()
        desk.tasks.run(
            lambda: (desk.node.logbook.posts(), desk.node.logbook.organisations()), self._known
        )

    def _warm(self) -> None:
        """Have the gazetteer in memory before the first place is typed."""
        self.ask(lambda: self.locate("Paris"), lambda _place: None)

    def _known(self, names: tuple[list[str], list[str]]) -> None:
        self._posts = [*names[0], *(p for p in self._posts if p not in names[0])]
        self._organisations = [*names[1], *(o for o in self._organisations if o not in names[1])]

    def _remember(self, change: EntryAdded) -> None:
        content = change.entry.content
        for name in (change.entry.post, *content.for_action, *content.for_info):
            if name and name not in self._posts:
                self._posts.append(name)
        if content.organisation and content.organisation not in self._organisations:
            self._organisations.append(content.organisation)

    def ask(self, work: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        """Read something in the pool and answer on the main thread."""
        self._desk.tasks.run(work, answer)

    # Proposals

    def tags(self, words: str, answer: Answer) -> None:
        """Tags whose word or domain begins like that."""
        answer([tag_face(tag.code) for tag in taxonomy().search(words.lstrip("#"))[: LIMIT * 2]])

    def posts(self, words: str, answer: Answer) -> None:
        """Posts that the main courante knows."""
        answer(_matching(self._posts, words))

    def organisations(self, words: str, answer: Answer) -> None:
        """Organisations that the main courante knows."""
        answer(_matching(self._organisations, words))

    def places(self, words: str, answer: Answer) -> None:
        """Coordinates read in any system, then sites, stations and communes."""
        words = words.strip()
        near = _centre(self._desk)
        self.ask(lambda: self._find_places(words, near), answer)

    def _find_places(self, words: str, near: tuple[float, float] | None) -> list[Suggestion]:
        found = [_reading(reading) for reading in coordinates.parse(words)]
        if not found and len(words) > 1:
            places = self._desk.node.places.search(words, LIMIT, near)
            found = [_place(place) for place in places]
        return found[:LIMIT]

    def entries(self, words: str, answer: Answer) -> None:
        """Entries named by their number or found by their words."""
        self.ask(lambda: self._find_entries(words), answer)

    def _find_entries(self, words: str) -> list[Suggestion]:
        named = self._desk.node.logbook.by_number(words)
        if named is not None:
            return [entry_face(named)]
        query = parse(
            words,
            now=self._desk.node.clock.now(),
            locate=lambda _words: None,
            tags=self._desk.node.taxonomy,
        )
        found = self._desk.node.search.first(query, LIMIT)
        return [entry_face(entry) for entry in found]

    # Places made complete

    def complete(self, choice: PlaceChoice, answer: Callable[[PlaceChoice], None]) -> None:
        """Add the commune to a point."""
        self.ask(lambda: with_commune(self._desk, choice), answer)

    def meant(self, words: str) -> PlaceChoice | None:
        """The point that words left in a place line stand for.  Reads the disk."""
        read = coordinates.parse(words)
        if len(read) == 1:
            point: PlaceChoice = _reading(read[0]).value
            return with_commune(self._desk, point)
        return self.locate(words)

    def name_entry(self, uid: str, answer: Callable[[str], None]) -> None:
        """The number and the first words of an entry."""
        logbook = self._desk.node.logbook
        self.ask(lambda: entry_face(logbook.entry(uid)).text, answer)

    def locate(self, words: str) -> PlaceChoice | None:
        """The place that words name beyond doubt.  Reads the disk: call it off the main thread."""
        place = self._desk.node.places.locate(words)
        return None if place is None else with_commune(self._desk, _place(place).value)


def with_commune(desk: Desk, choice: PlaceChoice) -> PlaceChoice:
    """`choice` with the commune it lies in.  Reads the disk."""
    if choice.lon is None or choice.lat is None or choice.commune:
        return choice
    commune = desk.node.places.nearest_commune(choice.lon, choice.lat)
    return PlaceChoice(
        place=choice.place,
        lon=choice.lon,
        lat=choice.lat,
        precision=choice.precision,
        commune="" if commune is None else commune.name,
    )


def tag_face(code: str) -> Suggestion:
    """A tag as a proposal: its word, its domain, its colour."""
    said = look(code)
    domain = code.split(".", 1)[0]
    detail = "" if domain == code else look(domain).word
    return Suggestion(text=said.word, detail=detail, value=code, colour=said.colour, dark=said.dark)


def plain_face(name: str) -> Suggestion:
    """A name as it is."""
    return Suggestion(text=name, value=name)


def entry_face(entry: Entry) -> Suggestion:
    """An entry as a proposal: its number and its first words."""
    line = entry.content.text.split("\n", 1)[0]
    return Suggestion(text=f"{entry.label} {line}", detail="", value=entry.uid)


def _matching(names: Sequence[str], words: str) -> list[Suggestion]:
    wanted = fold(words.strip())
    starting = [n for n in names if fold(n).startswith(wanted)]
    holding = [n for n in names if wanted in fold(n) and n not in starting]
    return [plain_face(n) for n in [*starting, *holding][:LIMIT]]


def _centre(desk: Desk) -> tuple[float, float] | None:
    box = desk.shared.extent
    if box is None:
        return None
    west, south, east, north = box
    return ((west + east) / 2 if west <= east else west, (south + north) / 2)


def _reading(reading: Any) -> Suggestion:
    choice = PlaceChoice(lon=reading.lon, lat=reading.lat, precision=GeoPrecision.POINT)
    return Suggestion(text=choice.coordinates, detail=reading.label, value=choice)


def _place(place: Any) -> Suggestion:
    known = place.geo_precision in set(GeoPrecision)
    precision = GeoPrecision(place.geo_precision) if known else GeoPrecision.POINT
    commune = place.name if place.kind == "commune" else ""
    choice = PlaceChoice(
        place=place.name, lon=place.lon, lat=place.lat, precision=precision, commune=commune,
        detail=place.detail if commune else "",
    )  # fmt: skip
    detail = " · ".join(part for part in (_(str(place.kind)), place.detail) if part)
    return Suggestion(text=place.name, detail=detail, value=choice)
