"""A thing that changes bucket leaves the old one and comes whole into the new one."""

import pytest

from beffroi.sync.wire import Record
from hub.db import Database
from hub.ledger import Ledger
from hub.ledger.committer import Committer
from tests.hub.ledger.kit import FakePeople, Station

DR, SF, MEDICAL = "jop-2024/DR", "jop-2024/DR_SF", "jop-2024/DR/MEDICAL"


@pytest.fixture
def chief(people: FakePeople) -> Station:
    people.grant("chef", marking="DR_SF", caveats=("MEDICAL", "ENQUETE"))
    return Station(people, "poste-1", "chef")


async def _pulled(ledger: Ledger, bucket: str, after: int = 0) -> list[Record]:
    return (await ledger.records({bucket: after}, 1000, upto=await ledger.head())).records


async def test_the_new_bucket_gets_all_of_it_and_the_old_one_loses_it(
    committer: Committer, ledger: Ledger, chief: Station
) -> None:
    entry, other = chief.publish(), chief.publish()
    await committer.push(chief.caller, [entry, other, chief.void(entry)])
    before = await ledger.head()
    raised = chief.remark(entry, "DR_SF")
    [outcome] = await committer.push(chief.caller, [raised])
    assert outcome.status == "kept"
    told = [(r.op and r.op.kind, r.remove) for r in await _pulled(ledger, DR)]
    assert told == [("entry.publish", ""), (None, entry.entity)]
    brought = [r for r in await _pulled(ledger, SF, before) if r.op]
    assert {r.op.op_id for r in brought if r.op} >= {entry.op_id, raised.op_id}
    assert {r.op.kind for r in brought if r.op} == {"entry.publish", "entry.void", "entry.correct"}
    assert await ledger.bucket_of([entry.entity]) == {entry.entity: SF}
    assert await ledger.verify() is None


async def test_positions_stay_gapless_through_moves(
    committer: Committer, ledger: Ledger, chief: Station
) -> None:
    entries = [chief.publish() for _n in range(3)]
    await committer.push(chief.caller, entries)
    moves = [chief.remark(entry, "DR", ("MEDICAL",)) for entry in entries]
    outcomes = await committer.push(chief.caller, [*moves, chief.publish()])
    assert all(outcome.status == "kept" for outcome in outcomes)
    head = await ledger.head()
    assert head == 3 + 3 * 3 + 1
    assert await ledger.verify() is None


async def test_what_hangs_from_it_follows(
    committer: Committer, ledger: Ledger, chief: Station
) -> None:
    entry, far = chief.publish(), chief.publish(caveats=("ENQUETE",))
    task, tie = chief.follow_up(entry), chief.link(far, entry)
    await committer.push(chief.caller, [entry, far, task, tie])
    key = f"{far.entity} confirms {entry.entity}"
    both = "jop-2024/DR/ENQUETE"
    assert await ledger.bucket_of([task.entity, key]) == {task.entity: DR, key: both}
    await committer.push(chief.caller, [chief.remark(entry, "DR_SF", ("MEDICAL",))])
    moved, tied = "jop-2024/DR_SF/MEDICAL", "jop-2024/DR_SF/ENQUETE+MEDICAL"
    assert await ledger.bucket_of([entry.entity, task.entity, key]) == {
        entry.entity: moved, task.entity: moved, key: tied,
    }  # fmt: skip
    assert {r.remove for r in await _pulled(ledger, DR)} == {entry.entity, task.entity}
    assert [r.remove for r in await _pulled(ledger, both) if r.remove] == [key]
    assert {r.op.kind for r in await _pulled(ledger, moved) if r.op} == {
        "entry.publish", "entry.correct", "followup.open",
    }  # fmt: skip
    assert {r.op.kind for r in await _pulled(ledger, tied) if r.op} == {"link.add"}


async def test_lowering_is_a_right_of_its_own(
    committer: Committer, people: FakePeople, chief: Station
) -> None:
    people.grant("m.leroy", "writer", caveats=("MEDICAL",))
    writer = Station(people, "poste-2", "m.leroy")
    entry = writer.publish(caveats=("MEDICAL",))
    await committer.push(writer.caller, [entry])
    [refused] = await committer.push(writer.caller, [writer.remark(entry)])
    [kept] = await committer.push(chief.caller, [chief.remark(entry)])
    assert (refused.why, kept.status) == ("marking", "kept")


async def test_of_two_who_did_not_know_of_each_other_the_higher_marking_stays(
    committer: Committer, ledger: Ledger, chief: Station
) -> None:
    entry = chief.publish()
    await committer.push(chief.caller, [entry])
    raised = chief.remark(entry, "DR_SF", seen=(entry.op_id,))
    offline = chief.remark(entry, "DR", ("MEDICAL",), seen=(entry.op_id,))
    await committer.push(chief.caller, [raised])
    [outcome] = await committer.push(chief.caller, [offline])
    assert outcome.status == "kept"
    assert await ledger.bucket_of([entry.entity]) == {entry.entity: f"{SF}/MEDICAL"}


async def test_whoever_may_not_see_the_new_bucket_cannot_move_things_there(
    committer: Committer, station: Station
) -> None:
    entry = station.publish()
    outcomes = await committer.push(station.caller, [entry, station.remark(entry, "DR_SF")])
    assert [o.why for o in outcomes] == ["", "marking"]


async def test_a_forgotten_text_leaves_the_chain_true_and_a_changed_one_does_not(
    committer: Committer, ledger: Ledger, database: Database, chief: Station
) -> None:
    ops = [chief.publish() for _n in range(4)]
    await committer.push(chief.caller, [*ops, chief.remark(ops[0], "DR_SF")])
    async with database.write() as session:
        await session.run("UPDATE operation SET payload = ? WHERE seq = 2", b"")
    assert await ledger.verify() is None
    async with database.write() as session:
        await session.run("UPDATE operation SET author = 'personne' WHERE seq = 3")
    broken = await ledger.verify()
    assert broken is not None
    assert (broken.seq, broken.why) == (3, "altered")


async def test_a_position_that_vanished_is_named(
    committer: Committer, ledger: Ledger, database: Database, chief: Station
) -> None:
    ops = [chief.publish() for _n in range(3)]
    await committer.push(chief.caller, [*ops, chief.remark(ops[0], "DR_SF")])
    async with database.write() as session:
        await session.run("DELETE FROM marker WHERE what = 'remove'")
    broken = await ledger.verify()
    assert broken is not None
    assert (broken.seq, broken.why) == (6, "missing")
