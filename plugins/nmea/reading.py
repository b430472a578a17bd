"""Reads where receivers are: one record per moment of each, under the receiver's name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from beffroi.plugin import Book, Options, Reading, Record, Sample, Scalar, Unreadable
from beffroi.plugin.words import _
from plugins.nmea import sentences
from plugins.nmea.sentences import SENTENCE, Told

ALONE = "GPS"
"""What a receiver is called that no tag block and no option names."""
WORTH_MS = 60_000
_MOST_NAME = 40


def recognise(sample: Sample) -> float:
    """How sure it is that these are a receiver's sentences."""
    found = SENTENCE.search(sample.head)
    return 0.9 if found is not None and sentences.sound(found) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """The positions, in order; `name` (an option) is what a receiver without a name is called.

    Raises:
        Unreadable: there is no position in it.
    """
    book = Book()
    name = str(options.get("name") or ALONE)[:_MOST_NAME]
    records = [_record(fix) for fix in _fixes(sample, name, book)]
    if not records:
        raise Unreadable(
            _("Aucune position GPS entière\u00a0: vérifiez que le récepteur voit le ciel.")
        )
    hints = {
        "family": "field",
        "id": "receiver",
        "title": "receiver",
        "refresh": "1",
        "validity": "60",
    }
    return Reading(
        format="nmea", records=records, problems=book, encoding=sample.encoding, snapshot=False,
        hints=hints,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fix:
    told: Told
    time: int


def _fixes(sample: Sample, name: str, book: Book) -> Iterator[_Fix]:
    """RMC and GGA of one moment of one receiver are one position."""
    held: dict[str, _Fix] = {}
    for said in _all_told(sample, name, book):
        before = held.get(said.station)
        time = _time(said, before, sample.received)
        if time is None:
            book.note(said.station, _("heure sans date\u00a0: aucune phrase RMC ne l’a donnée"))
            continue
        if before is not None and before.time == time:
            held[said.station] = _Fix(_together(before.told, said), time)
            continue
        if before is not None:
            yield before
        held[said.station] = _Fix(said, time)
    yield from held.values()


def _all_told(sample: Sample, name: str, book: Book) -> Iterator[Told]:
    for number, line in enumerate(sample.lines, 1):
        place = _("ligne {n}").format(n=number)
        for found in SENTENCE.finditer(line[:2_000]):
            if not sentences.sound(found):
                book.note(place, _("somme de contrôle fausse"))
                continue
            try:
                said = sentences.told(found, sentences.station(line) or name)
            except ValueError:
                book.note(place, _("phrase NMEA mal formée"))
                continue
            if said is None:
                book.note(place, _("récepteur sans position"))
            else:
                yield said


def _time(said: Told, before: _Fix | None, received: int) -> int | None:
    if said.day is not None:
        return sentences.moment(said.clock, said.day)
    near = before.time if before is not None else received
    return sentences.moment(said.clock, _day_of(near), near) if near else None


def _day_of(moment: int) -> date:
    return datetime.fromtimestamp(moment / 1000, UTC).date()


def _together(one: Told, other: Told) -> Told:
    """What two sentences of one moment say together; the later one's position holds."""
    known = {
        field: getattr(one, field)
        for field in ("day", "speed", "course", "alt", "satellites", "hdop")
        if getattr(other, field) is None
    }
    return replace(other, **known)


def _record(fix: _Fix) -> Record:
    told = fix.told
    fields: dict[str, Scalar] = {
        "receiver": told.station, "speed": told.speed, "course": told.course, "alt": told.alt,
        "satellites": told.satellites, "hdop": told.hdop,
    }  # fmt: skip
    return Record(
        id=told.station,
        geometry={"type": "Point", "coordinates": [told.lon, told.lat]},
        properties={name: value for name, value in fields.items() if value is not None},
        title=told.station,
        time=fix.time,
        until=fix.time + WORTH_MS,
    )
