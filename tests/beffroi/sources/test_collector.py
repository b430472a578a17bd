"""Sources side by side on loopback servers: each in its right state, none at the expense of another."""

import asyncio
import json
import os
import random
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from beffroi.observations import OBSERVATIONS_FILE, Observations, SourceState
from beffroi.observations.copying import Copies
from beffroi.plugin import Door
from beffroi.plugin.allowed import Allowed
from beffroi.sources.collector import Collector
from beffroi.sources.definition import Roles, Source
from beffroi.sources.guard import Guard
from beffroi.sources.intake import Intake
from beffroi.sources.means import Means
from beffroi.sources.orders import HealthChanged, Moved, Notice, Told
from beffroi.sources.schedule import Pace
from tests.loopback import Request, Web


class Hurried(Pace):
    """A day of a source in a second."""

    def first_s(self, refresh_s: float) -> float:
        return 0.0

    def next_s(self, refresh_s: float) -> float:
        return refresh_s / 100

    def retry_s(self, refresh_s: float, failures: int, asked_s: float = 0.0) -> float:
        return 0.05


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(2) as made:
        made.warm()
        yield made


class Room:
    """A collector under way, and what it told."""

    def __init__(self, observations: Observations, guard: Guard, sources: list[Source]) -> None:
        self.told = list[Told]()
        self.sources = sources
        self.collector = Collector(
            observations, self.told.append, lambda: self.sources, observations.fed
        )
        self._observations, self._guard = observations, guard

    def live(self, story: Callable[["Room"], Awaitable[None]]) -> None:
        """Run the collector until the story ends."""
        asyncio.run(self._lived(story))

    async def _lived(self, story: Callable[["Room"], Awaitable[None]]) -> None:
        means = Means(
            Intake(self._observations, self._guard), self.collector,
            Door(Allowed(["127.0.0.0/8"])), pace=Hurried(random.Random(1)),
            secret=lambda one: "clef" if one.secret else "", kept=lambda _sha: b"nom;lon;lat\na;2;48\n",
        )  # fmt: skip
        running = asyncio.create_task(self.collector.run(means))
        try:
            await asyncio.wait_for(story(self), 15)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            means.close()

    async def until(self, so: Callable[[], object]) -> None:
        """Wait until it is so."""
        while not so():  # noqa: ASYNC110 - what it waits for lies in a file or at a server
            await asyncio.sleep(0.02)

    def health(self, uid: str) -> str:
        """What was last told of a source."""
        found = [
            m.state.health for m in self.told if isinstance(m, HealthChanged) and m.source == uid
        ]
        return found[-1] if found else ""

    def good(self, uid: str) -> list[bool]:
        """Whether what people were told of it was good."""
        return [m.good for m in self.told if isinstance(m, Notice) and m.source == uid]

    def notices(self, uid: str) -> list[str]:
        """What people were told of it."""
        return [m.sentence for m in self.told if isinstance(m, Notice) and m.source == uid]


def _features(*names: str, **fields: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": name, "geometry": {"type": "Point", "coordinates": [2, 48]},
         "properties": {"nom": name, "état": "ouvert", **fields}} for name in names]}).encode()  # fmt: skip


def _source(web: Web, uid: str, **more: object) -> Source:
    return Source(uid=uid, title=uid, address=web.at(f"/{uid}"), refresh_s=5, **more)  # type: ignore[arg-type]


def test_each_is_in_its_right_state_and_told_once(web: Web, observations: Observations, guard: Guard, monkeypatch: pytest.MonkeyPatch):  # fmt: skip
    monkeypatch.setattr("beffroi.sources.health.DOWN_AFTER_S", 0)
    web.routes["/well"] = lambda r: r.say(_features("a", "b"))
    web.routes["/broken"] = lambda r: r.say(code=500)
    web.routes["/page"] = lambda r: r.say(b"<!DOCTYPE html><html><body>Bienvenue</body></html>")
    web.routes["/truncated"] = lambda r: r.say(_features("a")[:-20])
    room = Room(observations, guard, [_source(web, uid) for uid in ("well", "broken", "page", "truncated", "gone")])  # fmt: skip

    async def story(room: Room) -> None:
        await room.until(lambda: all(room.health(uid) in ("down", "suspended") for uid in ("broken", "page", "truncated", "gone")) and room.health("well") == "ok")  # fmt: skip
        await room.until(lambda: len(web.asked) > 60)

    room.live(story)
    assert room.health("well") == "ok"
    assert all(len(room.notices(uid)) == 1 for uid in ("broken", "page", "truncated"))
    assert not any(room.good(uid)[0] for uid in ("broken", "page", "truncated"))
    assert room.notices("well") == []
    assert observations.counts() == {"well": 2}
    assert observations.state("broken").sentence.endswith("plus tard.")


def test_what_is_the_same_is_not_read_again(web: Web, observations: Observations, guard: Guard):
    web.routes["/a"] = lambda r: r.say(_features("x"))
    room = Room(observations, guard, [_source(web, "a")])

    async def story(room: Room) -> None:
        await room.until(lambda: len(web.asked) > 5)
        await room.until(
            lambda: observations.state("a").last_ok > observations.state("a").last_data
        )

    room.live(story)
    assert len([m for m in room.told if isinstance(m, Moved)]) == 1
    assert observations.state("a").history == [1]


def test_a_source_that_changed_its_shape_keeps_what_it_had(web: Web, observations: Observations, guard: Guard):  # fmt: skip
    answers = iter([_features("a", "b"), *[json.dumps([{"x": n} for n in range(5)]).encode()] * 50])

    def route(r: Request) -> None:
        r.say(next(answers, b"[]"))

    web.routes["/a"] = route
    room = Room(observations, guard, [_source(web, "a", mapping=Roles(id="nom"))])

    async def story(room: Room) -> None:
        await room.until(lambda: observations.state("a").failures > 1)

    room.live(story)
    assert {seen.id for seen in observations.features("a")} == {"a", "b"}
    assert "changé de forme" in observations.state("a").sentence


def test_a_person_suspends_resumes_and_retries(web: Web, observations: Observations, guard: Guard):
    web.routes["/a"] = lambda r: r.say(_features("x"))
    room = Room(observations, guard, [_source(web, "a")])

    async def story(room: Room) -> None:
        await room.until(lambda: room.health("a") == "ok")
        await room.collector.suspend("a")
        await room.until(lambda: room.health("a") == "suspended")
        asked = len(web.asked)
        await asyncio.sleep(0.2)
        assert len(web.asked) <= asked + 1
        await room.collector.retry("a")
        await room.until(lambda: room.health("a") == "ok" and len(web.asked) > asked + 1)

    room.live(story)
    assert room.notices("a") == []


def test_a_clock_that_was_set_back_puts_nothing_off_for_years(web: Web, observations: Observations, guard: Guard):  # fmt: skip
    web.routes["/a"] = lambda r: r.say(_features("x"))
    room = Room(observations, guard, [_source(web, "a")])
    room.live(lambda room: room.until(lambda: room.health("a") == "ok"))
    known = observations.state("a")
    far = known.last_try + 2 * 366 * 86_400_000
    observations.put_states({"a": msgspec.structs.replace(known, last_try=far, next_at=far)}, {})
    asked = len(web.asked)
    Room(observations, guard, [_source(web, "a")]).live(
        lambda room: room.until(lambda: len(web.asked) > asked)
    )


def test_sources_come_change_and_go_while_others_run(web: Web, observations: Observations, guard: Guard):  # fmt: skip
    for uid in ("a", "b", "c"):
        web.routes[f"/{uid}"] = lambda r: r.say(_features("x"))
    room = Room(observations, guard, [_source(web, "a"), _source(web, "b")])

    async def story(room: Room) -> None:
        await room.until(lambda: len(observations.counts()) == 2)
        room.sources = [Source(uid="a", title="A", address=web.at("/c"), refresh_s=5)]
        await room.collector.reload()
        await room.until(lambda: any(path == "/c" for path, _headers in web.asked))
        await room.until(lambda: "b" not in observations.states())

    room.live(story)
    assert observations.counts()["b"] == 0
    assert observations.counts()["a"] == 1


def test_what_the_hub_follows_is_left_alone_until_it_lets_go(web: Web, observations: Observations, guard: Guard, tmp_path: Path):  # fmt: skip
    web.routes["/a"] = lambda r: r.say(_features("x"))
    copies = Copies(tmp_path / OBSERVATIONS_FILE, bytes(range(32)))
    copies.put("a", [], [], cursor=3, now=1)
    copies.put_states({"a": SourceState(health="ok", last_try=1)})
    room = Room(observations, guard, [_source(web, "a")])

    async def story(room: Room) -> None:
        await room.until(lambda: observations.state("a").health == "late")
        assert web.asked == []
        copies.end("a")
        await room.until(lambda: observations.counts().get("a") == 1)

    room.live(story)
    copies.close()


def test_a_kept_table_is_read_once(web: Web, observations: Observations, guard: Guard):
    pasted = Source(
        uid="p", title="P", transport="paste", attachment="0" * 64, options={"name": "p.csv"}
    )
    room = Room(observations, guard, [pasted])

    async def story(room: Room) -> None:
        await room.until(lambda: room.health("p") == "ok")

    room.live(story)
    assert observations.counts() == {"p": 1}


def test_a_slow_source_delays_no_other(web: Web, observations: Observations, guard: Guard):
    def stuck(r: Request) -> None:
        r.connection.settimeout(3)
        try:
            r.rfile.read(1)
        except OSError:
            return

    for number in range(20):
        web.routes[f"/stuck{number}"] = stuck
    web.routes["/a"] = lambda r: r.say(_features("x"))
    slow = [_source(web, f"stuck{number}") for number in range(20)]
    room = Room(observations, guard, [*slow, _source(web, "a")])

    async def story(room: Room) -> None:
        await room.until(lambda: len([path for path, _h in web.asked if path == "/a"]) > 8)
        await room.until(lambda: room.health("a"))

    room.live(story)
    assert room.health("a") == "ok"


def test_one_bad_file_of_a_folder_never_blocks_the_next(observations: Observations, guard: Guard, tmp_path: Path):  # fmt: skip
    folder = tmp_path / "depot"
    folder.mkdir()
    for age, (name, data) in enumerate([("c.geojson", _features("c")), ("b.geojson", b"{")]):
        (folder / name).write_bytes(data)
        os.utime(folder / name, (1_700_000_000 - age, 1_700_000_000 - age))
    room = Room(observations, guard, [Source(uid="f", title="F", transport="folder", address=str(folder), refresh_s=5)])  # fmt: skip

    async def story(room: Room) -> None:
        await room.until(lambda: observations.state("f").last_data)

    room.live(story)
    assert observations.counts() == {"f": 1}


def test_a_source_that_cannot_even_begin_is_told(observations: Observations, guard: Guard):
    room = Room(
        observations, guard, [Source(uid="x", title="X", transport="pigeon", address="toit")]
    )

    async def story(room: Room) -> None:
        await room.until(lambda: room.health("x") == "down")

    room.live(story)
    assert "pigeon" in observations.state("x").sentence
