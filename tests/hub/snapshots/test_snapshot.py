"""A snapshot gives a new desktop all that its person sees, and nothing that left their sight."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from beffroi.access import Account
from beffroi.access.keyring import Keyring
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook import operations as kinds
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import KEYRING_FILE, STORE_FILE, ProfileInfo, create_profile
from beffroi.sync.adopting import adopt
from hub.live.server import StreamingServer
from tests.conftest import CHEAP
from tests.hub.pens import publish, push, signed
from tests.hub.real import WS, World, config, made

SECRET = "un-secret-assez-long"


@pytest.fixture
async def world(tmp_path: Path) -> World:
    world = await made(tmp_path / "hub")
    await world.enter("chef", {"role": "room_chief", "marking": "DR_SF", "caveats": ("MEDICAL",)})
    await world.enter("invite", {"role": "writer"})
    return world


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    server = StreamingServer(config(world.hub), world.hub.fanout)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/api/v1"
    server.should_exit = True
    await serving


async def snapshot(world: World, http: httpx.AsyncClient, **headers: str) -> httpx.Response:
    """The snapshot, once it is made."""
    await world.hub.projector.catch_up()
    async with asyncio.timeout(30):
        while True:
            answer = await http.get("/sync/snapshot", params={"workspace": WS}, headers=headers)
            if answer.status_code != 503:
                return answer
            assert answer.headers["retry-after"]
            await asyncio.sleep(0.2)


def profile(folder: Path) -> bytes:
    """A profile that holds nothing; its raw key."""
    account = Account(name="chef", display="Chef", organisation="", posts=("Chef",))
    info = ProfileInfo(title="JOP", workspace=WS)
    create_profile(folder, info, [(account, SECRET)], Clock(), cost=CHEAP)
    key: bytes = Keyring(folder / KEYRING_FILE, Clock()).unlock("chef", SECRET)
    return key


def taken_over(folder: Path, answer: httpx.Response) -> bytes:
    """A profile whose store is the snapshot."""
    key = profile(folder)
    file = folder / "recu.db"
    file.write_bytes(answer.content)
    adopt(folder, key, file, bytes.fromhex(answer.headers["beffroi-key"]))
    return key


async def test_a_desktop_starts_with_all_that_its_person_sees(
    world: World, address: str, tmp_path: Path
) -> None:
    chef = world.people["chef"]
    secret = publish(chef, "Victime transférée.", marking="DR_SF", caveats=("MEDICAL",))
    plain = [publish(chef, f"Point {n}", lon=2.3, lat=48.8) for n in range(150)]
    async with world.client("chef", address) as http:
        await push(http, *plain, secret)
        whole = await snapshot(world, http)
    async with world.client("invite", address) as http:
        part = await snapshot(world, http)
    assert json.loads(whole.headers["beffroi-buckets"]) == [f"{WS}/DR", f"{WS}/DR_SF/MEDICAL"]
    assert json.loads(part.headers["beffroi-buckets"]) == [f"{WS}/DR"]
    for answer, count in ((whole, 151), (part, 150)):
        folder = tmp_path / f"profil-{count}"
        taken_over(folder, answer)
        node = open_node(folder, "chef", SECRET)
        try:
            assert node.logbook.total() == count
            assert ("Victime transférée." in texts(node)) == (count == 151)
            assert node.journal.cursors() == dict.fromkeys(
                json.loads(answer.headers["beffroi-buckets"]), int(answer.headers["beffroi-at"])
            )
        finally:
            node.close()


async def test_the_file_is_unreadable_without_the_key_that_came_with_it(
    world: World, address: str, tmp_path: Path
) -> None:
    chef = world.people["chef"]
    async with world.client("chef", address) as http:
        await push(http, publish(chef, "Confidentiel absolument"))
        answer = await snapshot(world, http)
    assert b"Confidentiel" not in answer.content
    folder = tmp_path / "profil"
    key = profile(folder)
    before = (folder / STORE_FILE).read_bytes()
    file = folder / "recu.db"
    file.write_bytes(answer.content)
    with pytest.raises(BeffroiError):
        adopt(folder, key, file, bytes(32))
    assert (folder / STORE_FILE).read_bytes() == before
    made_by_hub = list((world.hub.settings.data / "snapshots").rglob("*"))
    assert all(b"Confidentiel" not in f.read_bytes() for f in made_by_hub if f.is_file())


async def test_what_left_the_sight_of_a_group_is_never_handed_out_again(
    world: World, address: str, tmp_path: Path
) -> None:
    chef = world.people["chef"]
    entry = publish(chef, "Nom de la victime")
    async with world.client("chef", address) as http:
        await push(http, entry, publish(chef, "Autre"))
        async with world.client("invite", address) as guest:
            first = await snapshot(world, guest)
            told = kinds.Correct(
                version=2,
                content=Content(text="Nom de la victime", marking="DR_SF", caveats=("MEDICAL",)),
                reason="médical",
                fields=("marking", "caveats"),
            )
            moved = signed(chef, kinds.CORRECT, entry.entity, told, "DR_SF", ("MEDICAL",))
            await push(http, moved)
            second = await guest.get("/sync/snapshot", params={"workspace": WS})
            assert second.status_code == 503, "the old one is not given any more"
            second = await snapshot(world, guest)
    assert int(second.headers["beffroi-at"]) > int(first.headers["beffroi-at"])
    taken_over(tmp_path / "profil", second)
    node = open_node(tmp_path / "profil", "chef", SECRET)
    try:
        assert texts(node) == ["Autre"]
    finally:
        node.close()


async def test_a_cut_is_resumed_in_the_same_file_only(world: World, address: str) -> None:
    chef = world.people["chef"]
    async with world.client("chef", address) as http:
        await push(http, publish(chef))
        whole = await snapshot(world, http)
        tag = whole.headers["etag"]
        rest = await snapshot(world, http, **{"range": "bytes=4096-", "if-range": tag})
        other = await snapshot(world, http, **{"range": "bytes=4096-", "if-range": '"autre"'})
    assert (rest.status_code, rest.content) == (206, whole.content[4096:])
    assert (other.status_code, other.content) == (200, whole.content)


async def test_nothing_to_see_is_no_snapshot(world: World, address: str) -> None:
    async with world.client("invite", address) as http:
        empty = await http.get("/sync/snapshot", params={"workspace": WS})
        absent = await http.get("/sync/snapshot", params={"workspace": "ailleurs"})
    assert empty.status_code == absent.status_code == 404
    assert empty.content == absent.content


def texts(node: Node) -> list[str]:
    """What the entries say, the newest first."""
    with node.store.read() as connection:
        rids = [row[0] for row in connection.execute("SELECT rid FROM entry ORDER BY rid DESC")]
    return [entry.content.text for entry in node.logbook.entries(rids)]
