"""How the hub is: what its page and its metrics tell; functional data, nothing of what was written."""

from dataclasses import dataclass
from typing import Protocol

from beffroi.clock import Clock
from hub.db import Database, Dialect, Session
from hub.health.clocks import is_skewed
from hub.health.sources import SourceFacts, source_facts
from hub.people import Device
from hub.people.sessions import Opened

_LAST_BACKUP = "SELECT max(at) FROM trail WHERE action = 'backup.made'"
_QUARANTINE = (
    "SELECT at, workspace, device, kind, why FROM quarantine ORDER BY at DESC, op_id LIMIT ?"
)
_BUCKETS = (
    "SELECT o.bucket, count(*), coalesce(sum(length(o.payload)), 0) FROM operation o "
    "GROUP BY o.bucket ORDER BY o.bucket"
)
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What is asked often.  Times are UTC ms, 0 for never.

    `head` is the ledger's last position, accepted at `head_at`; `shown` is how far the projection
    is; `trail` is the trail's last line.  `seals` gives the last seal of each chain: its number,
    its day and when it was made.
    """

    now: int
    engine: Dialect
    head: int
    head_at: int
    shown: int
    trail: int
    quarantined: int
    sessions: int
    stations: int
    skewed: int
    backup_at: int
    short_of_room: bool
    seals: dict[str, tuple[int, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An operation in quarantine: when, from where, of what kind, why; never what it says."""

    at: int
    workspace: str
    device: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketSize:
    """How much a bucket holds."""

    bucket: str
    operations: int
    bytes: int


class People(Protocol):
    """Who is known."""

    @property
    def sessions(self) -> "Living":
        """Open sessions."""
        ...

    @property
    def devices(self) -> "Enrolled":
        """Enrolled stations."""
        ...


class Living(Protocol):
    """Sessions."""

    async def living(self, account: str = "") -> list[Opened]:
        """Those that are open now."""
        ...


class Enrolled(Protocol):
    """Stations."""

    async def all(self) -> list[Device]:
        """Every one, revoked ones too."""
        ...


class Facts:
    """Reads how the hub is."""

    def __init__(self, database: Database, people: People, clock: Clock) -> None:
        self._database = database
        self._people = people
        self._clock = clock

    async def vitals(self) -> Vitals:
        """What is asked often."""
        sessions = await self._people.sessions.living()
        stations = [device for device in await self._people.devices.all() if not device.revoked_at]
        async with self._database.read() as session:
            ledger = await session.row("SELECT head, at FROM ledger_head WHERE one = 1")
            seals = await session.rows(
                "SELECT chain, number, day, at FROM seal s WHERE number = "
                "(SELECT max(number) FROM seal WHERE chain = s.chain)"
            )
            return Vitals(
                now=self._clock.now(),
                engine=self._database.dialect,
                head=int(ledger[0]) if ledger else 0,
                head_at=int(ledger[1]) if ledger else 0,
                shown=await _number(session, "SELECT seq FROM projected WHERE one = 1"),
                trail=await _number(session, "SELECT seq FROM trail_head WHERE one = 1"),
                quarantined=await _number(session, "SELECT count(*) FROM quarantine"),
                sessions=len(sessions),
                stations=len(stations),
                skewed=sum(is_skewed(one.skew_ms) for one in stations),
                backup_at=await _number(session, _LAST_BACKUP),
                short_of_room=bool(getattr(self._database, "short_of_room", False)),
                seals={row[0]: (int(row[1]), str(row[2]), int(row[3])) for row in seals},
            )

    async def sessions(self) -> list[Opened]:
        """Open sessions."""
        return await self._people.sessions.living()

    async def stations(self) -> list[Device]:
        """Enrolled stations, revoked ones too."""
        return await self._people.devices.all()

    async def quarantine(self) -> list[Refusal]:
        """The latest refusals."""
        async with self._database.read() as session:
            rows = await session.rows(_QUARANTINE, SHOWN)
        return [
            Refusal(at=int(at), workspace=workspace, device=device, kind=kind, why=why)
            for at, workspace, device, kind, why in rows
        ]

    async def buckets(self) -> list[BucketSize]:
        """What each bucket holds, in operations and bytes."""
        async with self._database.read() as session:
            rows = await session.rows(_BUCKETS)
        return [
            BucketSize(bucket=bucket, operations=int(count), bytes=int(size))
            for bucket, count, size in rows
        ]

    async def sources(self) -> SourceFacts:
        """How the sources that the hub follows are."""
        return await source_facts(self._database, self._clock.now())

    async def answers(self) -> bool:
        """Whether the database answers.

        Raises:
            Unavailable: it does not.
        """
        async with self._database.read() as session:
            return await session.row("SELECT 1") is not None


async def _number(session: Session, sql: str) -> int:
    row = await session.row(sql)
    return int(row[0] or 0) if row else 0
