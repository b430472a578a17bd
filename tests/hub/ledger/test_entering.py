"""What is pushed enters once, in order, without a hole; what may not enter is kept aside."""

import asyncio
from dataclasses import replace

import msgspec
import pytest
from typing_extensions import override

from beffroi.clock import Clock
from beffroi.journal.signing import Signer, new_seed
from hub.db import Database
from hub.http.trouble import Refused
from hub.ledger import Batch, Ledger, Placed
from hub.ledger.committer import Committer
from tests.hub.ledger.kit import START, WS, FakePeople, Station


async def test_each_operation_gets_the_next_position_and_number(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    ops = [station.publish() for _n in range(5)]
    outcomes = await committer.push(station.caller, ops)
    assert [(o.status, o.seq, o.number) for o in outcomes] == [("kept", n, n) for n in range(1, 6)]
    page = await ledger.tail(0, 100)
    assert [record.op for record in page.records] == ops
    assert page.reached == await ledger.head() == 5
    assert await ledger.verify() is None


async def test_the_same_push_again_changes_nothing(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    ops = [station.publish() for _n in range(3)]
    first = await committer.push(station.caller, ops)
    again, twice = await asyncio.gather(
        committer.push(station.caller, ops), committer.push(station.caller, ops * 2)
    )
    assert [o.status for o in again + twice] == ["known"] * 9
    assert [o.seq for o in again] == [o.seq for o in first]
    assert await ledger.head() == 3


async def test_pushed_twice_at_once_it_enters_once(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    op = station.publish()
    replies = await asyncio.gather(*(committer.push(station.caller, [op]) for _n in range(10)))
    assert sorted(reply[0].status for reply in replies) == ["kept"] + ["known"] * 9
    assert await ledger.head() == 1


async def test_many_at_once_stay_gapless_and_chained(
    committer: Committer, ledger: Ledger, people: FakePeople
) -> None:
    stations = [Station(people, f"poste-{n}") for n in range(8)]
    await asyncio.gather(
        *(
            committer.push(s.caller, [s.publish() for _n in range(7)])
            for s in stations
            for _m in "12"
        )
    )
    page = await ledger.tail(0, 1000)
    assert [record.seq for record in page.records] == list(range(1, 113))
    assert sorted(r.number or 0 for r in page.records) == list(range(1, 113))
    assert await ledger.verify() is None


async def test_one_bad_operation_stops_nobody(
    committer: Committer, ledger: Ledger, station: Station
) -> None:
    bad = msgspec.structs.replace(station.publish(), post="Un autre poste")
    outcomes = await committer.push(station.caller, [station.publish(), bad, station.publish()])
    assert [(o.status, o.why) for o in outcomes] == [
        ("kept", ""),
        ("refused", "signature"),
        ("kept", ""),
    ]
    [kept] = await ledger.quarantine.of_device(station.device)
    assert (kept.op_id, kept.why, kept.workspace) == (bad.op_id, "signature", WS)
    assert msgspec.json.decode(kept.op, type=type(bad)) == bad


async def test_what_was_refused_enters_once_its_reason_is_gone(
    committer: Committer, ledger: Ledger, people: FakePeople, station: Station
) -> None:
    people.logins[station.device] = set()
    op = station.publish()
    [refused] = await committer.push(station.caller, [op])
    assert refused.why == "author"
    people.logins[station.device] = {station.author}
    [kept] = await committer.push(station.caller, [op])
    assert kept.status == "kept"
    assert await ledger.quarantine.count() == 0


async def test_refusals_say_why(committer: Committer, people: FakePeople, station: Station) -> None:
    exercise = Station(people, "poste-2")
    exercise.mode = "exercise"
    stranger = Station(people, "poste-3")
    stranger.signer = Signer("poste-3", new_seed())
    reader = Station(people, "poste-4", "m.leroy")
    people.grant("m.leroy", "authority")
    entry = station.publish()
    await committer.push(station.caller, [entry])
    cases = [
        (exercise, exercise.publish(), "mode"),
        (stranger, stranger.publish(), "signature"),
        (reader, reader.publish(), "rights"),
        (station, station.publish(workspace="autre"), "workspace"),
        (station, exercise.publish(), "device"),
        (station, station.publish(marking="DR_SF"), "marking"),
        (station, station.publish(caveats=("MEDICAL",)), "marking"),
        (station, station.op("entry.publish", "01890000-aaaa", {"journal": 3}), "payload"),
        (station, station.op("entry.unheard", "01890000-aaaa", {}), "kind"),
        (station, station.void(station.publish()), "unknown_entity"),
        (station, station.publish(uid=entry.entity), "unknown_entity"),
        (station, station.publish(hlc=0), "clock"),
        (station, station.publish("x" * 1_200_000), "too_big"),
    ]
    for who, op, why in cases:
        [outcome] = await committer.push(who.caller, [op])
        assert (outcome.status, outcome.why) == ("refused", why)


async def test_what_its_author_may_not_see_is_as_if_it_were_not_there(
    committer: Committer, people: FakePeople
) -> None:
    people.grant("chef", marking="DR_SF", caveats=("MEDICAL",))
    chief, other = Station(people, "poste-5", "chef"), Station(people, "poste-1")
    secret = chief.publish(caveats=("MEDICAL",))
    await committer.push(chief.caller, [secret])
    outcomes = await committer.push(
        other.caller, [other.void(secret), other.follow_up(secret), other.void(other.publish())]
    )
    assert [o.why for o in outcomes] == ["unknown_entity"] * 3


async def test_a_shift_that_ended_does_not_void_what_was_written_before(
    committer: Committer, people: FakePeople
) -> None:
    station = Station(people, "poste-6", "j.petit")
    early = station.publish()
    people.grant("j.petit", "writer", not_after=early.made_at + 1)
    late = station.publish(made_at=early.made_at + 60_000)
    outcomes = await committer.push(station.caller, [early, late])
    assert [o.why for o in outcomes] == ["", "rights"]


async def test_the_same_id_with_another_content_is_refused(
    committer: Committer, station: Station
) -> None:
    op = station.publish()
    await committer.push(station.caller, [op])
    forged = station.publish("Autre texte.", op_id=op.op_id)
    [outcome] = await committer.push(station.caller, [forged])
    assert (outcome.status, outcome.why) == ("refused", "payload")


async def test_another_callers_outcome_never_depends_on_it(
    committer: Committer, ledger: Ledger, people: FakePeople, station: Station
) -> None:
    thief = Station(people, "poste-7")
    entry = station.publish()
    stolen = replace(thief.caller, account="x")
    outcomes = await asyncio.gather(
        committer.push(station.caller, [entry]), committer.push(stolen, [entry])
    )
    assert [o[0].status for o in outcomes] == ["kept", "refused"]
    assert await ledger.head() == 1


class Fragile(Ledger):
    """A ledger with a fault: one operation breaks whatever transaction it is in."""

    breaks = ""

    @override
    async def append(self, batch: Batch) -> list[Placed]:
        if any(accepted.op.op_id == self.breaks for accepted in batch.ops):
            raise ZeroDivisionError
        return await super().append(batch)


async def test_an_operation_that_breaks_its_batch_stops_nobody(
    database: Database, people: FakePeople, station: Station, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = Fragile(database)
    committer = Committer(ledger, people, Clock(lambda: START))
    committer.start()
    ops = [station.publish() for _n in range(4)]
    ledger.breaks = ops[2].op_id
    outcomes = await committer.push(station.caller, ops)
    assert [(o.status, o.seq) for o in outcomes] == [
        ("kept", 1), ("kept", 2), ("refused", 0), ("kept", 3),
    ]  # fmt: skip
    assert [one.op_id for one in await ledger.quarantine.of_device(station.device)] == [
        ops[2].op_id
    ]
    assert "one by one" in caplog.text
    await committer.stop()


async def test_too_many_waiting_are_told_to_come_back(
    ledger: Ledger, people: FakePeople, station: Station
) -> None:
    committer = Committer(ledger, people, Clock(lambda: START))  # nobody takes anything in
    op = station.publish()
    waiting = [asyncio.create_task(committer.push(station.caller, [op] * 5000)) for _n in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(Refused) as refused:
        await committer.push(station.caller, [op])
    assert refused.value.status == 503
    assert refused.value.trouble.retry_after >= 1
    await committer.stop()
    for told in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(told, Refused)
