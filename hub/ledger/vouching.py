"""Who vouches for an operation: its station's key in that workspace, its author's rights."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from beffroi.access.rights import Held
from beffroi.sync.wire import WorkspaceInfo
from hub.ledger.judge import Judge

BELIEVED_S = 2.0
_MOST = 20_000
T = TypeVar("T")


class Devices(Protocol):
    """The stations that the hub knows."""

    async def signing_keys(self, device: str, workspace: str) -> tuple[str, ...]:
        """The public keys (base64) of a station in a workspace, newest first."""
        ...

    async def authors(self, device: str) -> frozenset[str]:
        """Who has logged in on a station."""
        ...


class Workspaces(Protocol):
    """The workspaces of the hub."""

    async def get(self, code: str) -> WorkspaceInfo | None:
        """The workspace of that code."""
        ...


class People(Protocol):
    """Whom the hub knows."""

    @property
    def devices(self) -> Devices:
        """The stations."""
        ...

    @property
    def workspaces(self) -> Workspaces:
        """The workspaces."""
        ...

    async def rights_of(self, account: str, at: int | None = None) -> Sequence[Held]:
        """What an account may do now, or might at `at` (UTC ms) by grants it still has."""
        ...


@dataclass(frozen=True, slots=True)
class Station:
    """A station in a workspace: how its operations are signed, and who may have made them."""

    mode: str
    keys: tuple[str, ...]
    authors: frozenset[str]


class Vouching:
    """Asks `people`, and believes an answer for two seconds; `fresh` asks again."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._believed: dict[tuple[object, ...], tuple[float, object]] = {}

    async def station(self, device: str, workspace: str, *, fresh: bool = False) -> Station:
        """The station `device` in `workspace`; its mode is empty when there is no such workspace."""

        async def ask() -> Station:
            info = await self._people.workspaces.get(workspace)
            if info is None:
                return Station("", (), frozenset())
            keys = await self._people.devices.signing_keys(device, workspace)
            return Station(info.mode, keys, await self._people.devices.authors(device))

        return await self._once(("station", device, workspace), ask, fresh=fresh)

    async def judge(self, account: str) -> Judge:
        """What `account` may do now."""
        return await self._once(("judge", account), lambda: self._asked(account), fresh=False)

    async def lenient_judge(self, account: str, at: int) -> Judge:
        """What `account` may do now, asked again, or might at `at` (UTC ms)."""
        now = await self._people.rights_of(account)
        return Judge([*now, *await self._people.rights_of(account, at)])

    async def _asked(self, account: str) -> Judge:
        return Judge(await self._people.rights_of(account))

    async def _once(
        self, key: tuple[object, ...], ask: Callable[[], Awaitable[T]], *, fresh: bool
    ) -> T:
        now = time.monotonic()
        believed = self._believed.get(key)
        if believed is not None and not fresh and now - believed[0] < BELIEVED_S:
            return believed[1]  # type: ignore[return-value]
        answer = await ask()
        if len(self._believed) >= _MOST:
            self._believed.clear()
        self._believed[key] = (now, answer)
        return answer
