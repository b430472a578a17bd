"""What is sought: every part of a search, all of which must hold."""

from typing import Literal

import msgspec

from beffroi.logbook.entry import Lifecycle, Nature, Qualification

Order = Literal["entered", "event"]
DEFAULT_METRES = 1000


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """Words that follow each other in the entry.

    `prefix` lets the last one go on (« inond » finds « inondation »); `phrase` was in quotes;
    `without` excludes.
    """

    words: tuple[str, ...]
    said: str
    phrase: bool = False
    prefix: bool = False
    without: bool = False


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """Within `metres` of a point; `said` is how the place was named."""

    lon: float
    lat: float
    metres: float
    said: str = ""


class Query(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A search.  Empty parts ask for nothing; several values in a part mean any of them.

    `tags` are the exception: all are asked for, each being a code (`TRA`, `TRA.FERRE`) or several
    joined by « | ».  `since` is included and `until` excluded (event time, UTC ms); `since_said`
    and `until_said` are their words, so that « 2h » stays relative.  `box` is west, south, east,
    north and may cross the antimeridian.  `dossier` is a uid, a number or a part of a title.
    `authors`, `organisations` and `posts` are names as they are said: a word or the start of one
    (« gendarmerie »), or a phrase when there is a space or quotes around it (see `named`).
    `station` is whose provisional `number` it was (« 143~S4 »), empty for the definitive one.
    `followup` is open, late, done or any.  `problems` are sentences about what was not understood.
    """

    terms: tuple[Term, ...] = ()
    tags: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    natures: tuple[Nature, ...] = ()
    min_gravity: int = 0
    max_gravity: int = 4
    qualifications: tuple[Qualification, ...] = ()
    lifecycle: tuple[Lifecycle, ...] = ()
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    since_said: str = ""
    until_said: str = ""
    box: tuple[float, float, float, float] | None = None
    near: Near | None = None
    key_only: bool = False
    unread_only: bool = False
    dossier: str = ""
    followup: str = ""
    with_attachment: bool | None = None
    located: bool | None = None
    number: int | None = None
    station: str = ""
    order: Order = "entered"
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every entry answers it."""
        return msgspec.structs.replace(self, order="entered", problems=()) == EVERYTHING


EVERYTHING = Query()
