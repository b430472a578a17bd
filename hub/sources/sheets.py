"""Which sources the hub follows: those shared in a workspace, that it can reach by itself."""

from dataclasses import dataclass

import msgspec

from beffroi.errors import BeffroiError
from beffroi.logbook.merge.acts import read_state
from beffroi.logbook.merge.sheets import sheet
from beffroi.sources.definition import KEPT, LOCAL, Source, source_of
from hub.db import Database

_SHEETS = (
    "SELECT t.uid, t.workspace, t.bucket, e.state FROM thing t JOIN entity e ON e.uid = t.uid "
    "WHERE t.kind = 'source' ORDER BY t.uid"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A shared source, and in which bucket it lies."""

    source: Source
    workspace: str
    bucket: str


async def shared_sources(database: Database) -> list[Shared]:
    """The sources to be followed here.

    A file of a station, a table that travels with its sheet, and what asks for a secret that only
    its author's station holds are followed there.
    """
    found = list[Shared]()
    for uid, workspace, bucket, state in await database.ask(_SHEETS):
        source = _followed(uid, state)
        if source is not None:
            found.append(Shared(source=source, workspace=workspace, bucket=bucket))
    return found


def _followed(uid: str, state: str) -> Source | None:
    try:
        shown = sheet("source", uid, read_state(state.encode()).acts)
        if shown is None or not shown.stands:
            return None
        source = source_of(uid, shown.fields)
    except (BeffroiError, msgspec.MsgspecError, ValueError):
        return None
    is_elsewhere = source.transport in (*KEPT, *LOCAL) or bool(source.secret)
    return None if is_elsewhere else source
