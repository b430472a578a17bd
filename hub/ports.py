"""What the sync routes ask of the rest of the hub, in the words that they use.

Everything is built in `hub.core`; here stand only the shapes, so that rooms of the hub need not
know one another.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Protocol

from starlette.requests import Request

from beffroi.access.rights import Held
from beffroi.sync import wire
from hub.trail import Actor


class Caller(Protocol):
    """Who asks: a person with a session on a known device, and the rights they hold now."""

    @property
    def account(self) -> str:
        """The person's account."""

    @property
    def display(self) -> str:
        """How the person is called."""

    @property
    def device(self) -> str:
        """The enrolled station they sit at."""

    @property
    def station(self) -> str:
        """How that station is called."""

    @property
    def session(self) -> str:
        """Which session: what `end_session` names."""

    @property
    def posts(self) -> Collection[str]:
        """The posts they may hold."""

    @property
    def rights(self) -> Sequence[Held]:
        """What they may do now, where, up to where; several may hold in one workspace."""


class People(Protocol):
    """Knows who is behind a request."""

    async def caller(self, request: Request) -> Caller:
        """Whoever asks.

        Raises:
            Refused: 401, nobody the hub knows.
        """


class Committer(Protocol):
    """The one way into the ledger."""

    async def push(self, caller: Caller, ops: Sequence[wire.Op]) -> list[wire.Outcome]:
        """Keep `ops` durably, in order; one outcome each.

        Raises:
            Refused: 503, too many are waiting.
        """


class Page(Protocol):
    """Records by position."""

    @property
    def records(self) -> Sequence[wire.Record]:
        """The records; a thing that came into a bucket brings its older operations."""

    @property
    def reached(self) -> int:
        """The position up to which all that was asked for is here."""

    @property
    def more(self) -> bool:
        """Whether the ledger has more already."""


class States(Protocol):
    """Things as they stand."""

    async def reached(self) -> int:
        """The position up to which they are shown."""


class Holder(Protocol):
    """A thing that names an attachment, and who brought that into it."""

    @property
    def bucket(self) -> str:
        """Where the thing lies."""

    @property
    def author(self) -> str:
        """Who brought it in."""

    @property
    def at(self) -> int:
        """When the hub took that in (UTC ms)."""

    @property
    def sent(self) -> bool:
        """Whether the content came from their station."""


class Ledger(Protocol):
    """Reads what the hub keeps; the caller says in which buckets."""

    @property
    def states(self) -> States:
        """Things as they stand, a little behind."""

    async def head(self) -> int:
        """The last position."""

    async def buckets(self, workspace: str) -> Collection[str]:
        """The buckets of a workspace that hold something."""

    async def records(self, cursors: Mapping[str, int], limit: int, upto: int) -> Page:
        """What came after each bucket's cursor, up to position `upto` at most."""

    async def tail(self, after: int, limit: int) -> Page:
        """What came after a position, in all buckets of all workspaces."""

    async def state_page(self, bucket: str, after: str, limit: int) -> wire.StatePage:
        """Some of a bucket's things as they stand."""

    async def bucket_of(self, uids: Collection[str]) -> Mapping[str, str]:
        """Where entities lie; those that the hub does not know are left out."""

    async def holders(self, sha256: str) -> Sequence[Holder]:
        """The things that name this attachment."""

    def listen(self) -> AsyncIterator[int]:
        """Positions, as the ledger grows."""


class Announcer(Protocol):
    """How replicas of a hub tell each other small things (each hears its own too)."""

    async def announce(self, text: str) -> None:
        """Tell all replicas, in at most 7,000 bytes."""

    def announcements(self) -> AsyncIterator[str]:
        """What is told, from now on."""


class Trail(Protocol):
    """Writes down who did what."""

    async def record(self, who: Actor, action: str, obj: str = "", **detail: object) -> None:
        """Durably, before going on."""

    def note(self, who: Actor, action: str, obj: str = "") -> None:
        """Within a minute, counted."""


def actor(caller: Caller, post: str = "") -> Actor:
    """`caller` as the trail names them."""
    return Actor(account=caller.account, post=post, station=caller.station, device=caller.device)
