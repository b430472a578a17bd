"""Seen: an entry was opened; its author and the others get to know, if they may see it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from beffroi.clock import Clock
from beffroi.sync import wire
from hub.db import Database
from hub.http.bodies import parsed
from hub.http.trouble import malformed
from hub.live.fanout import Fanout
from hub.live.words import SeenWord
from hub.ports import Ledger, People, Trail, actor
from hub.sync.rights import scope_for

MAX_ENTITIES = 500
MAX_POST = 200
TOGETHER_S = 0.1
_KEEP = (
    "INSERT INTO entry_seen (uid, account, workspace, post, at) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (uid, account) DO NOTHING"
)


class SeenBy(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that someone at `post` has just read."""

    workspace: str
    entities: list[str]
    post: str = ""


class SeenStore:
    """Keeps who has read what; acts of a tenth of a second share one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[SeenWord] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, words: Sequence[SeenWord]) -> None:
        """Keep `words`; durable on return."""
        self._waiting.extend(words)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(self._writing)

    async def _write(self) -> None:
        await asyncio.sleep(TOGETHER_S)
        words, self._waiting, self._writing = self._waiting, [], None
        lines = sorted(
            (word.seen.entity, word.seen.account, word.workspace, word.seen.post, word.seen.at)
            for word in words
        )
        async with self._database.write() as session:
            await session.many(_KEEP, lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """Answers `POST /sync/seen`."""

    people: People
    ledger: Ledger
    store: SeenStore
    fanout: Fanout
    trail: Trail
    clock: Clock

    async def answer(self, request: Request) -> Response:
        """Keep and spread that the caller has read entries; those out of their sight are none."""
        caller = await self.people.caller(request)
        told = await parsed(request, SeenBy)
        if len(told.entities) > MAX_ENTITIES or len(told.post) > MAX_POST:
            raise malformed()
        scope = scope_for(caller, told.workspace)
        post = told.post if told.post in caller.posts else ""
        now = self.clock.now()
        words = [
            SeenWord(
                workspace=told.workspace,
                bucket=bucket,
                seen=wire.Seen(entity=uid, account=caller.account, post=post, at=now),
            )
            for uid, bucket in (await self.ledger.bucket_of(set(told.entities))).items()
            if scope.sees(bucket)
        ]
        if words:
            await self.store.keep(words)
            self.fanout.read(words)
        for word in words:
            self.trail.note(actor(caller, post), "entry.read", word.seen.entity)
        return Response(status_code=204)
