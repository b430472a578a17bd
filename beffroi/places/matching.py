"""Finds the rows of the gazetteer that a few typed words may mean, and ranks them."""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from beffroi.places.folding import fold
from beffroi.places.gazetteer import Gazetteer
from beffroi.places.place import KINDS
from beffroi.places.territories import TERRITORIES

Rows = npt.NDArray[np.int32]
FUZZY_SCORE = 78
MANY = 4_000
"""Above this many rows for one short word, only the best known are ranked."""

_WEIGHT = {
    "site": 34, "gare": 20, "hôpital": 15, "préfecture": 10, "police": 8, "aéroport": 21,
    "nucléaire": 12, "seveso": 10, "quartier": 8, "voie": 6, "commune": 10, "lieu": 2,
    "département": 18, "région": 17, "pays": 12,
}  # fmt: skip
_NONE = np.empty(0, np.int32)
_SMALL_WORDS = {
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sur", "sous",
    "place", "rue", "avenue",
}  # fmt: skip
_FAME = {"lieu": 3.0, "pays": 2.5, "département": 0.0}
"""How much being populous counts: less abroad than in France."""
MAINLAND_BONUS = 3.0
_KIND_WORDS = {
    "gare": ("gare",),
    "station": ("gare",),
    "hopital": ("hôpital",),
    "clinique": ("hôpital",),
    "commune": ("commune",),
    "ville": ("commune", "lieu"),
    "prefecture": ("préfecture",),
    "site": ("site",),
    "aeroport": ("aéroport",),
    "commissariat": ("police",),
    "centrale": ("nucléaire",),
}


class Matcher:
    """Searches the names of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._book = gazetteer
        weights = np.array([_WEIGHT.get(kind, 0) for kind in KINDS], np.float64)
        known = np.log10(np.maximum(gazetteer.populations, 1))
        factors = np.array([_FAME.get(kind, 6.0) for kind in KINDS], np.float64)
        self._rank = weights[gazetteer.kinds] + factors[gazetteer.kinds] * known
        self._rank += MAINLAND_BONUS * _in_mainland(gazetteer.lons, gazetteer.lats)

    def rows(self, words: str, limit: int, near: tuple[float, float] | None = None) -> list[int]:
        """The best rows whose names hold all the words, best first."""
        folded = fold(words)
        if not folded:
            return []
        found = self._exact(folded)
        if not found.size:
            found = self._by_kind(folded)
        return self._best(found, folded, limit, near) if found.size else []

    def loosely(self, words: str, limit: int, near: tuple[float, float] | None = None) -> list[int]:
        """The same without the small words, which people leave out or put in."""
        kept = [word for word in fold(words).split() if word not in _SMALL_WORDS]
        found = self._all_words(kept) if kept else _NONE
        return self._best(found, " ".join(kept), limit, near) if found.size else []

    def similar(self, words: str, limit: int, score: float = FUZZY_SCORE) -> list[int]:
        """Rows whose names differ from the words by a letter or two."""
        folded = fold(words)
        if len(folded) < 4:
            return []
        found = process.extract(
            folded, self._book.folded, scorer=fuzz.ratio, score_cutoff=score, limit=limit * 4
        )
        ranked = sorted(found, key=lambda hit: -(hit[1] * 2 + self._rank[hit[2]]))
        return [row for _name, _score, row in ranked[:limit]]

    def named(self, words: str, kinds: tuple[str, ...]) -> list[int]:
        """Rows of these kinds that bear exactly this name, best first."""
        folded = fold(words)
        wanted = [KINDS.index(kind) for kind in kinds]
        rows = [
            int(row)
            for row in np.unique(self._slice_equal(folded))
            if self._book.kinds[row] in wanted and self._book.folded[row] == folded
        ]
        return sorted(rows, key=lambda row: -float(self._rank[row]))

    def _exact(self, folded: str) -> Rows:
        """Rows whose name holds all words, each at the start of a word, in any order."""
        whole = self._starting(folded)
        if whole.size:
            return whole
        return self._all_words(folded.split())

    def _all_words(self, words: list[str]) -> Rows:
        rows = self._starting(words[0])
        for word in words[1:]:
            if not rows.size:
                break
            rows = np.intersect1d(rows, self._starting(word), assume_unique=True)
        return rows

    def _by_kind(self, folded: str) -> Rows:
        """« gare bordeaux »: the word that names a kind is a filter and not a part of the name."""
        for word in folded.split():
            kinds = _KIND_WORDS.get(word)
            others = [w for w in folded.split() if w != word]
            if kinds and others:
                rows = self._all_words(others)
                wanted = [KINDS.index(kind) for kind in kinds]
                return rows[np.isin(self._book.kinds[rows], wanted)]
        return _NONE

    def _starting(self, prefix: str) -> Rows:
        """Rows that have a key beginning with `prefix`; « st » typed last may begin « stade »."""
        keys = self._book.keys
        found = [self._slice(keys, prefix)]
        if prefix.endswith("saint"):
            found.append(self._slice(keys, prefix.removesuffix("saint") + "st"))
        return np.unique(np.concatenate(found))

    def _slice(self, keys: list[str], prefix: str) -> Rows:
        first = bisect_left(keys, prefix)
        last = bisect_left(keys, prefix + "\U0010ffff")
        return self._book.key_rows[first:last]

    def _best(
        self, rows: Rows, folded: str, limit: int, near: tuple[float, float] | None
    ) -> list[int]:
        score = self._rank[rows].copy()
        if near:
            score += _closeness(self._book.lons[rows], self._book.lats[rows], *near)
        if rows.size > MANY:
            kept = np.argpartition(-score, MANY)[:MANY]
            exact = np.isin(rows, self._slice_equal(folded))
            kept = np.union1d(kept, np.flatnonzero(exact))
            rows, score = rows[kept], score[kept]
        names = self._book.folded
        score += np.array([_likeness(names[row], folded) for row in rows])
        codes = self._book.codes
        score += [25.0 if codes[row].lower() == folded else 0.0 for row in rows]
        order = np.argsort(-score, kind="stable")[:limit]
        return [int(rows[i]) for i in order]

    def _slice_equal(self, folded: str) -> Rows:
        keys = self._book.keys
        return self._book.key_rows[bisect_left(keys, folded) : bisect_left(keys, folded + " ")]


def _in_mainland(
    lons: npt.NDArray[np.float64], lats: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    box = TERRITORIES[0]
    inside: npt.NDArray[np.bool_] = (lons > box.west) & (lons < box.east)
    return inside & (lats > box.south) & (lats < box.north)


def _likeness(name: str, typed: str) -> float:
    if name == typed:
        return 45.0
    if name.startswith(typed + " "):
        return 18.0
    return 12.0 if name.startswith(typed) else 0.0


def _closeness(
    lons: npt.NDArray[np.float64], lats: npt.NDArray[np.float64], lon: float, lat: float
) -> npt.NDArray[np.float64]:
    """Up to 25 points for what is close by, none beyond some 500 km."""
    away = np.hypot((lons - lon) * np.cos(np.radians(lat)), lats - lat) * 111
    points: npt.NDArray[np.float64] = np.clip(25 - 9 * np.log10(np.maximum(away, 1)), 0, 25)
    return points
