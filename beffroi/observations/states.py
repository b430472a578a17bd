"""How each source is: its health and what it remembers between two turns."""

from typing import Literal

import msgspec

from beffroi.store import Connection

Health = Literal["ok", "late", "down", "suspended"]
"""`ok`: it answers, and tells something as often as expected.  `late`: it answers, but nothing new
came for longer than expected (or not yet a first time).  `down`: several tries in a row failed.
`suspended`: it is no longer tried, because a person said so or because it failed for too long.
"""
TRIES_KEPT = 50
HISTORY_KEPT = 60


class SourceState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the collector knows of a source.  Times are UTC ms, 0 for never.

    `last_ok`: the last try that went well, `last_data`: the last delivery that was read (what is
    shown dates from then), `last_new`: the last that told something else.  `lag_ms` is how old the newest thing was
    when it came.  `count` and `bytes` are those of the last delivery that was read.  `sentence`
    says what is wrong, "" when nothing is; `problem` what is odd though it was read.  `history`: how
    many things the last deliveries changed, oldest first.  `failures` in
    a row.  `told`: the notice of this trouble was given.  `memory` is the transport's, `digest` the
    SHA-256 of the last bytes, `schema` the fields that are expected; `snapshot`: each delivery tells
    of everything.
    """

    health: Health = "ok"
    since: int = 0
    last_try: int = 0
    last_ok: int = 0
    last_data: int = 0
    last_new: int = 0
    next_at: int = 0
    lag_ms: int | None = None
    took_ms: int = 0
    count: int = 0
    bytes: int = 0
    history: list[int] = []
    failures: int = 0
    sentence: str = ""
    problem: str = ""
    told: bool = False
    by_hand: bool = False
    memory: dict[str, str] = {}
    digest: str = ""
    format: str = ""
    schema: list[str] = []
    snapshot: bool = False
    config: str = ""


class Try(msgspec.Struct, frozen=True, kw_only=True):
    """One try: when, how it went, how long it took, what came."""

    at: int
    ok: bool
    took_ms: int = 0
    bytes: int = 0
    count: int = 0
    sentence: str = ""


_decode = msgspec.json.Decoder(SourceState).decode
_encode = msgspec.json.Encoder().encode


def get(connection: Connection, uid: str) -> SourceState:
    """How a source is; one never tried is as new."""
    row = connection.execute("SELECT state FROM source_state WHERE uid = ?", (uid,)).fetchone()
    return _decode(row[0]) if row else SourceState()


def get_all(connection: Connection) -> dict[str, SourceState]:
    """How every source is, by uid."""
    rows = connection.execute("SELECT uid, state FROM source_state")
    return {uid: _decode(told) for uid, told in rows}


def put(connection: Connection, uid: str, state: SourceState) -> None:
    """Keep how a source is."""
    connection.execute(
        "INSERT OR REPLACE INTO source_state (uid, health, state) VALUES (?,?,?)",
        (uid, state.health, _encode(state).decode()),
    )


def note(connection: Connection, uid: str, tried: Try) -> None:
    """Keep a try; the oldest beyond `TRIES_KEPT` go."""
    connection.execute(
        "INSERT INTO source_try (uid, at, ok, took_ms, bytes, count, sentence)"
        " VALUES (?,?,?,?,?,?,?)",
        (uid, tried.at, tried.ok, tried.took_ms, tried.bytes, tried.count, tried.sentence),
    )
    connection.execute(
        "DELETE FROM source_try WHERE uid = ? AND rowid <= "
        "(SELECT rowid FROM source_try WHERE uid = ? ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
        (uid, uid, TRIES_KEPT),
    )


def tries(connection: Connection, uid: str) -> list[Try]:
    """The last tries, newest first."""
    rows = connection.execute(
        "SELECT at, ok, took_ms, bytes, count, sentence FROM source_try WHERE uid = ?"
        " ORDER BY rowid DESC",
        (uid,),
    )
    return [
        Try(at=at, ok=bool(ok), took_ms=took, bytes=size, count=count, sentence=sentence)
        for at, ok, took, size, count, sentence in rows
    ]
