"""What a desktop asks its hub of the sources that the hub follows: copies of rows, page by page."""

from typing import Annotated

import msgspec

from beffroi.observations.states import SourceState
from beffroi.sync.wire import Count

Moment = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
Row = tuple[str, Moment | None, Moment | None, float | None, float | None, float | None,
            float | None, bytes, str, bytes | None, str]  # fmt: skip
"""A `beffroi.observations.rows.Body` with no number that a store cannot hold."""

MOST_ROWS = 2_000
MOST_SOURCES = 1_000


class ObservedPull(msgspec.Struct, frozen=True, kw_only=True):
    """Where this desktop stands: source (uid) → seq after which to go on; 0 for the beginning."""

    workspace: str
    cursors: dict[str, Count]
    limit: int = MOST_ROWS


class ObservedPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of one source since: rows to put, ids that went, and where the cursor stands now.

    `again`: the hub no longer remembers what went so long ago, this begins from nothing.  `more`
    follows.
    """

    source: str
    cursor: Count
    rows: list[Row] = []
    gone: list[str] = []
    again: bool = False
    more: bool = False


class ObservedReply(msgspec.Struct, frozen=True, kw_only=True):
    """A page of each source that has news, how each is, and all that the hub follows for this person.

    A source that is not in `followed` (any more) is to be followed where it was made.
    """

    pages: list[ObservedPage]
    states: dict[str, SourceState]
    followed: list[str]
