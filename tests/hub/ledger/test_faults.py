"""What was acknowledged is there: whoever is killed, restarted, or out of room."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from beffroi.clock import Clock
from hub.db.embedded import EmbeddedDatabase
from hub.db.postgres import PostgresDatabase
from hub.http.trouble import Refused
from hub.ledger import Ledger
from hub.ledger.committer import Committer
from tests.hub.cluster import Cluster
from tests.hub.conftest import KEY, TEMPLATE
from tests.hub.ledger.kit import START, FakePeople, Station
from tests.hub.ledger.load import Desk, Process, crowd, nothing_lost
from tests.hub.real import made


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that this test may kill."""
    own = Cluster()
    own.command(f"CREATE DATABASE {TEMPLATE}")
    yield own
    own.remove()


async def _disturbed(
    process: Process, desks: list[Desk], disturb: list[Callable[[], None]]
) -> None:
    """Let `desks` work while the hub and its database are disturbed."""
    working = [asyncio.create_task(desk.work()) for desk in desks]
    for act in disturb:
        await asyncio.sleep(0.8)
        await asyncio.to_thread(act)
    await asyncio.sleep(1)
    for desk in desks:
        desk.stopping = True
    await asyncio.wait_for(asyncio.gather(*working), 40)
    process.kill()


async def test_killing_the_hub_and_postgresql_under_load_loses_nothing(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    url = own_cluster.url(TEMPLATE)
    world = await made(tmp_path / "hub", url)
    people = await crowd(world, 6)
    await world.hub.database.close()
    process = Process(tmp_path / "hub", url)
    process.start()
    desks = [Desk(person, process.address) for person in people]

    def killed() -> None:
        process.kill()
        process.start()

    def restarted() -> None:
        own_cluster.stop()
        own_cluster.start()

    try:
        await _disturbed(process, desks, [killed, restarted, killed, restarted])
    finally:
        process.kill()
    database = await PostgresDatabase.connect(url)
    await nothing_lost(Ledger(database), desks)
    await database.close()


async def test_killing_the_embedded_hub_under_load_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    world = await made(folder)
    people = await crowd(world, 4)
    await world.hub.database.close()
    process = Process(folder)
    process.start()
    desks = [Desk(person, process.address) for person in people]

    def killed() -> None:
        process.kill()
        process.start()

    try:
        await _disturbed(process, desks, [killed, killed])
    finally:
        process.kill()
    settings, keys = world.hub.settings, world.hub.keys
    database = await EmbeddedDatabase.connect(settings.database_file, keys.store_key)
    await nothing_lost(Ledger(database), desks)
    await database.close()


@dataclass
class Replica:
    """One of several hubs over one database."""

    database: PostgresDatabase
    ledger: Ledger
    committer: Committer


@pytest.fixture
async def replicas(postgres_url: str, people: FakePeople) -> AsyncIterator[list[Replica]]:
    both: list[Replica] = []
    for _n in "12":
        database = await PostgresDatabase.connect(postgres_url)
        ledger = Ledger(database)
        both.append(Replica(database, ledger, Committer(ledger, people, Clock(lambda: START))))
        both[-1].committer.start()
    yield both
    for replica in both:
        await replica.committer.stop()
        await replica.database.close()


async def test_two_replicas_stay_gapless_together(
    replicas: list[Replica], people: FakePeople
) -> None:
    stations = [Station(people, f"poste-{n}", f"agent.{n}") for n in range(8)]
    for station in stations:
        people.grant(station.author)
    same = stations[0].publish()
    shared = [one.committer.push(stations[0].caller, [same]) for one in replicas]
    pushes = [
        replicas[(n + turn) % 2].committer.push(s.caller, [s.publish() for _m in range(5)])
        for turn in range(6)
        for n, s in enumerate(stations)
    ]
    replies = await asyncio.gather(*shared, *pushes)
    assert sorted(reply[0].status for reply in replies[:2]) == ["kept", "known"]
    positions = sorted(outcome.seq for reply in replies[1:] for outcome in reply)
    assert positions == list(range(1, 242))
    assert await replicas[0].ledger.verify() is None


async def test_what_moves_at_one_replica_never_misleads_the_other(
    replicas: list[Replica], people: FakePeople
) -> None:
    people.grant("chef", marking="DR_SF")
    station = Station(people, "poste-1", "chef")
    entries = [station.publish() for _n in range(6)]
    await replicas[0].committer.push(station.caller, entries)
    acts = [
        replicas[n % 2].committer.push(station.caller, [act])
        for n, entry in enumerate(entries)
        for act in (station.follow_up(entry), station.remark(entry, "DR_SF"), station.void(entry))
    ]
    replies = await asyncio.gather(*acts)
    assert {outcome.status for reply in replies for outcome in reply} == {"kept"}
    ledger = replicas[0].ledger
    assert await ledger.buckets("jop-2024") == {"jop-2024/DR_SF"}
    left = await ledger.records({"jop-2024/DR": 0}, 1000, upto=await ledger.head())
    assert all(record.op is None for record in left.records)
    assert await ledger.verify() is None


async def test_replicas_hear_each_others_positions_and_news(
    replicas: list[Replica], people: FakePeople, station: Station
) -> None:
    here, there = replicas
    positions = there.ledger.listen()
    assert await anext(positions) == 0
    await here.committer.push(station.caller, [station.publish()])
    assert await asyncio.wait_for(anext(positions), 5) == 1
    news = asyncio.ensure_future(anext(there.database.announcements()))
    await asyncio.sleep(0.05)
    await here.database.announce("bonjour")
    assert await asyncio.wait_for(news, 5) == "bonjour"


@pytest.fixture
def small_disk(tmp_path: Path, embedded_template: Path) -> Iterator[Path]:
    """A disk of 40 MB that holds a new hub."""
    folder = tmp_path / "disque"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root can mount a small disk")
    shutil.copyfile(embedded_template, folder / "hub.db")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


async def test_a_full_disk_is_said_and_the_hub_goes_on_when_there_is_room(
    small_disk: Path,
) -> None:
    database = await EmbeddedDatabase.connect(small_disk / "hub.db", KEY)
    people = FakePeople()
    people.grant("c.marchand")
    station = Station(people)
    ledger = Ledger(database)
    committer = Committer(ledger, people, Clock(lambda: START))
    committer.start()
    acknowledged: list[str] = []

    async def push_for_ever() -> None:
        while True:
            [outcome] = await committer.push(station.caller, [station.publish("x" * 200_000)])
            acknowledged.append(outcome.op_id)

    with pytest.raises(Refused) as refused:
        await push_for_ever()
    assert (refused.value.status, refused.value.trouble.code) == (507, "full")
    assert "plein" in refused.value.trouble.sentence
    assert database.short_of_room
    assert await ledger.head() == len(acknowledged) > 50
    await asyncio.to_thread(_enlarge, small_disk)
    [outcome] = await committer.push(station.caller, [station.publish()])
    assert outcome.status == "kept"
    assert await ledger.verify() is None
    assert not database.short_of_room
    await committer.stop()
    await database.close()


def _enlarge(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)


async def test_while_postgresql_is_away_pushes_wait_and_then_go_through(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    world = await made(tmp_path / "hub", own_cluster.url(TEMPLATE))
    person = (await crowd(world, 1))[0]
    desk_station = Station(FakePeople(), person.device, person.account)
    desk_station.signer = person.signer
    world.hub.committer.start()
    caller = desk_station.caller
    [first] = await world.hub.committer.push(caller, [desk_station.publish()])
    own_cluster.stop()
    waiting = asyncio.create_task(world.hub.committer.push(caller, [desk_station.publish()]))
    await asyncio.sleep(1)
    assert not waiting.done()
    own_cluster.start()
    [second] = await asyncio.wait_for(waiting, 15)
    assert (first.seq, second.seq, second.status) == (1, 2, "kept")
    await world.hub.committer.stop()
    await world.hub.database.close()
