"""Keeps things as they stand in `entity` and in what finds them, on either engine."""

from collections.abc import Iterable, Sequence
from math import isfinite

import msgspec

from beffroi.logbook.merge import Searchable
from beffroi.logbook.words import words
from hub.db import Dialect, Session
from hub.db.marks import among, listed
from hub.ledger.folding import Shown, State

_COLUMNS: dict[str, str] = {
    "rid": "bigint", "uid": "text", "kind": "text", "workspace": "text", "seq": "bigint",
    "state": "text", "shown": "bigint", "text": "text", "entered_time": "bigint",
    "event_time": "bigint", "author": "text", "post": "text", "station": "text",
    "marking": "text", "caveats": "text", "label": "text", "journal": "text", "number": "bigint",
    "tags": "text", "gravity": "bigint", "key_event": "bigint", "lon": "float8", "lat": "float8",
    "lifecycle": "text", "qualification": "text", "version": "bigint", "arrived": "bigint",
    "about": "text", "rivals": "text", "gone": "bigint", "words": "text",
}  # fmt: skip
"""What is written of a thing, with its type in PostgreSQL; `words` go to the full-text index."""
_MOST = 2**62
_LONGEST_KEY = 200
_BESIDE = (("entity_tag", "tag"), ("entity_alias", "label"), ("holding", "sha256"))
_encode = msgspec.json.Encoder().encode


def _upsert(values: dict[str, str], source: str) -> str:
    changed = ", ".join(
        f"{name} = excluded.{name}" for name in values if name not in ("rid", "uid")
    )
    return (
        f"INSERT INTO entity ({', '.join(values)}) SELECT {', '.join(values.values())} "
        f"FROM {source} ON CONFLICT (uid) DO UPDATE SET {changed}"
    )


_FROM_JSON = _upsert(
    {
        **{name: name for name in _COLUMNS},
        "words": "to_tsvector('simple', words)",
        "geom": "ST_SetSRID(ST_MakePoint(lon, lat), 4326)",
    },
    f"json_to_recordset(?::json) AS r({', '.join(f'{n} {kind}' for n, kind in _COLUMNS.items())})",
)
_ONE = _upsert(
    {name: f"?{n}" for n, name in enumerate(_COLUMNS, 1) if name != "words"}
    | {
        "geom": f"MakePoint(?{list(_COLUMNS).index('lon') + 1}, ?{list(_COLUMNS).index('lat') + 1}, 4326)"
    },
    "(SELECT 1) WHERE true",
)


async def states(session: Session, dialect: Dialect, uids: Iterable[str]) -> dict[str, State]:
    """The states of those uids that there are."""
    rows = await session.rows(
        f"SELECT kind, uid, rid, seq, state FROM entity WHERE uid {among(dialect)}",
        listed(set(uids)),
    )
    return {row[1]: State(row[0], row[1], row[2], row[3], row[4].encode()) for row in rows}


async def keep(session: Session, dialect: Dialect, shown: Sequence[Shown]) -> None:
    """Write things as they stand, and forget what they were."""
    if not shown:
        return
    await _forget(session, dialect, [one.state.uid for one in shown])
    lines = [_line(one) for one in shown]
    if dialect == "postgresql":
        await session.run(_FROM_JSON, _encode(lines).decode())
    else:
        await session.many(_ONE, [tuple(line.values())[:-1] for line in lines])
        await session.many(
            "INSERT OR REPLACE INTO entity_fts (rowid, words) VALUES (?, ?)",
            [(line["rid"], line["words"]) for line in lines],
        )
    for (table, column), values in zip(_BESIDE, _beside(shown), strict=True):
        await _add(session, dialect, table, column, values)


async def _add(
    session: Session, dialect: Dialect, table: str, column: str, values: list[tuple[str, str]]
) -> None:
    if not values:
        return
    into = f"INSERT INTO {table} ({column}, uid)"
    if dialect == "postgresql":
        await session.run(
            f"{into} SELECT v->>0, v->>1 FROM json_array_elements(?::json) AS e(v) "
            "ON CONFLICT DO NOTHING",
            _encode(values).decode(),
        )
    else:
        await session.many(f"{into} VALUES (?, ?) ON CONFLICT DO NOTHING", values)


async def _forget(session: Session, dialect: Dialect, uids: Sequence[str]) -> None:
    for table, _column in _BESIDE:
        await session.run(f"DELETE FROM {table} WHERE uid {among(dialect)}", listed(uids))


def _beside(shown: Sequence[Shown]) -> tuple[list[tuple[str, str]], ...]:
    tags, labels, held = [], [], []
    for one in shown:
        uid, found = one.state.uid, one.found
        if found is None:
            continue
        tags += [(tag, uid) for tag in _sound(found.tags)]
        labels += [(label, uid) for label in _sound((found.label, *found.aliases))]
        held += [(sha, uid) for sha in _sound(found.attachments)]
    return tags, labels, held


def _sound(names: Iterable[str]) -> set[str]:
    return {name for name in names if name and "\x00" not in name and len(name) <= _LONGEST_KEY}


def _line(one: Shown) -> dict[str, object]:
    """What is written of a thing, by column, in their order."""
    state, found = one.state, one.found
    told: dict[str, object] = {
        "rid": state.rid, "uid": state.uid, "kind": state.kind, "workspace": one.workspace,
        "seq": state.seq, "state": state.state.decode(), **(_NOTHING if found is None else _of(found)),
    }  # fmt: skip
    return {name: _fit(value) for name, value in told.items()}


def _fit(value: object) -> object:
    """`value` as both engines take it: content comes from outside."""
    match value:
        case str():
            return value.replace("\x00", " ")
        case int():
            return max(-_MOST, min(_MOST, value))
        case float() if not isfinite(value):
            return None
        case _:
            return value


def _of(found: Searchable) -> dict[str, object]:
    return {
        "shown": 1, "text": found.text, "entered_time": found.entered_time,
        "event_time": found.event_time, "author": found.author, "post": found.post,
        "station": found.station, "marking": found.marking, "caveats": "+".join(found.caveats),
        "label": found.label, "journal": found.journal, "number": found.number,
        "tags": " ".join(found.tags), "gravity": found.gravity, "key_event": int(found.key_event),
        "lon": found.lon, "lat": found.lat, "lifecycle": found.lifecycle,
        "qualification": found.qualification, "version": found.version, "arrived": found.arrived,
        "about": " ".join(found.about), "rivals": " ".join(found.rivals), "gone": int(found.gone),
        "words": " ".join(words(f"{found.text} {found.label}")),
    }  # fmt: skip


_NOTHING = _of(
    Searchable(
        kind="", uid="", text="", entered_time=0, event_time=0, author="", post="", station="",
        marking="",
    )
) | {"shown": 0}  # fmt: skip
