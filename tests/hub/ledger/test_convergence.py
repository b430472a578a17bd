"""Whatever is written and moved, whoever pulls holds at the end exactly what they may see."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.clock import Clock
from beffroi.logbook import merge
from beffroi.sync.wire import Op
from hub.db import Database
from hub.db.embedded import EmbeddedDatabase
from hub.db.postgres import PostgresDatabase
from hub.ledger import Ledger
from hub.ledger.committer import Committer
from tests.hub.cluster import Cluster
from tests.hub.conftest import KEY, TEMPLATE
from tests.hub.ledger.kit import START, FakePeople, Station

MARKS = (("DR", ()), ("DR_SF", ()), ("DR", ("MEDICAL",)), ("DR_SF", ("ENQUETE", "MEDICAL")))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "remark", "void", "follow_up", "link", "pull", "again"]),
        st.integers(0, 30),
        st.integers(0, 30),
        st.integers(0, len(MARKS) - 1),
    ),
    max_size=25,
)


class Puller:
    """A desktop that sees some buckets: it keeps what comes, and lets go of what it must."""

    def __init__(self, ledger: Ledger, sees: Callable[[str], bool], limit: int) -> None:
        self._ledger, self._sees, self._limit = ledger, sees, limit
        self._cursors: dict[str, int] = {}
        self.held: dict[str, tuple[str, str]] = {}

    async def pull(self) -> None:
        """Go on until there is no more."""
        head = await self._ledger.head()
        visible = filter(self._sees, await self._ledger.buckets("jop-2024"))
        self._cursors = dict.fromkeys(visible, 0) | self._cursors
        while True:
            page = await self._ledger.records(self._cursors, self._limit, head)
            for record in page.records:
                if record.op:
                    [(_kind, uid)] = merge.targets(record.op)
                    self.held[record.op.op_id] = (record.bucket, uid)
                else:
                    self._let_go(record.remove, record.bucket)
            self._cursors = {b: max(after, page.reached) for b, after in self._cursors.items()}
            if not page.more:
                return

    def _let_go(self, uid: str, bucket: str) -> None:
        self.held = {op_id: place for op_id, place in self.held.items() if place != (bucket, uid)}


async def _story(database: Database, steps: list[tuple[str, int, int, int]]) -> None:
    people = FakePeople()
    people.grant("chef", marking="DR_SF", caveats=("MEDICAL", "ENQUETE"))
    station = Station(people, "poste-1", "chef")
    ledger = Ledger(database)
    committer = Committer(ledger, people, Clock(lambda: START))
    committer.start()
    pullers = [
        Puller(ledger, lambda bucket: True, 3),
        Puller(ledger, lambda bucket: bucket == "jop-2024/DR", 2),
        Puller(ledger, lambda bucket: "DR_SF" not in bucket, 100),
    ]
    entries: list[Op] = [station.publish()]
    sent: list[Op] = list(entries)
    try:
        await committer.push(station.caller, entries)
        for step in steps:
            await _step(step, station, committer, entries, sent, pullers)
    finally:
        await committer.stop()
    for puller in pullers:
        await puller.pull()
    rows = await database.ask("SELECT op_id, bucket, entity FROM operation")
    for puller in pullers:
        assert {op_id: b for op_id, (b, _e) in puller.held.items()} == {
            op_id: bucket for op_id, bucket, _entity in rows if puller._sees(bucket)
        }
    assert {row[0] for row in rows} == {op.op_id for op in sent}
    assert await ledger.verify() is None


async def _step(
    step: tuple[str, int, int, int],
    station: Station,
    committer: Committer,
    entries: list[Op],
    sent: list[Op],
    pullers: list[Puller],
) -> None:
    act, first, second, mark = step
    one, other = entries[first % len(entries)], entries[second % len(entries)]
    marking, caveats = MARKS[mark]
    made: dict[str, Callable[[], Any]] = {
        "publish": lambda: station.publish(marking=marking, caveats=caveats),
        "remark": lambda: station.remark(one, marking, caveats),
        "void": lambda: station.void(one),
        "follow_up": lambda: station.follow_up(one),
        "link": lambda: station.link(one, other),
        "again": lambda: sent[first % len(sent)],
    }
    if act == "pull":
        await pullers[first % len(pullers)].pull()
        return
    op = made[act]()
    [outcome] = await committer.push(station.caller, [op])
    assert outcome.status == ("known" if act == "again" else "kept")
    if act != "again":
        sent.append(op)
    if act == "publish":
        entries.append(op)


@asynccontextmanager
async def _closing(database: Database) -> AsyncIterator[Database]:
    try:
        yield database
    finally:
        await database.close()


@given(STEPS)
@settings(max_examples=12, deadline=None)
def test_whoever_pulls_holds_exactly_what_they_may_see_embedded(
    embedded_template: Path, steps: list[tuple[str, int, int, int]]
) -> None:
    async def told(path: Path) -> None:
        async with _closing(await EmbeddedDatabase.connect(path, KEY)) as database:
            await _story(database, steps)

    with TemporaryDirectory() as folder:
        asyncio.run(told(Path(shutil.copy(embedded_template, folder))))


@given(STEPS)
@settings(max_examples=6, deadline=None)
def test_whoever_pulls_holds_exactly_what_they_may_see_on_postgis(
    cluster: Cluster, steps: list[tuple[str, int, int, int]]
) -> None:
    async def told(url: str) -> None:
        async with _closing(await PostgresDatabase.connect(url)) as database:
            await _story(database, steps)

    url = cluster.fresh(TEMPLATE)
    asyncio.run(told(url))
    cluster.drop(url)
