"""Mutated and random bodies to every route that takes one: no failure, nothing kept of them."""

import json

import pytest
import zstandard
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from beffroi.sync import wire
from tests.hub.fuzz.nasty import RAW, TEXTS, altered
from tests.hub.fuzz.target import Target
from tests.hub.pens import publish
from tests.hub.real import WS

fuzzed = settings(
    max_examples=60,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HASH = "ab" * 32
UID = "01890000-0000-7000-8000-000000000000"
LINE = {"seq": 1, "at": 1, "actor": "chef", "post": "", "station": "Poste chef",
        "action": "entry.read", "object": "", "detail": "", "hash": HASH}  # fmt: skip
MESSAGES: dict[str, tuple[str, dict[str, str], object]] = {
    "pull": ("/sync/pull", {}, {"workspace": WS, "cursors": {f"{WS}/DR": 0}, "limit": 10}),
    "seen": ("/sync/seen", {}, {"workspace": WS, "entities": [UID], "post": "COS"}),
    "presence": ("/sync/presence", {"workspace": WS},
                 {"account": "chef", "person": "x", "post": "", "entity": UID, "doing": "reading"}),
    "trail": ("/sync/trail", {"workspace": "profil"}, [LINE]),
    "enrol": ("/enrol", {}, {"code": "A-B", "station": "P", "request": "-----BEGIN", "version": "1"}),
    "session": ("/session", {}, {"account": "chef", "secret": "faux", "version": "1"}),
    "secret": ("/session/secret", {}, {"old": "faux", "new": "un-secret-assez-long"}),
    "key": (f"/workspaces/{WS}/keys", {}, {"workspace": WS, "public": "A" * 43 + "="}),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_no_message_breaks_the_hub(target: Target, name: str) -> None:
    path, params, message = MESSAGES[name]

    @fuzzed
    @given(body=altered(json.dumps(message).encode()), seed=st.integers(1, 200))
    def send(body: bytes, seed: int) -> None:
        # Wrong tries from one address make it wait: let them come from several.
        target.send("POST", path, body, headers={"x-forwarded-for": f"10.1.1.{seed}"}, **params)

    send()
    assert target.send("GET", "/session", None).status_code == 200


@pytest.mark.parametrize("name", [*MESSAGES, "push"])
def test_no_garbage_breaks_the_hub(target: Target, name: str) -> None:
    path, params, _message = MESSAGES.get(name, ("/sync/push", {}, None))
    for body in RAW:
        answer = target.send("POST", path, body, **params)
        if name == "push":
            assert answer.status_code == 400, body[:50]


def test_a_push_that_is_altered_keeps_nothing_that_was_not_signed(target: Target) -> None:
    chef = target.person()

    @fuzzed
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        body = wire.encode(wire.Push(ops=[publish(chef, "Altéré")]))
        target.pushed(target.send("POST", "/sync/push", data.draw(altered(body))))

    send()
    target.stands()


def test_bombs_are_not_unpacked(target: Target) -> None:
    bomb = zstandard.compress(b"[" * 40_000_000)
    for coding in ("zstd", "gzip", "br"):
        told = target.send("POST", "/sync/push", bomb, headers={"content-encoding": coding})
        assert told.status_code == 400


@pytest.mark.parametrize("path", ["/sync/push", "/sync/pull", "/sync/seen", "/session"])
def test_what_is_too_big_is_refused_before_it_is_read_whole(target: Target, path: str) -> None:
    assert target.send("POST", path, b" " * 4_100_000).status_code == 413


@pytest.mark.parametrize("path", [
    "/sync/state", "/sync/snapshot", "/sync/quarantine", "/sync/trail", "/logbook/entries",
    "/logbook/counts", "/audit", "/audit/export",
])  # fmt: skip
def test_odd_questions_are_answered_or_refused(target: Target, path: str) -> None:
    names = ("workspace", "bucket", "after", "limit", "text", "tag", "since", "until", "box",
             "gravity", "format", "actor", "object", "first", "action")  # fmt: skip
    for account in ("chef", "rssi"):
        for name in names:
            for text in (*TEXTS, "-1", "1,2,3", "nan,nan,nan,nan", "²", "١٢"):
                params = {"workspace": WS, "bucket": f"{WS}/DR", name: text[:500]}
                answer = target.http.get(
                    path, params=params, headers=target.person(account).headers
                )
                assert answer.status_code < 500 or answer.json()["code"] == "busy", (name, text)
