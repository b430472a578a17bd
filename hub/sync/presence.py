"""Presence: who is at a desk and what they read or write, told to those who may know it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from beffroi.sync import wire
from hub.http.bodies import parsed
from hub.http.trouble import malformed
from hub.live.fanout import Fanout
from hub.live.words import DeskWord
from hub.ports import Ledger, People
from hub.sync.rights import scope_for

MAX_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """Answers `POST /sync/presence?workspace=`."""

    people: People
    ledger: Ledger
    fanout: Fanout

    async def answer(self, request: Request) -> Response:
        """Say where the caller is; the hub says who they are, whatever the message claims.

        An entity out of their sight, or unknown here, is not shown to anyone.
        """
        caller = await self.people.caller(request)
        told = await parsed(request, wire.Presence)
        workspace = request.query_params.get("workspace", "")
        scope = scope_for(caller, workspace)
        if max(len(told.post), len(told.entity)) > MAX_TEXT:
            raise malformed()
        bucket = ""
        if told.entity:
            bucket = (await self.ledger.bucket_of([told.entity])).get(told.entity, "")
        here = bool(bucket) and scope.sees(bucket)
        self.fanout.move(
            DeskWord(
                workspace=workspace,
                bucket=bucket if here else "",
                presence=wire.Presence(
                    account=caller.account,
                    person=caller.display,
                    post=told.post if told.post in caller.posts else "",
                    station=caller.station,
                    entity=told.entity if here else "",
                    doing=told.doing if here else "",
                ),
            )
        )
        return Response(status_code=204)
