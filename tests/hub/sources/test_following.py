"""A shared source is followed by the hub, and what it tells reaches those who may see it, on both engines."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from beffroi.logbook.sheet_operations import DropSheet, PutSheet, drop_of, put_of
from beffroi.sync import wire
from beffroi.sync.observed import ObservedPull, ObservedReply
from hub.sources.shelf import Shelf
from tests.hub.pens import signed
from tests.hub.real import WS, World, beside
from tests.loopback import Web, web_server

PATIENCE_S = 25.0
Ask = Callable[..., ObservedReply]


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as made:
        made.routes["/points"] = lambda r: r.say(_points("a", "b"))
        yield made


@pytest.fixture(params=["postgresql", "sqlite"])
def database_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    url: str = request.getfixturevalue("postgres_url")
    return url


def _points(*names: str) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": name, "properties": {"nom": name},
         "geometry": {"type": "Point", "coordinates": [2.3, 48.8]}} for name in names]}).encode()  # fmt: skip


class Room:
    """The hub, its people, and their questions."""

    def __init__(self, address: str, world: World) -> None:
        self.address, self.world = address, world

    def put(self, uid: str, marking: str = "DR", **fields: object) -> str:
        op = signed(self.world.people["chef"], put_of("source"), uid, PutSheet(fields=fields), marking=marking)  # fmt: skip
        return self._push(op).entity

    def drop(self, uid: str) -> None:
        seen = tuple(op for op in self._ops)
        self._push(signed(self.world.people["chef"], drop_of("source"), uid, DropSheet(seen=seen)))

    _ops: tuple[str, ...] = ()

    def _push(self, op: wire.Op) -> wire.Op:
        answer = self._ask("chef", "/sync/push", wire.Push(ops=[op]))
        (outcome,) = wire.decoder(wire.PushReply).decode(answer).outcomes
        assert outcome.status == "kept", outcome
        self._ops = (*self._ops, op.op_id)
        return op

    def pull(self, account: str, **cursors: int) -> ObservedReply:
        asked = ObservedPull(workspace=WS, cursors=cursors)
        return wire.decoder(ObservedReply).decode(self._ask(account, "/sources/pull", asked))

    def until(self, account: str, so: Callable[[ObservedReply], object], **cursors: int) -> ObservedReply:  # fmt: skip
        end = time.monotonic() + PATIENCE_S
        while not so(reply := self.pull(account, **cursors)):
            assert time.monotonic() < end, reply
            time.sleep(0.1)
        return reply

    def _ask(self, account: str, path: str, message: object) -> bytes:
        answer = httpx.post(self.address + path, content=wire.encode(message),
                            headers=self.world.people[account].headers, timeout=20)  # fmt: skip
        assert answer.status_code == 200, answer.text
        return answer.content


@pytest.fixture
def room(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr("hub.sources.collecting.LOOK_S", 0.2)
    monkeypatch.setattr("beffroi.sources.definition.SHORTEST_S", 1)
    people = (
        ("chef", {"role": "room_chief", "marking": "DR_SF", "caveats": ("MEDICAL",)}),
        ("invite", {"role": "authority", "marking": "NP"}),
    )
    with beside(tmp_path / "hub", *people, database=database_url, sources_allow=("127.0.0.0/8",)) as (address, world):  # fmt: skip
        yield Room(address, world)


def test_from_a_shared_source_to_those_who_may_see_it(room: Room, web: Web):
    uid = "01890000-0000-7000-8000-0000000000a1"
    room.put(uid, title="Points", transport="http", address=web.at("/points"), refresh_s=1)
    reply = room.until("chef", lambda told: told.pages)
    (page,) = reply.pages
    assert (page.source, sorted(row[0] for row in page.rows), page.again) == (uid, ["a", "b"], True)
    assert reply.followed == [uid]
    room.until("chef", lambda told: told.states.get(uid) and told.states[uid].health == "ok")
    assert room.pull("invite") == ObservedReply(pages=[], states={}, followed=[])
    assert room.pull("chef", **{uid: page.cursor}).pages == []

    web.routes["/points"] = lambda r: r.say(_points("b", "c"))
    (page,) = room.until("chef", lambda told: told.pages, **{uid: page.cursor}).pages
    assert ([row[0] for row in page.rows], page.gone, page.again) == (["c"], ["a"], False)

    room.drop(uid)
    assert room.until("chef", lambda told: not told.followed).pages == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_marked_higher_is_out_of_sight_at_once(room: Room, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    uid = "01890000-0000-7000-8000-0000000000a1"
    room.put(uid, "NP", title="Points", transport="http", address=web.at("/points"), refresh_s=1)
    room.until("invite", lambda told: told.pages)
    monkeypatch.setattr("hub.sources.collecting.LOOK_S", 60.0)
    time.sleep(0.3)
    room.put(uid, "DR_SF", title="Points", transport="http", address=web.at("/points"), refresh_s=1)
    assert room.pull("invite") == ObservedReply(pages=[], states={}, followed=[])
    assert room.pull("chef").followed == [uid]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_dropped_while_nobody_followed_is_forgotten(room: Room) -> None:
    """Another replica followed it, died, and its people dropped the last source meanwhile."""
    room.world.run(Shelf(room.world.hub.database).follow({"gone": (WS, f"{WS}/DR")}))
    room.until("chef", lambda told: told.followed == [])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_only_a_station_can_read_is_left_to_it(room: Room, web: Web):
    for number, fields in enumerate((
        {"transport": "file", "address": "/etc/passwd"},
        {"transport": "paste", "attachment": "0" * 64},
        {"transport": "http", "address": web.at("/points"), "secret": "sources/secret/x"},
        {"transport": "http", "address": ""},
    )):  # fmt: skip
        room.put(f"01890000-0000-7000-8000-0000000000b{number}", title="S", refresh_s=1, **fields)
    last = "01890000-0000-7000-8000-0000000000a1"
    room.put(last, title="Points", transport="http", address=web.at("/points"), refresh_s=1)
    assert room.until("chef", lambda told: told.followed).followed == [last]
