"""What the hub's sources told arrives beside what the station observes itself."""

import msgspec
import pytest

from beffroi.observations import Observations, SourceState
from beffroi.sync import wire
from beffroi.sync.observed import ObservedPage, ObservedPull, ObservedReply, Row
from beffroi.sync.status import Observed
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import Asked, FakeHub, Say
from tests.means import until


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beffroi.sync.observing.EVERY_S", 0.1)
    monkeypatch.setattr("beffroi.sync.observing.LEAST_S", 0.0)


def row(name: str) -> Row:
    return (name, 5, None, 2.0, 48.0, 2.0, 48.0, b"\x01" * 12, name.upper(), None, '{"n":1}')


class Sources:
    """What the hub answers to each question about sources, the last answer for ever."""

    def __init__(self, hub: FakeHub, *answers: ObservedReply | bytes) -> None:
        self.asked: list[ObservedPull] = []
        self._answers = list(answers)
        hub.fault = self._answer

    def _answer(self, asked: Asked) -> None:
        if not asked.path.endswith("/sources/pull"):
            return
        self.asked.append(wire.decoder(ObservedPull).decode(asked.body))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        body = answer if isinstance(answer, bytes) else wire.encode(answer)
        raise Say(200, "", body=body)


def reply(*pages: ObservedPage, followed: tuple[str, ...] = ("s",)) -> ObservedReply:
    return ObservedReply(pages=list(pages), states={"s": SourceState(health="late")} if followed else {}, followed=list(followed))  # fmt: skip


def ids(observations: Observations, source: str = "s") -> list[str]:
    return [seen.id for seen in observations.features(source)]


def test_pages_are_kept_and_asked_on_from_where_they_end(hub: FakeHub, new_desk: NewDesk) -> None:
    sources = Sources(
        hub,
        reply(ObservedPage(source="s", cursor=3, rows=[row("a"), row("b")], again=True, more=True)),
        reply(ObservedPage(source="s", cursor=4, rows=[row("c")], gone=["a"])),
        reply(),
    )
    desk = new_desk("claire")
    desk.node.observations.put("s", [], snapshot=True, now=1)
    with desk.running():
        until(lambda: len(sources.asked) > 2)
        until(lambda: desk.heard(Observed))
    seen = desk.node.observations
    assert ids(seen) == ["b", "c"]
    assert seen.state("s").health == "late"
    assert seen.fed() == {"s"}
    assert [asked.cursors for asked in sources.asked[:3]] == [{}, {"s": 3}, {"s": 4}]
    assert desk.heard(Observed)[0] == Observed(sources=["s"], followed=["s"])


def test_what_the_hub_forgot_begins_again_and_what_it_leaves_stays(hub: FakeHub, new_desk: NewDesk) -> None:  # fmt: skip
    sources = Sources(
        hub,
        reply(ObservedPage(source="s", cursor=9, rows=[row("new")], again=True)),
        reply(followed=()),
    )
    desk = new_desk("claire")
    desk.node.sheets.put("source", {"title": "S"}, desk.who, uid="s")
    with desk.running():
        until(lambda: ids(desk.node.observations) == ["new"])
        until(lambda: desk.node.observations.fed() == set(), 15)
    assert ids(desk.node.observations) == ["new"]
    assert sources.asked[1].cursors == {"s": 9}


def test_what_a_source_told_leaves_with_the_right_to_see_it(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    """Its sheet is not here (any more), and the hub does not follow it for this person."""
    Sources(
        hub,
        reply(ObservedPage(source="s", cursor=9, rows=[row("secret")], again=True)),
        reply(followed=()),
    )
    desk = new_desk("claire")
    own = desk.node.sheets.put("source", {"title": "À moi"}, desk.who).uid
    desk.node.observations.put_rows(own, [row("mine")], snapshot=True, now=1)
    with desk.running():
        until(lambda: ids(desk.node.observations) == ["secret"])
        until(lambda: ids(desk.node.observations) == [], 15)
    assert desk.node.observations.states() == {}
    assert ids(desk.node.observations, own) == ["mine"]
    assert desk.heard(Observed)[-1] == Observed(sources=["s"], followed=[])


def test_a_hub_that_says_nonsense_harms_nothing(hub: FakeHub, new_desk: NewDesk) -> None:
    page = msgspec.to_builtins(reply(ObservedPage(source="s", cursor=3, rows=[row("a")])))
    page["pages"][0]["cursor"] = 2**70
    sources = Sources(hub, msgspec.json.encode(page), b"[]")
    desk = new_desk("claire")
    with desk.running():
        until(lambda: len(sources.asked) > 1, 15)
        assert desk.failure is None
    assert desk.node.observations.counts() == {}


def test_a_hub_without_sources_is_asked_once(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    with desk.running():
        until(lambda: desk.status.state == "online")
    assert desk.failure is None
