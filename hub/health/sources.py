"""How the sources that this hub follows are: where, since when, what is wrong; nothing of what they tell."""

from dataclasses import dataclass

import msgspec

from beffroi.observations.states import Health, SourceState
from hub.db import Database

_SOURCES = "SELECT workspace, bucket, state FROM observed_source ORDER BY workspace, bucket, uid"
_FOLLOWER = "SELECT until FROM lease WHERE name = 'sources'"
_state = msgspec.json.Decoder(SourceState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A source: `since` when it is so (UTC ms), and the sentence that its people read."""

    workspace: str
    bucket: str
    health: Health
    since: int
    last_data: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """All sources, and whether a replica follows them now."""

    followed: tuple[Followed, ...] = ()
    held: bool = False

    def count(self, health: Health) -> int:
        """How many are so."""
        return sum(one.health == health for one in self.followed)


async def source_facts(database: Database, now: int) -> SourceFacts:
    """How they are, as the replica that follows them wrote it down."""
    async with database.read() as session:
        rows = await session.rows(_SOURCES)
        follower = await session.row(_FOLLOWER)
    told = [(workspace, bucket, _read(state)) for workspace, bucket, state in rows]
    return SourceFacts(
        followed=tuple(
            Followed(
                workspace=workspace, bucket=bucket, health=state.health, since=state.since,
                last_data=state.last_data, sentence=state.sentence,
            )
            for workspace, bucket, state in told
        ),
        held=follower is not None and int(follower[0]) >= now,
    )  # fmt: skip


def _read(state: str) -> SourceState:
    """What was not tried yet is late, as on a desk."""
    return _state.decode(state) if state else SourceState(health="late")
