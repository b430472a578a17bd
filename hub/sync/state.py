"""State: a bucket's things as they stand, by pages, for a desktop that starts with it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from beffroi.access.buckets import Bucket, NoBucket
from beffroi.sync import wire
from hub.http.admission import Admission
from hub.http.trouble import malformed, not_found
from hub.ports import Ledger, People, Trail, actor
from hub.sync.packed import Pages, paged
from hub.sync.rights import scope_for

PAGE_ROWS = 1_000
MAX_ROWS = 2_000
MAX_AFTER = 200
MAX_BUCKET = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Answers `GET /sync/state?bucket=&after=`."""

    people: People
    ledger: Ledger
    admission: Admission
    pages: Pages
    trail: Trail

    async def answer(self, request: Request) -> Response:
        """Some things of `bucket`, those after `after`.

        Raises:
            Refused: 404 when that bucket does not exist for the caller.
        """
        caller = await self.people.caller(request)
        bucket = request.query_params.get("bucket", "")
        after = request.query_params.get("after", "")
        limit = _limit(request.query_params.get("limit", str(PAGE_ROWS)))
        if len(after) > MAX_AFTER or len(bucket) > MAX_BUCKET:
            raise malformed()
        try:
            workspace = Bucket.parse(bucket).workspace
        except NoBucket as error:
            raise not_found() from error
        if not scope_for(caller, workspace).sees(bucket):
            raise not_found()

        self.trail.note(actor(caller), "state.read", bucket)

        async def make() -> bytes:
            async with self.admission.turn():
                return wire.encode(await self.ledger.state_page(bucket, after, limit))

        key = ("state", bucket, after, limit, *await self._moment())
        return paged(request, await self.pages.get(key, make))

    async def _moment(self) -> tuple[int, int]:
        """A page is the same as long as nothing came and nothing more is shown."""
        return await self.ledger.head(), await self.ledger.states.reached()


def _limit(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise malformed()
    return min(max(1, int(text)), MAX_ROWS)
