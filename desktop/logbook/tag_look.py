"""How a tag looks: its word, the colours of its domain by day and by night, its icon."""

from dataclasses import dataclass
from functools import cache

from beffroi.logbook.facets import slug
from beffroi.taxonomy import Taxonomy
from beffroi.text import language

UNKNOWN = ("#5c6672", "#9ea9b6")


_own: list[Taxonomy] = []


def use(tags: Taxonomy) -> None:
    """Show the tags of this profile from now on."""
    _own[:] = [tags]
    _look.cache_clear()


def taxonomy() -> Taxonomy:
    """The tags of this desk: those of its profile, or those that ship when none is open."""
    return _own[0] if _own else _shipped()


@cache
def _shipped() -> Taxonomy:
    return Taxonomy()


@dataclass(frozen=True, slots=True)
class TagLook:
    """Word, colour on light and on dark grounds (`#rrggbb`), icon name."""

    word: str
    colour: str
    dark: str
    icon: str

    def ink(self, *, dark: bool) -> str:
        """Its colour on the theme of the moment."""
        return self.dark if dark else self.colour


def look(code: str) -> TagLook:
    """The look of a tag; an unknown one shows its code on neutral grey."""
    return _look(code, language())


def code_of(words: str) -> str:
    """The code of the tag that these words spell out, or nothing."""
    wanted = slug(words)
    for tag in taxonomy().all():
        if wanted in {slug(tag.code), slug(tag.fr), slug(tag.en)}:
            return tag.code
    return ""


@cache
def _look(code: str, spoken: str) -> TagLook:
    tag = next((t for t in taxonomy().all() if t.code == code), None)
    if tag is None:
        return TagLook(code, *UNKNOWN, "tag")
    return TagLook(tag.en if spoken == "en" else tag.fr, tag.colour, tag.dark, tag.icon)
