"""Whatever a hub answers, the desk neither breaks nor loses what was written at it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import HealthCheck, Phase, given, settings

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from tests.beffroi.sync.fake_hub import Asked, FakeHub
from tests.beffroi.sync.kit import Desk
from tests.hub.fuzz.nasty import altered
from tests.means import until

WS = "jop-2024"
BUCKET = f"{WS}/DR"
PATHS = ("/session", "/sync/pull", "/sync/push", "/sync/trail")
fuzzed = settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def answering(hub: FakeHub, path: str, *bodies: bytes, status: int = 200) -> Iterator[None]:
    """The hub answers `path` with the first of `bodies`, then the next, then as it should."""
    waiting, plain = list(bodies), hub._answer

    def answer(asked: Asked, params: Any, headers: Any) -> Any:
        if asked.path == path and waiting:
            return status, waiting.pop(0), {"content-type": "text/html"}
        return plain(asked, params, headers)

    hub._answer = answer  # type: ignore[method-assign]
    try:
        yield
    finally:
        hub._answer = plain  # type: ignore[method-assign]


def exchanges(desk: Desk) -> None:
    """An exchange that may fail, with a sentence."""
    with suppress(BeffroiError):
        desk.once()


def true_answer(hub: FakeHub, desk: Desk, path: str) -> bytes:
    """What the hub says there, when nobody alters it."""
    told: list[bytes] = []
    plain = hub._answer

    def listen(asked: Asked, params: Any, headers: Any) -> Any:
        answer = plain(asked, params, headers)
        if asked.path == path:
            told.append(answer[1])
        return answer

    hub._answer = listen  # type: ignore[method-assign]
    desk.publish("Pour voir")
    desk.once()
    hub._answer = plain  # type: ignore[method-assign]
    return told[0]


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_that_is_altered_breaks_nothing(
    hub: FakeHub, pair: tuple[Desk, Desk], path: str
) -> None:
    claire, _marc = pair
    body = true_answer(hub, claire, path)
    mine = [claire.publish("Pas encore envoyé").content.text]

    @fuzzed
    @given(body=altered(body))
    def answer(body: bytes) -> None:
        with answering(hub, path, body):
            exchanges(claire)
        assert claire.node.journal.verify() is None
        claire.texts()

    answer()
    assert set(mine) <= set(claire.texts()), "what was written here stays here"


@pytest.mark.parametrize("path", PATHS)
def test_a_portal_that_answers_in_the_hubs_place_is_no_hub(
    hub: FakeHub, pair: tuple[Desk, Desk], path: str
) -> None:
    claire, _marc = pair
    claire.publish("Derrière un portail captif")
    before = claire.texts()
    page = b"<!doctype html><title>Bienvenue</title>"
    for status in (200, 302, 500):
        with answering(hub, path, page, status=status):
            exchanges(claire)
    claire.once()
    assert claire.texts() == before
    sent = [bytes(one.op.payload) for one in hub.records if one.op]
    assert any(b"portail captif" in payload for payload in sent)


def test_a_bomb_is_not_unpacked(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    claire, _marc = pair
    claire.publish("Sous la bombe")
    plain = hub._answer

    def answer(asked: Asked, params: Any, headers: Any) -> Any:
        if asked.path == "/sync/pull":
            bomb = zstandard.compress(b"[" * 300_000_000)
            return 200, bomb + b" " * 500, {"content-encoding": "zstd"}
        return plain(asked, params, headers)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    hub._answer = answer  # type: ignore[method-assign]
    exchanges(claire)
    hub._answer = plain  # type: ignore[method-assign]
    claire.once()
    assert "Sous la bombe" in claire.texts()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700_000, "KiB"


def record(hub: FakeHub, **more: Any) -> wire.Record:
    """A record as somebody bad might write it: the last true one, with some of it replaced."""
    last = next(one for one in reversed(hub.records) if one.op is not None)
    assert last.op is not None
    ops = {name: value for name, value in more.items() if name in wire.Op.__struct_fields__}
    own = {name: value for name, value in more.items() if name not in ops}
    op = msgspec.structs.replace(last.op, **{"op_id": f"mauvais-{len(hub.records)}", **ops})
    return msgspec.structs.replace(last, **{"seq": len(hub.records) + 1, **own, "op": op})


RECORDS: dict[str, dict[str, Any]] = {
    "no payload": {"payload": msgspec.Raw(b"null")},
    "an empty payload": {"payload": msgspec.Raw(b"{}")},
    "numbers for texts": {"payload": msgspec.Raw(b'{"journal":1,"number":"x","content":[]}')},
    "no JSON for a number": {"payload": msgspec.Raw(
        b'{"journal":"MC-2024","number":99999999999999999999999,"content":{"text":"x"}}')},
    "a deep payload": {"payload": msgspec.Raw(b'{"content":' + b"[" * 900 + b"]" * 900 + b"}")},
    "an unknown kind": {"kind": "drone.launch", "entity": "01890000-0000-7000-8000-0000000000bb"},
    "no kind": {"kind": ""},
    "an update of nothing": {"kind": "followup.update", "entity": "01890000-0000-7000-8000-0000000000aa",
                             "payload": msgspec.Raw(b'{"status":"done"}')},
    "a huge stamp": {"hlc": 2**64 - 1},
    "a negative stamp": {"hlc": -5},
    "a huge hour": {"made_at": 2**63},
    "a huge number": {"number": 2**64 - 1},
    "a negative number": {"number": -3},
    "a huge acceptance": {"at": 2**64 - 1},
    "a NUL": {"author": "a\x00b", "post": "\x00"},
    "another workspace": {"workspace": "ailleurs"},
    "no entity": {"entity": ""},
    "an unknown marking": {"marking": "ULTRA", "audience": "?"},
}  # fmt: skip


def test_bad_records_stop_neither_the_page_nor_the_stream(
    hub: FakeHub, pair: tuple[Desk, Desk]
) -> None:
    claire, marc = pair
    before = set(claire.texts())
    for more in RECORDS.values():
        hub.records.append(record(hub, **more))
    marc.publish("Après les mauvais")
    marc.once()
    with claire.running():
        until(lambda: "Après les mauvais" in claire.texts(), 10.0)
        for more in RECORDS.values():
            bad = record(hub, **more)
            hub.records.append(bad)
            hub.shout(wire.Event(records=[bad], after=bad.seq - 1, head=bad.seq))
        marc.publish("Et après encore")
        marc.once()
        until(lambda: "Et après encore" in claire.texts(), 10.0)
    assert claire.failure is None
    assert before <= set(claire.texts())
    assert claire.node.journal.verify() is None


EVENTS: dict[str, wire.Event] = {
    "a negative head": wire.Event(head=-5, after=-9),
    "a huge head": wire.Event(head=2**63 - 1),
    "beyond all": wire.Event(head=2**64 - 1, after=2**64 - 1, now=2**64 - 1),
    "everything at once": wire.Event(resync=True, rights=True, head=0, presence=[]),
    "strange desks": wire.Event(presence=[wire.Presence(account="\x00", person="\x00" * 900)]),
    "strange readers": wire.Event(
        seen=[wire.Seen(entity="nulle-part", account="\x00", at=2**64 - 1)]
    ),
    "an empty removal": wire.Event(
        records=[wire.Record(seq=2**62, bucket=BUCKET, remove="personne")], after=0, head=2**62
    ),
}


def test_bad_events_do_not_end_the_following(
    hub: FakeHub, pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    claire, marc = pair
    monkeypatch.setattr("beffroi.sync.engine.IMPATIENT_S", 0.05)
    monkeypatch.setattr("beffroi.sync.backoff.LONGEST_S", 0.1)
    with claire.running():
        for what, event in EVENTS.items():
            until(lambda: claire.status.state == "online", 10.0, what)
            hub.shout(event)
            marc.publish(f"Après {what}")
            marc.once()
            until(lambda what=what: f"Après {what}" in claire.texts(), 10.0, what)  # type: ignore[misc]
    assert claire.failure is None


def test_a_stream_that_never_ends_an_event_is_given_up(
    hub: FakeHub, pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    claire, marc = pair
    monkeypatch.setattr("beffroi.sync.live.MAX_EVENT", 200_000)
    monkeypatch.setattr("beffroi.sync.engine.IMPATIENT_S", 0.05)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    endless = wire.Event(presence=[wire.Presence(account="x" * 1_000) for _n in range(1_000)])
    with claire.running():
        until(lambda: claire.status.state == "online", 5.0)
        for _time in range(5):
            hub.shout(endless)
        with marc.running():
            marc.publish("Malgré tout")
            until(lambda: "Malgré tout" in claire.texts(), 10.0)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000, "KiB"
    assert claire.failure is None
