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
_MINUTE_MS = 60_000
Key = tuple[object, ...]
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
        self._believed: dict[Key, tuple[float, object]] = {}

    async def station(self, device: str, workspace: str, *, fresh: bool = False) -> Station:
        """The station `device` in `workspace`; its mode is empty when there is no such workspace."""

        async def ask() -> Station:
            info = await self._people.workspaces.get(workspace)
            if info is None:
                return Station("", (), frozenset())
            keys = await self._people.devices.signing_keys(device, workspace)
            return Station(info.mode, keys, await self._people.devices.authors(device))

        believed = 0.0 if fresh else BELIEVED_S
        return await self._once(("station", device, workspace), ask, believed_s=believed)

    async def judge(self, account: str) -> Judge:
        """What `account` may do now."""

        async def ask() -> Judge:
            return Judge(await self._people.rights_of(account))

        return await self._once(("now", account), ask)

    async def lenient_judge(self, account: str, at: int) -> Judge:
        """What `account` may do now, asked again, or might in the minute of `at` (UTC ms)."""
        minute = at - at % _MINUTE_MS

        async def ask() -> Judge:
            now = await self._people.rights_of(account)
            return Judge([*now, *await self._people.rights_of(account, minute)])

        return await self._once(("then", account, minute), ask, believed_s=0.2)

    async def _once(
        self, key: Key, ask: Callable[[], Awaitable[T]], believed_s: float = BELIEVED_S
    ) -> T:
        now = time.monotonic()
        believed = self._believed.get(key)
        if believed is not None and now - believed[0] < believed_s:
            return believed[1]  # type: ignore[return-value]
        answer = await ask()
        if len(self._believed) >= _MOST:
            self._believed.clear()
        self._believed[key] = (now, answer)
        return answer
