"""Things as they stand follow from the ledger, whatever the rounds, and can be found."""

import asyncio

import msgspec
import pytest

from beffroi.logbook import merge
from beffroi.sync.wire import StateRow
from hub.db import Database
from hub.ledger import Ledger
from hub.ledger.committer import Committer
from hub.ledger.projector import Projector
from tests.hub.ledger.kit import FakePeople, Station

DR, SF = "jop-2024/DR", "jop-2024/DR_SF"


@pytest.fixture
def projector(database: Database, ledger: Ledger) -> Projector:
    return Projector(database, ledger)


@pytest.fixture
def chief(people: FakePeople) -> Station:
    people.grant("chef", marking="DR_SF", caveats=("MEDICAL",))
    return Station(people, "poste-1", "chef")


async def _all(ledger: Ledger, bucket: str, limit: int) -> list[StateRow]:
    rows: list[StateRow] = []
    after = ""
    while True:
        page = await ledger.state_page(bucket, after, limit)
        rows += page.rows
        after = page.next
        if not after:
            return rows


async def test_states_are_those_that_replay_gives(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    entries = [chief.publish(f"Fait numéro {n}") for n in range(20)]
    await committer.push(chief.caller, entries)
    await projector.catch_up()
    more = [chief.void(entries[3]), chief.follow_up(entries[4]), chief.link(entries[5], entries[6])]
    await committer.push(chief.caller, more)
    await projector.catch_up()
    rows = await _all(ledger, DR, 7)
    assert len(rows) == len({row.uid for row in rows}) == 22
    assert [row.kind for row in rows] == ["followup", "link", *["entry"] * 20]
    replayed: dict[str, bytes] = {}
    for record in (await ledger.tail(0, 1000)).records:
        assert record.op
        [(kind, uid)] = merge.targets(record.op)
        replayed[uid] = merge.fold(
            kind, uid, replayed.get(uid), record.op,
            seq=record.seq, at=record.at, number=record.number,
        )  # fmt: skip
    assert {row.uid: bytes(row.state) for row in rows} == replayed


async def test_folding_everything_again_changes_nothing(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    entry = chief.publish()
    await committer.push(chief.caller, [entry, chief.void(entry), chief.publish()])
    await projector.catch_up()
    before = await _all(ledger, DR, 100)
    await projector.again()
    assert await _all(ledger, DR, 100) == []
    await projector.catch_up()
    assert await _all(ledger, DR, 100) == before


async def test_what_moved_is_found_in_its_new_bucket_alone(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    entry = chief.publish()
    await committer.push(chief.caller, [entry, chief.publish()])
    await projector.catch_up()
    await committer.push(chief.caller, [chief.remark(entry, "DR_SF")])
    assert entry.entity not in {row.uid for row in await _all(ledger, DR, 100)}
    await projector.catch_up()
    assert [row.uid for row in await _all(ledger, SF, 100)] == [entry.entity]


async def test_words_tags_labels_and_places_are_found(
    committer: Committer, database: Database, projector: Projector, chief: Station
) -> None:
    entry = chief.publish(
        "Évacuation de l’œuvre à Saint-Étienne", tags=("SEC.FOULE",), lon=2.3, lat=48.8
    )
    await committer.push(chief.caller, [entry, chief.publish("Rien à signaler")])
    await projector.catch_up()
    sought = {
        "postgresql": "SELECT uid FROM entity WHERE words @@ to_tsquery('simple', ?)",
        "sqlite": "SELECT uid FROM entity WHERE rid IN "
        "(SELECT rowid FROM entity_fts WHERE entity_fts MATCH ?)",
    }[database.dialect]
    near = {
        "postgresql": "SELECT uid FROM entity WHERE geom && ST_MakeEnvelope(2, 48, 3, 49, 4326)",
        "sqlite": "SELECT uid FROM entity WHERE rid IN (SELECT pkid FROM idx_entity_geom "
        "WHERE xmin >= 2 AND xmax <= 3 AND ymin >= 48 AND ymax <= 49)",
    }[database.dialect]
    async with database.read() as session:
        assert await session.rows(sought, "oeuvre") == [(entry.entity,)]
        assert await session.rows(near) == [(entry.entity,)]
        for label in ("MC-2024-000001", "MC-2024-000001~S4"):
            assert await session.rows("SELECT uid FROM entity_alias WHERE label = ?", label) == [
                (entry.entity,)
            ]
        assert await session.rows("SELECT tag, uid FROM entity_tag") == [
            ("SEC.FOULE", entry.entity)
        ]


async def test_attachments_are_held_by_the_buckets_of_the_things_that_name_them(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    sha = "ab" * 32
    entry = chief.publish(attachments=(sha,))
    await committer.push(chief.caller, [entry])
    await projector.catch_up()
    [holder] = await ledger.holders(sha)
    assert (holder.bucket, holder.author, holder.sent) == (DR, entry.author, False)
    assert await ledger.holders("00" * 32) == []


async def test_it_follows_by_itself(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    projector.start()
    await committer.push(chief.caller, [chief.publish() for _n in range(30)])
    async with asyncio.timeout(10):
        reached = 0
        while reached < 30:
            reached = await ledger.states.reached()
            await asyncio.sleep(0.02)
    await projector.stop()
    assert len(await _all(ledger, DR, 100)) == 30


async def test_two_replicas_share_the_work(
    committer: Committer, ledger: Ledger, database: Database, projector: Projector, chief: Station
) -> None:
    await committer.push(chief.caller, [chief.publish() for _n in range(100)])
    other = Projector(database, ledger)
    await asyncio.gather(projector.catch_up(), other.catch_up())
    assert await ledger.states.reached() == 100
    assert len(await _all(ledger, DR, 1000)) == 100


async def test_a_place_that_is_none_has_nothing_after_it(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    await committer.push(chief.caller, [chief.publish()])
    await projector.catch_up()
    for foul in ("entry a\x00b", "ville x", "\x00"):
        assert (await ledger.state_page(DR, foul, 10)).rows == []


async def test_big_things_come_in_several_pages(
    committer: Committer, ledger: Ledger, projector: Projector, chief: Station
) -> None:
    ops = [chief.publish("x" * 900_000) for _n in range(12)]
    await committer.push(chief.caller, ops)
    await projector.catch_up()
    page = await ledger.state_page(DR, "", 100)
    assert len(page.rows) < 12
    assert page.next
    assert len(await _all(ledger, DR, 100)) == 12
    pulled = await ledger.records({DR: 0}, 100, upto=12)
    assert (pulled.more, pulled.reached) == (True, len(pulled.records))
    heard = await ledger.tail(0, 100)
    assert (heard.more, heard.reached) == (True, len(heard.records))


async def test_strange_content_is_shown_as_far_as_it_can_be(
    committer: Committer, ledger: Ledger, database: Database, projector: Projector, chief: Station
) -> None:
    strange = chief.publish("un\x00deux", tags=("a\x00b", "x" * 5000), lon=1e308, lat=-1e308)
    huge = chief.publish()
    payload = bytes(huge.payload).replace(
        b'"content":{', b'"content":{"gravity":' + b"9" * 40 + b","
    )
    outcomes = await committer.push(
        chief.caller,
        [strange, chief.op(huge.kind, huge.entity, msgspec.Raw(payload)), chief.publish()],
    )
    kept = sum(outcome.status == "kept" for outcome in outcomes)
    assert kept >= 2
    await projector.catch_up()
    assert await ledger.states.reached() == kept
    rows = await database.ask("SELECT text FROM entity WHERE uid = ?", strange.entity)
    assert rows == [("un deux",)]
