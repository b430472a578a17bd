"""Push: operations of a station go up, each gets its outcome, one bad one stops nobody."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from beffroi.sync import wire
from hub.http.bodies import parsed, reply
from hub.http.trouble import too_big
from hub.ports import Committer, People


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushing:
    """Answers `POST /sync/push`."""

    people: People
    committer: Committer

    async def answer(self, request: Request) -> Response:
        """Keep what was pushed; durable when this answers.

        Raises:
            Refused: 413 above 400 operations or 4 MB, 503 when too many wait.
        """
        caller = await self.people.caller(request)
        push = await parsed(request, wire.Push, wire.MAX_PUSH_BYTES)
        if len(push.ops) > wire.MAX_PUSH_OPS:
            raise too_big()
        outcomes = await self.committer.push(caller, push.ops) if push.ops else []
        return reply(wire.PushReply(outcomes=outcomes))
