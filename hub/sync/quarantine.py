"""What lies in quarantine of a station's operations: which, since when and why, never their content.

One's own from this station; whoever may read the quarantine also sees those of a workspace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hub.http.bodies import reply
from hub.http.trouble import not_found
from hub.ports import Caller, People, Trail, actor

READ = "read:quarantine"
MOST = 500


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    """A refused operation: `why` is one of `wire.REFUSALS`, `at` UTC ms."""

    op_id: str
    kind: str
    workspace: str
    account: str
    device: str
    why: str
    at: int


class Refused(Protocol):
    """A refused operation as it is kept."""

    @property
    def op_id(self) -> str:
        """Its id."""
        ...

    @property
    def kind(self) -> str:
        """What it would have done."""
        ...

    @property
    def workspace(self) -> str:
        """Where."""
        ...

    @property
    def account(self) -> str:
        """Who pushed it."""
        ...

    @property
    def device(self) -> str:
        """From which station."""
        ...

    @property
    def why(self) -> str:
        """Why it was refused."""
        ...

    @property
    def at(self) -> int:
        """When."""
        ...


class Quarantine(Protocol):
    """Where refused operations lie."""

    async def of_device(self, device: str, limit: int) -> Sequence[Refused]:
        """Those of a station, the newest first."""
        ...

    async def of_workspace(self, workspace: str, limit: int) -> Sequence[Refused]:
        """Those of a workspace, the newest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Answers `GET /sync/quarantine?workspace=`."""

    people: People
    quarantine: Quarantine
    trail: Trail

    async def answer(self, request: Request) -> Response:
        """The caller's own from this station, or with `workspace` all of it.

        Raises:
            Refused: 404 when that workspace's quarantine does not exist for the caller.
        """
        caller = await self.people.caller(request)
        workspace = request.query_params.get("workspace", "")
        if not workspace:
            found = await self.quarantine.of_device(caller.device, MOST)
            return _told([one for one in found if one.account == caller.account])
        if not _may(caller, workspace):
            raise not_found()
        self.trail.note(actor(caller), "quarantine.read", workspace)
        return _told(await self.quarantine.of_workspace(workspace, MOST))


def _may(caller: Caller, workspace: str) -> bool:
    return any(READ in right.actions and right.workspace == workspace for right in caller.rights)


def _told(found: Sequence[Refused]) -> Response:
    return reply(
        [
            Quarantined(
                op_id=one.op_id,
                kind=one.kind,
                workspace=one.workspace,
                account=one.account,
                device=one.device,
                why=one.why,
                at=one.at,
            )
            for one in found
        ]
    )
