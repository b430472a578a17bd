"""Who is there is seen by all of a workspace; what they look at, by those who may see it."""

import asyncio

import httpx

from beffroi.sync import wire
from hub.core import Hub
from hub.live.desks import GRACE_MS, STALE_MS, Desks
from hub.live.words import DeskWord
from tests.hub.live.ears import listening
from tests.hub.sync.kit import WS, ListedLedger, client, op


async def look(http: httpx.AsyncClient, entity: str, **more: str) -> None:
    desk = wire.Presence(account="un-autre", person="Imposteur", entity=entity, **more)
    answer = await http.post("/sync/presence", params={"workspace": WS}, content=wire.encode(desk))
    assert answer.status_code == 204, answer.text


async def test_others_see_who_reads_and_who_writes(address: str, ledger: ListedLedger) -> None:
    ledger.put(op(1))
    async with (
        listening(address, "m.durand") as ear,
        listening(address, "medecin"),
        client(address, "medecin") as http,
    ):
        await look(http, "entry-1", doing="writing", post="Chef de salle")
        await ear.until(lambda heard: heard.desks.get("medecin", wire.Presence(account="")).entity)
    desk = ear.desks["medecin"]
    assert (desk.person, desk.post, desk.doing) == ("Quelqu’un", "Chef de salle", "writing")
    assert "un-autre" not in ear.desks


async def test_what_is_out_of_sight_is_looked_at_by_nobody(
    address: str, ledger: ListedLedger
) -> None:
    ledger.put(op(1, "DR_SF", "MEDICAL"))
    ledger.put(op(2, "DR_SF", "MEDICAL"))
    async with (
        listening(address, "m.durand") as reader,
        listening(address, "medecin") as doctor,
        client(address, "medecin") as http,
    ):
        await reader.until(lambda heard: "medecin" in heard.desks)
        for entity in ("entry-1", "entry-2", "entry-1"):
            await look(http, entity, doing="reading")
            await doctor.until(lambda heard, e=entity: heard.desks["medecin"].entity == e)
    told = [d for e in reader.events for d in e.presence or () if d.account == "medecin"]
    assert len(told) == 1, "not even a moment of it shows"
    assert (told[0].entity, told[0].doing) == ("", "")


async def test_nobody_is_shown_at_what_they_may_not_see_themselves(
    address: str, ledger: ListedLedger
) -> None:
    ledger.put(op(1, "DR_SF", "MEDICAL"))
    async with (
        listening(address, "medecin") as doctor,
        listening(address, "m.durand"),
        client(address, "m.durand") as http,
    ):
        await doctor.until(lambda heard: "m.durand" in heard.desks)
        await look(http, "entry-1", doing="reading")
        await look(http, "entry-99", doing="reading")
        await asyncio.sleep(0.4)
    assert doctor.desks["m.durand"].entity == ""


async def test_a_thing_that_moves_out_of_sight_is_no_longer_shown(
    address: str, ledger: ListedLedger
) -> None:
    ledger.put(op(1))
    async with (
        listening(address, "m.durand") as ear,
        listening(address, "medecin"),
        client(address, "medecin") as http,
    ):
        await look(http, "entry-1", doing="reading")
        await ear.until(lambda heard: heard.desks.get("medecin", wire.Presence(account="")).entity)
        ledger.remove("entry-1", f"{WS}/DR", to=f"{WS}/DR_SF/MEDICAL")
        await ear.until(lambda heard: not heard.desks["medecin"].entity)


async def test_who_has_read_is_told_to_those_who_see_the_entry(
    address: str, ledger: ListedLedger, hub: Hub
) -> None:
    ledger.put(op(1))
    ledger.put(op(2, "DR_SF", "MEDICAL"))
    body = wire.encode({"workspace": WS, "entities": ["entry-1", "entry-2", "entry-404"]})
    async with (
        listening(address, "m.durand") as reader,
        listening(address, "medecin") as doctor,
        client(address, "medecin") as http,
    ):
        assert (await http.post("/sync/seen", content=body)).status_code == 204
        await doctor.until(lambda heard: len(heard.seen) == 2)
        await reader.until(lambda heard: heard.seen)
    assert reader.seen == ["entry-1"]
    async with hub.database.read() as session:
        rows = await session.rows("SELECT uid, account FROM entry_seen ORDER BY uid")
    assert [tuple(row) for row in rows] == [("entry-1", "medecin"), ("entry-2", "medecin")]


def word(**more: str) -> DeskWord:
    desk = wire.Presence(account="a", person="A", station="S", **more)
    return DeskWord(workspace=WS, presence=desk, bucket=f"{WS}/DR" if more else "")


def test_a_link_that_comes_back_soon_was_never_gone() -> None:
    desks = Desks()
    desks.arrive(word(), 0)
    desks.leave(WS, ("a", "S"), 1000)
    assert desks.gone(1000 + GRACE_MS - 1) == []
    desks.arrive(word(), 1000 + GRACE_MS - 1)
    assert desks.gone(10 * GRACE_MS) == []


def test_who_left_is_gone_after_a_moment() -> None:
    desks = Desks()
    desks.arrive(word(), 0)
    desks.moved()
    desks.leave(WS, ("a", "S"), 1000)
    assert [w.presence.person for w in desks.gone(1000 + GRACE_MS)] == [""]
    assert [w.presence.person for w in desks.moved()[WS]] == [""]
    assert desks.present(WS) == []


def test_the_desks_of_a_replica_that_fell_silent_are_gone() -> None:
    desks = Desks()
    desks.hear(word(entity="e"), 0)
    assert desks.gone(STALE_MS - 1) == []
    assert len(desks.gone(STALE_MS)) == 1
