"""What most servers would do with a push: parse it, one transaction for it, answer.

python -m benchmarks.hub_plain PORT postgresql://…|FILE

No signature, no right, no number, no chain, no bucket; durable all the same.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import uvicorn
from psycopg_pool import AsyncConnectionPool

from beffroi.store import open_connection
from beffroi.sync import wire

_TABLE = (
    "CREATE TABLE IF NOT EXISTS plain_op (op_id text PRIMARY KEY, kind text, entity text, "
    "workspace text, hlc bigint, author text, payload {blob})"
)
_INSERT = "INSERT INTO plain_op VALUES ({marks}) ON CONFLICT (op_id) DO NOTHING"
_decode = msgspec.json.Decoder(wire.Push).decode


class Store(Protocol):
    """Keeps a request's operations in one transaction."""

    async def keep(self, rows: Sequence[tuple[Any, ...]]) -> None: ...


class Postgres:
    """One connection of a pool per request."""

    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(url, min_size=8, max_size=16, open=False)

    async def start(self) -> None:
        await self._pool.open(wait=True)
        async with self._pool.connection() as connection:
            await connection.execute(_TABLE.format(blob="bytea"))

    async def keep(self, rows: Sequence[tuple[Any, ...]]) -> None:
        async with self._pool.connection() as connection, connection.cursor() as cursor:
            await cursor.executemany(_INSERT.format(marks=",".join(["%s"] * 7)), rows)


class Embedded:
    """One encrypted file, one writer, the same settings as the hub's."""

    def __init__(self, path: Path) -> None:
        self._connection = open_connection(path, bytes(32))
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        self._connection.execute(_TABLE.format(blob="blob"))

    async def keep(self, rows: Sequence[tuple[Any, ...]]) -> None:
        async with self._turn:
            await asyncio.to_thread(self._write, rows)

    def _write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(_INSERT.format(marks=",".join("?" * 7)), rows)
        self._connection.execute("COMMIT")


def application(store: Any) -> Any:
    """A bare ASGI application around `store`."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await store.start()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        ops = _decode(body).ops
        await store.keep(
            [
                (o.op_id, o.kind, o.entity, o.workspace, o.hlc, o.author, bytes(o.payload))
                for o in ops
            ]
        )
        outcomes = [wire.Outcome(op_id=o.op_id, status="kept") for o in ops]
        reply = wire.encode(wire.PushReply(outcomes=outcomes))
        length = str(len(reply)).encode()
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
        )
        await send({"type": "http.response.body", "body": reply})

    return app


if __name__ == "__main__":
    _me, at, where = sys.argv
    kept: Store = Postgres(where) if where.startswith("postgres") else Embedded(Path(where))
    uvicorn.run(
        application(kept), host="127.0.0.1", port=int(at), log_level="warning", access_log=False
    )
