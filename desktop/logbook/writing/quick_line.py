"""A line being typed and what is understood of it; pure of any widget."""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from beffroi.logbook import hints
from beffroi.logbook.entry import Content
from beffroi.logbook.facets import slug
from beffroi.logbook.hints import Hint, HintKind
from beffroi.taxonomy import Taxonomy
from desktop.logbook.writing.place import NOWHERE, PlaceChoice, from_values

Dismissed = tuple[str, str]


@dataclass(slots=True)
class QuickLine:
    """The text, the hints that were taken away, the places that were chosen."""

    taxonomy: Taxonomy
    zone: ZoneInfo
    text: str = ""
    dismissed: set[Dismissed] = field(default_factory=set[Dismissed])
    places: dict[str, PlaceChoice] = field(default_factory=dict[str, PlaceChoice])
    unknown: set[str] = field(default_factory=set[str])
    """Words after @ that were looked for and are no place."""
    pinned: PlaceChoice = NOWHERE
    """A place given otherwise than in the text: a click on the map, a photo."""

    def read(self, now: int) -> list[Hint]:
        """What is understood now, without what the person took away."""
        found = hints.find(self.text, now=now, zone=self.zone, places=tuple(self.places))
        return [hint for hint in found if self._key(hint) not in self.dismissed]

    def _key(self, hint: Hint) -> Dismissed:
        return hint.kind.value, self.text[hint.start : hint.end].lower()

    def dismiss(self, hint: Hint) -> None:
        """Take a hint away: its words stay plain words."""
        self.dismissed.add(self._key(hint))

    def tag_code(self, word: str) -> str:
        """The code of the tag that a word after `#` means, or nothing."""
        wanted = slug(word)
        known = self.taxonomy.all()
        for tag in known:
            if wanted in {slug(tag.code), slug(tag.fr), slug(tag.en)}:
                return tag.code
        close = [t.code for t in known if slug(t.fr).startswith(wanted) or _last(t.code) == wanted]
        if not close:  # « #TGV », « #ferroviaire »: a word that stands for one tag alone
            close = [tag.code for tag in self.taxonomy.search(word)]
        return close[0] if len(close) == 1 else ""

    def place(self, found: list[Hint]) -> PlaceChoice:
        """The place to keep: the pinned one first, then the one after `@`."""
        if self.pinned != NOWHERE:
            return self.pinned
        named = next((h.value for h in found if h.kind is HintKind.PLACE), "")
        return self.places.get(named, NOWHERE)

    def unplaced(self, found: list[Hint]) -> str:
        """The words after `@` that are no place yet."""
        if self.pinned != NOWHERE:
            return ""
        named = next((h.value for h in found if h.kind is HintKind.PLACE), "")
        return "" if named in self.places else named

    def content(self, now: int, base: Content) -> Content:
        """The entry to publish: `base` with what was typed and understood."""
        found = [h for h in self.read(now) if self._means_something(h)]
        words = {h.value: self.tag_code(h.value) for h in found if h.kind is HintKind.TAG}
        known = hints.fields(found, words)
        place = self.place(found)
        if place != NOWHERE:
            known |= {**place.values, "geo_precision": place.precision}
        text = hints.sentence(self.text, found)
        return msgspec.structs.replace(base, text=text, **known)

    def _means_something(self, hint: Hint) -> bool:
        if hint.kind is HintKind.TAG:
            return bool(self.tag_code(hint.value))
        return hint.kind is not HintKind.PLACE or hint.value in self.places

    def corroborated_by(self, now: int) -> str:
        """The number of the entry that corroborates a credibility of 1."""
        return hints.corroborated_by(self.read(now))

    # Drafts

    def draft(self) -> dict[str, Any]:
        """The line as it is kept in a draft."""
        return {
            "text": self.text,
            "dismissed": [list(pair) for pair in sorted(self.dismissed)],
            "places": {name: choice.values for name, choice in self.places.items()},
            "pinned": self.pinned.values,
        }

    def recover(self, draft: dict[str, Any]) -> None:
        """Become what a draft kept."""
        self.text = str(draft.get("text") or "")
        self.dismissed = {(str(a), str(b)) for a, b in draft.get("dismissed") or ()}
        self.places = {n: from_values(v) for n, v in (draft.get("places") or {}).items()}
        self.unknown = set()
        self.pinned = from_values(draft.get("pinned") or {})

    def clear(self) -> None:
        """Be ready for the next line."""
        self.recover({})


def _last(code: str) -> str:
    return slug(code.rsplit(".", 1)[-1])
