"""Pull: what came since, bucket by bucket, of what this person may see and of nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from beffroi.sync import wire
from hub.http.admission import Admission
from hub.http.bodies import parsed
from hub.http.trouble import malformed
from hub.ports import Ledger, People, Trail, actor
from hub.sync.packed import Pages, paged
from hub.sync.rights import scope_for

MAX_MESSAGE = 256_000
MAX_BUCKETS = 1_000
MIN_PAGE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulling:
    """Answers `POST /sync/pull`."""

    people: People
    ledger: Ledger
    admission: Admission
    pages: Pages
    trail: Trail

    async def answer(self, request: Request) -> Response:
        """A page of records after the caller's cursors.

        Raises:
            Refused: 404 when the workspace does not exist for the caller.
        """
        caller = await self.people.caller(request)
        asked = await parsed(request, wire.Pull, MAX_MESSAGE)
        if len(asked.cursors) > MAX_BUCKETS:
            raise malformed()
        scope = scope_for(caller, asked.workspace)
        head = await self.ledger.head()
        existing = await self.ledger.buckets(asked.workspace)
        buckets = sorted(bucket for bucket in existing if scope.sees(bucket))
        cursors = {
            bucket: min(max(0, asked.cursors[bucket]), head)
            for bucket in buckets
            if bucket in asked.cursors
        }
        limit = min(max(MIN_PAGE, asked.limit), wire.MAX_PAGE)

        self.trail.note(actor(caller), "workspace.pulled", asked.workspace)

        async def make() -> bytes:
            async with self.admission.turn():
                return wire.encode(await self._page(buckets, cursors, head, limit))

        key = (tuple(buckets), tuple(cursors.items()), head, limit)
        return paged(request, await self.pages.get(key, make))

    async def _page(
        self, buckets: list[str], cursors: Mapping[str, int], head: int, limit: int
    ) -> wire.PullReply:
        if not cursors:
            return wire.PullReply(records=[], cursors={}, buckets=buckets, head=head, more=False)
        page = await self.ledger.records(cursors, limit, head)
        return wire.PullReply(
            records=list(page.records),
            cursors={bucket: max(after, page.reached) for bucket, after in cursors.items()},
            buckets=buckets,
            head=head,
            more=page.more,
        )
