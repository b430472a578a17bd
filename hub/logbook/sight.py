"""What of the main courante exists for a caller, as conditions of SQL."""

from dataclasses import dataclass

from beffroi.access.buckets import Bucket
from beffroi.clock import Clock
from hub.db import Dialect, Session
from hub.db.marks import among, listed
from hub.scope import Scope

KNOWN_MS = 2_000
_BUCKETS = "SELECT DISTINCT t.bucket FROM thing t WHERE t.workspace = ? AND t.kind = 'entry'"
_SAID = (
    "SELECT DISTINCT marking, caveats FROM entity "
    "WHERE workspace = ? AND kind = 'entry' AND shown = 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The buckets and the markings that a caller sees in one workspace.

    An entry must be visible by where the ledger has it and by what its shown text is marked: what
    is shown follows the ledger a little later.
    """

    workspace: str
    buckets: tuple[str, ...]
    said: tuple[str, ...]

    def where(self, dialect: Dialect) -> tuple[str, tuple[str, ...]]:
        """The condition on `entity e JOIN thing t`, and its marks."""
        inside = among(dialect)
        condition = (
            "e.kind = 'entry' AND e.shown = 1 AND e.gone = 0 AND e.workspace = ? "
            f"AND t.bucket {inside} AND (e.marking || '/' || e.caveats) {inside}"
        )
        return condition, (self.workspace, listed(self.buckets), listed(self.said))


@dataclass(frozen=True, slots=True)
class _Known:
    at: int
    buckets: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


class Sights:
    """Says what someone sees; which buckets there are at all is believed for two seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, _Known] = {}

    async def of(self, session: Session, scope: Scope) -> Sight:
        """What `scope` sees."""
        known = await self._there(session, scope.workspace)
        return Sight(
            workspace=scope.workspace,
            buckets=tuple(bucket for bucket in known.buckets if scope.sees(bucket)),
            said=tuple(
                f"{marking}/{caveats}"
                for marking, caveats in known.said
                if scope.sees(_bucket(scope.workspace, marking, caveats))
            ),
        )

    async def _there(self, session: Session, workspace: str) -> _Known:
        known, now = self._known.get(workspace), self._clock.now()
        if known is None or not 0 <= now - known.at < KNOWN_MS:
            buckets = await session.rows(_BUCKETS, workspace)
            said = await session.rows(_SAID, workspace)
            known = _Known(
                now,
                tuple(sorted(str(row[0]) for row in buckets)),
                tuple(sorted((str(row[0]), str(row[1])) for row in said)),
            )
            self._known[workspace] = known
        return known


def _bucket(workspace: str, marking: str, caveats: str) -> str:
    """The bucket that a marking and caveats say, whatever the order of these."""
    try:
        return str(Bucket(workspace, marking, tuple(sorted(filter(None, caveats.split("+"))))))
    except ValueError:
        return ""
