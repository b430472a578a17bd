"""On a whole hub, on both engines: what lies outside a person's buckets does not exist for them."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from beffroi.attachments.ref import AttachmentRef
from beffroi.sync import wire
from hub.live import fanout
from hub.live.server import StreamingServer
from tests.hub.live.ears import Ear
from tests.hub.pens import publish, pull, push
from tests.hub.real import WS, World, config, made

PHOTO = b"une photo de la victime"
DIGEST = sha256(PHOTO).hexdigest()
PLACES = {
    "np": ("NP", ()),
    "dr": ("DR", ()),
    "sf": ("DR_SF", ()),
    "medical": ("DR_SF", ("MEDICAL",)),
    "enquete": ("DR", ("ENQUETE",)),
    "both": ("DR_SF", ("ENQUETE", "MEDICAL")),
    "sdis": ("DR", ("ORG:SDIS",)),
}
"""What lies where: a name, a marking, caveats."""
SEEN_BY = {
    "chef": {"np", "dr", "sf", "medical", "enquete", "both", "sdis"},
    "redacteur": {"np", "dr", "sdis"},
    "medecin": {"np", "dr", "sf", "medical", "enquete", "sdis"},
    "pompier": {"np", "dr", "sdis"},
    "liaison": {"np", "dr"},
    "invite": {"np"},
    "rssi": {"np", "dr", "sf", "sdis"},
    "admin": set(),
    "ailleurs": set(),
    "parti": set(),
}
PEOPLE = {
    "chef": ({"role": "room_chief", "marking": "DR_SF", "caveats": ("ENQUETE", "MEDICAL")},),
    "redacteur": ({"role": "writer"},),
    # two rights that each reach half of `both` do not reach it
    "medecin": (
        {"role": "writer", "marking": "DR_SF", "caveats": ("MEDICAL",)},
        {"role": "qualifier", "marking": "DR_SF", "caveats": ("ENQUETE",)},
    ),
    "pompier": ({"role": "liaison"},),
    "liaison": ({"role": "liaison"},),
    "invite": ({"role": "partner", "marking": "NP"},),
    "rssi": ({"role": "security", "workspace": "*", "marking": "DR_SF"},),
    "admin": ({"role": "technical_admin", "workspace": "*", "marking": "DR_SF"},),
    "ailleurs": ({"role": "room_chief", "workspace": "autre", "marking": "DR_SF"},),
    "parti": ({"role": "writer", "not_after": 1_700_000_000_000},),
}
ORGANISATIONS = {"pompier": "SDIS", "liaison": "SNCF"}


@pytest.fixture(params=["sqlite", "postgresql"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    world = await made(tmp_path / "hub", url)
    await world.hub.people.workspaces.add(
        wire.WorkspaceInfo(workspace="autre", title="Autre", prefix="AU-2024")
    )
    for account, grants in PEOPLE.items():
        await world.enter(account, *grants, organisation=ORGANISATIONS.get(account, ""))
    return world


@pytest.fixture
async def address(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setattr(fanout, "TICK_S", 0.1)
    server = StreamingServer(config(world.hub), world.hub.fanout)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/api/v1"
    server.should_exit = True
    await serving


def bucket(name: str) -> str:
    marking, caveats = PLACES[name]
    return f"{WS}/{marking}" + (f"/{'+'.join(caveats)}" if caveats else "")


async def test_every_route_gives_to_each_what_they_may_see_and_no_more(
    world: World, address: str
) -> None:
    chef = world.people["chef"]
    photo = AttachmentRef(name="photo.jpg", sha256=DIGEST, media_type="image/jpeg", size=len(PHOTO))
    ops = {
        name: publish(
            chef, f"Entrée {name}", marking=marking, caveats=caveats,
            attachments=(photo,) if name == "medical" else (),
        )
        for name, (marking, caveats) in PLACES.items()
    }  # fmt: skip
    uids = {op.entity: name for name, op in ops.items()}
    async with world.client("chef", address) as http:
        headers = {"upload-offset": "0", "upload-length": str(len(PHOTO))}
        sent = await http.patch(f"/attachments/{DIGEST}", content=PHOTO, headers=headers)
        assert sent.status_code == 204
        ears = {account: await _listening(world, address, account) for account in SEEN_BY}
        await push(http, *ops.values())
        await world.hub.projector.catch_up()
        body = wire.encode({"workspace": WS, "entities": list(uids)})
        assert (await http.post("/sync/seen", content=body)).status_code == 204
        for uid in uids:
            told = wire.Presence(account="chef", entity=uid, doing="reading")
            await http.post("/sync/presence", params={"workspace": WS}, content=wire.encode(told))
            await asyncio.sleep(0.15)
        await asyncio.sleep(0.5)
    for account, seen in SEEN_BY.items():
        async with world.client(account, address) as http:
            await _pulls(http, seen, uids, account)
            await _states(http, seen, uids)
            photo_there = (await http.get(f"/attachments/{DIGEST}")).status_code
            assert photo_there == (200 if "medical" in seen else 404), account
        _heard(ears[account], seen, uids, account)
    for ear in ears.values():
        if ear is not None:
            await ear.close()


async def _pulls(
    http: httpx.AsyncClient, seen: set[str], uids: dict[str, str], account: str
) -> None:
    cursors = {bucket(name): 0 for name in PLACES}
    if not seen:
        asked = wire.Pull(workspace=WS, cursors=cursors)
        answer = await http.post("/sync/pull", content=wire.encode(asked))
        assert answer.status_code == 404, account
        return
    page = await pull(http, **cursors)
    assert {uids[record.op.entity] for record in page.records if record.op} == seen, account
    assert set(page.buckets) == {bucket(name) for name in seen}
    assert set(page.cursors) == set(page.buckets)


async def _states(http: httpx.AsyncClient, seen: set[str], uids: dict[str, str]) -> None:
    absent = await http.get("/sync/state", params={"bucket": "nulle-part/DR"})
    for name in PLACES:
        answer = await http.get("/sync/state", params={"bucket": bucket(name)})
        if name in seen:
            page = wire.decoder(wire.StatePage).decode(answer.content)
            assert {uids[row.uid] for row in page.rows if row.kind == "entry"} == {name}
        else:
            assert (answer.status_code, answer.content) == (404, absent.content)


def _heard(ear: "Listening | None", seen: set[str], uids: dict[str, str], account: str) -> None:
    if not seen:
        assert ear is None, account
        return
    assert ear is not None
    assert {uids[record.op.entity] for record in ear.ear.records if record.op} == seen, account
    assert {uids[uid] for uid in ear.ear.seen} == seen, account
    looked = {
        uids[desk.entity]
        for event in ear.ear.events
        for desk in event.presence or ()
        if desk.entity
    }
    assert looked == seen, account


class Listening:
    """A live stream under way."""

    def __init__(self, http: httpx.AsyncClient, answer: httpx.Response) -> None:
        self.ear = Ear()
        self._http, self._answer = http, answer
        self._task = asyncio.create_task(self.ear.listen(answer))

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._answer.aclose()
        await self._http.aclose()


async def _listening(world: World, address: str, account: str) -> Listening | None:
    """A stream, None when the workspace does not exist for `account`."""
    http = world.client(account, address)
    request = http.build_request("GET", "/sync/live", params={"workspace": WS})
    answer = await http.send(request, stream=True)
    if answer.status_code == 404:
        await answer.aclose()
        await http.aclose()
        return None
    assert answer.status_code == 200
    return Listening(http, answer)


async def test_a_right_that_is_withdrawn_closes_the_stream_and_empties_the_pull(
    world: World, address: str
) -> None:
    async with world.client("chef", address) as http:
        await push(http, publish(world.people["chef"], "Avant"))
    ear = await _listening(world, address, "redacteur")
    assert ear is not None
    async with world.client("redacteur", address) as http:
        assert (await pull(http)).buckets == [f"{WS}/DR"]
        for held in await world.hub.people.grants.all("redacteur"):
            await world.hub.people.grants.withdraw(held.id)
        await ear.ear.until(lambda heard: heard.ended.is_set(), seconds=5)
        assert ear.ear.events[-1].rights
        asked = wire.Pull(workspace=WS, cursors={})
        assert (await http.post("/sync/pull", content=wire.encode(asked))).status_code == 404
    await ear.close()


async def test_a_session_that_ends_is_out_at_once(world: World, address: str) -> None:
    ear = await _listening(world, address, "medecin")
    assert ear is not None
    async with world.client("medecin", address) as http:
        assert (await http.delete("/session")).status_code == 204
        await ear.ear.until(lambda heard: heard.ended.is_set(), seconds=5)
        assert (await http.post("/sync/push", content=b'{"ops":[]}')).status_code == 401
    await ear.close()


async def test_what_was_refused_is_told_to_who_sent_it_and_to_who_watches(
    world: World, address: str
) -> None:
    forged = publish(world.people["chef"], "Faux", mode="exercise")
    async with world.client("chef", address) as http:
        body = wire.encode(wire.Push(ops=[forged]))
        outcome = (await http.post("/sync/push", content=body)).json()["outcomes"][0]
        assert (outcome["status"], outcome["why"]) == ("refused", "mode")
        mine = await http.get("/sync/quarantine")
        assert [(one["op_id"], one["why"]) for one in mine.json()] == [(forged.op_id, "mode")]
        assert b"Faux" not in mine.content
        assert (await http.get("/sync/quarantine", params={"workspace": WS})).status_code == 404
    async with world.client("redacteur", address) as http:
        assert (await http.get("/sync/quarantine")).json() == []
    async with world.client("rssi", address) as http:
        everything = await http.get("/sync/quarantine", params={"workspace": WS})
        assert [one["op_id"] for one in everything.json()] == [forged.op_id]
