"""Points out entries that may already say what is being typed: near in words, place and time."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from beffroi.clock import Clock
from beffroi.logbook import facets, rows
from beffroi.logbook.entry import Entry, Lifecycle
from beffroi.logbook.search.plan import any_of
from beffroi.logbook.search.sphere import around, metres
from beffroi.logbook.words import words
from beffroi.store import Connection, Store
from beffroi.text import _, ngettext, number

HOUR_MS = 3_600_000
BEFORE_MS = 6 * HOUR_MS
AFTER_MS = HOUR_MS
NEAR_METRES = 2_000.0
ENOUGH = 0.55
_MIN_LETTERS = 4
_MOST_WORDS = 12
_POOL = 60
_COMMON = frozenset((
    "dans", "pour", "avec", "sans", "plus", "sous", "vers", "chez", "depuis",
    "suite", "cette", "leur", "leurs", "etre", "sont", "etait", "fait", "faire",
    "aussi", "comme", "entre", "apres", "avant", "pres", "place", "rue", "avenue",
    "gare", "heures", "minutes", "environ",
))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that may say the same; `score` is 0–1, `why` a few words for the hint."""

    entry: Entry
    score: float
    why: str


class Duplicates:
    """Compares what is typed with what was written in the last hours."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def near(
        self,
        text: str,
        lon: float | None = None,
        lat: float | None = None,
        event_time: int | None = None,
        limit: int = 5,
        *,
        besides: Sequence[str] = (),
    ) -> list[Candidate]:
        """The likeliest twins of `text`, best first; entries with a uid in `besides` are left out."""
        at = self._clock.now() if event_time is None else event_time
        said = words(text)
        telling = _telling(said)
        if not telling:
            return []
        with self._store.read() as connection:
            pool = _pool(connection, telling, lon, lat, at)
        found = [
            candidate
            for entry in pool
            if entry.uid not in besides and entry.lifecycle is not Lifecycle.VOID
            for candidate in (_compare(entry, said, lon, lat, at),)
            if candidate.score >= ENOUGH
        ]
        found.sort(key=lambda candidate: (-candidate.score, -candidate.entry.rid))
        return found[:limit]


def _telling(said: list[str]) -> list[str]:
    """The words that tell one event from another: the longest, common ones left out."""
    kept = {w for w in said if len(w) >= _MIN_LETTERS and w not in _COMMON}
    return sorted(kept, key=lambda word: (-len(word), word))[:_MOST_WORDS]


def _pool(
    connection: Connection, telling: list[str], lon: float | None, lat: float | None, at: int
) -> list[Entry]:
    """Entries of those hours that share words, and with a place those that share it too."""
    hours = facets.time_cover(at - BEFORE_MS, at + AFTER_MS) or []
    spoken = f"({{text place}} : {any_of(telling)})"
    matches = [f"{spoken} AND (facets : {any_of(hours)})"]
    if lon is not None and lat is not None:
        squares = facets.geo_cover(*around(lon, lat, NEAR_METRES)) or []
        if squares:
            matches.insert(0, f"{spoken} AND (facets : ({any_of(squares)} AND {any_of(hours)}))")
    found: dict[int, None] = {}
    for match in matches:
        for row in connection.execute(
            "SELECT rowid FROM entry_fts WHERE entry_fts MATCH ? ORDER BY rowid DESC LIMIT ?",
            (match, _POOL),
        ):
            found[row[0]] = None
    return list(rows.by_rids(connection, found).values())


def _compare(
    entry: Entry, said: list[str], lon: float | None, lat: float | None, at: int
) -> Candidate:
    content = entry.content
    alike = fuzz.token_set_ratio(" ".join(said), " ".join(words(content.text))) / 100
    apart = abs(entry.event_time - at)
    soon = max(0.0, 1 - apart / BEFORE_MS)
    why = [_ago(apart)]
    if lon is None or lat is None or content.lon is None or content.lat is None:
        return Candidate(entry=entry, score=0.8 * alike + 0.2 * soon, why=", ".join(why))
    distance = metres(lon, lat, content.lon, content.lat)
    close = max(-1.0, 1 - distance / NEAR_METRES)
    why.insert(0, _away(distance))
    score = 0.5 * alike + 0.35 * close + 0.15 * soon
    return Candidate(entry=entry, score=score if alike > ENOUGH / 2 else 0.0, why=", ".join(why))


def _away(distance: float) -> str:
    if distance < 1000:
        return _("à {n} m").format(n=number(round(distance, -1)))
    return _("à {n} km").format(n=number(distance / 1000, 1))


def _ago(apart: int) -> str:
    minutes = round(apart / 60_000)
    if minutes < 1:
        return _("au même moment")
    if minutes < 60:
        return ngettext("à {n} minute d’écart", "à {n} minutes d’écart", minutes).format(n=minutes)
    hours = round(minutes / 60)
    return ngettext("à {n} heure d’écart", "à {n} heures d’écart", hours).format(n=hours)
