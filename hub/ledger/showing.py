"""Keeps things as they stand in `entity` and in what finds them, on either engine."""

from collections.abc import Iterable, Sequence
from math import isfinite

from beffroi.logbook.merge import Searchable
from beffroi.logbook.words import words
from hub.db import Dialect, Session
from hub.db.marks import among, listed
from hub.ledger.folding import Shown, State

_COLUMNS = (
    "rid", "uid", "kind", "workspace", "seq", "state", "shown", "text", "entered_time",
    "event_time", "author", "post", "station", "marking", "caveats", "label", "journal", "number",
    "tags", "gravity", "key_event", "lon", "lat", "lifecycle", "qualification", "version",
    "arrived", "about", "rivals", "gone",
)  # fmt: skip
_EXTRA: dict[Dialect, tuple[tuple[str, str], ...]] = {
    "postgresql": (
        ("words", "to_tsvector('simple', ?)"),
        ("geom", "ST_SetSRID(ST_MakePoint(?::float8, ?::float8), 4326)"),
    ),
    "sqlite": (("geom", "MakePoint(?, ?, 4326)"),),
}
_MOST = 2**62
_LONGEST_KEY = 200
_BESIDE = (("entity_tag", "tag"), ("entity_alias", "label"), ("holding", "sha256"))


def _upsert(dialect: Dialect) -> str:
    extra = _EXTRA[dialect]
    names = [*_COLUMNS, *(name for name, _value in extra)]
    values = ["?"] * len(_COLUMNS) + [value for _name, value in extra]
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in ("rid", "uid"))
    return (
        f"INSERT INTO entity ({', '.join(names)}) VALUES ({', '.join(values)}) "
        f"ON CONFLICT (uid) DO UPDATE SET {changed}"
    )


_UPSERT: dict[Dialect, str] = {"postgresql": _upsert("postgresql"), "sqlite": _upsert("sqlite")}


async def states(session: Session, dialect: Dialect, uids: Iterable[str]) -> dict[str, State]:
    """The states of those uids that there are."""
    rows = await session.rows(
        f"SELECT kind, uid, rid, seq, state FROM entity WHERE uid {among(dialect)}",
        listed(set(uids)),
    )
    return {row[1]: State(row[0], row[1], row[2], row[3], bytes(row[4])) for row in rows}


async def keep(session: Session, dialect: Dialect, shown: Sequence[Shown]) -> None:
    """Write things as they stand, and forget what they were."""
    await _forget(session, dialect, [one.state.uid for one in shown])
    lines = [_line(one, dialect) for one in shown]
    await session.many(_UPSERT[dialect], lines)
    if dialect == "sqlite":
        await session.many(
            "INSERT OR REPLACE INTO entity_fts (rowid, words) VALUES (?, ?)",
            [(one.state.rid, _sought(one.found)) for one in shown],
        )
    for (table, column), values in zip(_BESIDE, _beside(shown), strict=True):
        await session.many(
            f"INSERT INTO {table} ({column}, uid) VALUES (?, ?) ON CONFLICT DO NOTHING", values
        )


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


def _line(one: Shown, dialect: Dialect) -> tuple[object, ...]:
    state, found = one.state, one.found
    head = (state.rid, state.uid, state.kind, one.workspace, state.seq, state.state)
    if found is None:
        rest: tuple[object, ...] = (
            0, "", 0, 0, "", "", "", "", "", "", "", None, "", 0, 0, None, None, "", "", 0, None,
            "", "", 0,
        )  # fmt: skip
        point: tuple[object, ...] = (None, None)
    else:
        rest, point = _columns(found), (found.lon, found.lat)
    sought = (_sought(found),) if dialect == "postgresql" else ()
    return (*head, *map(_fit, (*rest, *sought, *point)))


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


def _columns(found: Searchable) -> tuple[object, ...]:
    return (
        1, found.text, found.entered_time, found.event_time, found.author, found.post,
        found.station, found.marking, "+".join(found.caveats), found.label, found.journal,
        found.number, " ".join(found.tags), found.gravity, int(found.key_event), found.lon,
        found.lat, found.lifecycle, found.qualification, found.version, found.arrived,
        " ".join(found.about), " ".join(found.rivals), int(found.gone),
    )  # fmt: skip


def _sought(found: Searchable | None) -> str:
    """The words by which a thing is found, as `beffroi.logbook.words` cuts them."""
    return "" if found is None else " ".join(words(f"{found.text} {found.label}"))
