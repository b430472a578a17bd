"""The client is bounded in size, believes nothing that it cannot read, and says one sentence."""

import asyncio
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.sync import client, wire
from beffroi.sync.backoff import LONGEST_S, Backoff
from beffroi.sync.blocking import ask
from beffroi.sync.client import checked, decompressed
from beffroi.sync.live import EventReader
from beffroi.sync.routes import SignIn
from beffroi.sync.skew import Skew
from beffroi.sync.station import Station
from beffroi.sync.trouble import HubRefused, HubUnreachable, Revoked, SessionOver, WrongLogin
from tests.beffroi.sync.fake_hub import SECRET, Asked, FakeHub, Say


def saying(say: Say) -> Callable[[Asked], None]:
    def fault(_asked: Asked) -> None:
        raise say

    return fault


@pytest.mark.parametrize(
    ("say", "kind"),
    [
        (Say(401, "session"), SessionOver),
        (Say(401, "", body=b"<html>proxy</html>"), SessionOver),
        (Say(401, "secret"), WrongLogin),
        (Say(429, "blocked", retry_after=30), WrongLogin),
        (Say(403, "revoked"), Revoked),
        (Say(403, "device"), HubRefused),
        (Say(302, "", body=b""), HubRefused),
        (Say(404, "", body=b"not here"), HubRefused),
        (Say(500, "", body=b"Traceback (most recent call last)"), HubUnreachable),
        (Say(503, "busy", retry_after=7), HubUnreachable),
    ],
)
def test_every_refusal_is_one_sentence_of_ours_or_of_the_hub(
    hub: FakeHub, station: Station, say: Say, kind: type[BeffroiError]
) -> None:
    hub.fault = saying(say)
    with pytest.raises(kind) as caught:
        ask(station, lambda h: h.log_in("claire", "secret"))
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value)


def test_a_busy_hub_is_left_in_peace_for_as_long_as_it_asks(hub: FakeHub, station: Station) -> None:
    hub.fault = saying(Say(503, "busy", retry_after=7))
    with pytest.raises(HubUnreachable) as caught:
        ask(station, lambda h: h.refresh())
    assert caught.value.wait_s == 7


def test_an_answer_that_is_too_big_is_not_read_to_its_end(
    hub: FakeHub, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.fault = saying(Say(200, "", body=b"x" * 300_000))
    with pytest.raises(HubUnreachable):
        ask(station, lambda h: h.fetch("GET", "/hello", limit=100_000))


def test_a_compressed_bomb_is_stopped_at_the_limit() -> None:
    bomb = zstandard.compress(bytes(50_000_000))
    assert len(bomb) < 10_000
    with pytest.raises(HubUnreachable):
        decompressed(bomb, 1_000_000)


@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_compressed_page_comes_whole_or_not_at_all(data: bytes, cut: int) -> None:
    packed = zstandard.compress(data)
    assert decompressed(packed, 1000) == data
    broken = packed[: min(cut, len(packed) - 1)]
    try:
        found = decompressed(broken, 1000)
    except HubUnreachable:
        return
    assert data.startswith(found)


def test_an_answer_of_another_shape_is_not_understood(hub: FakeHub, station: Station) -> None:
    for body in (b"", b"[]", b'{"records":[{"seq":"x"}]}', b"\xff", b"[" * 100_000):
        hub.fault = saying(Say(200, "", body=body))
        with pytest.raises(HubUnreachable):
            ask(station, lambda h: h.pull(wire.Pull(workspace="jop-2024", cursors={})))


def test_a_silent_hub_is_not_waited_for(hub: FakeHub, station: Station) -> None:
    hub.stop()
    with pytest.raises(HubUnreachable, match="ne répond pas"):
        ask(station, lambda h: h.hello(), within_s=3)


@pytest.mark.parametrize(
    "url", ["http://hub", "ftp://hub", "https://", "hub:8443", "https://u@hub"]
)
def test_nothing_is_ever_sent_in_clear(url: str) -> None:
    """ODIN: when encryption failed, it logged so and sent in clear."""
    with pytest.raises(BeffroiError, match="https"):
        checked(url)


def test_the_client_has_no_way_to_speak_without_a_verified_certificate(
    hub: FakeHub, station: Station
) -> None:
    context = station.context()
    assert context.verify_mode.name == "CERT_REQUIRED"
    assert context.check_hostname
    assert context.minimum_version.name == "TLSv1_3"


def test_someone_who_is_away_at_the_identity_provider_is_waited_for(
    hub: FakeHub, station: Station
) -> None:
    begun = SignIn(url="https://provider", poll="p1")
    hub.fault = saying(Say(202, "", body=b""))
    assert ask(station, lambda h: h.signed_in(begun)) is None
    session = hub._log_in(wire.Login(account="claire", secret=SECRET))
    hub.fault = saying(Say(200, "", body=wire.encode(session)))
    assert ask(station, lambda h: h.signed_in(begun)) == session


# The clock


def test_the_offset_comes_from_the_fastest_answer() -> None:
    skew = Skew(lambda: 1_000_000)
    skew.heard(1_005_400, 800)
    assert skew.offset_ms == 5_800
    skew.heard(1_005_010, 20)
    skew.heard(1_005_900, 1_900)
    assert skew.offset_ms == 5_020


def test_a_clock_that_is_set_anew_is_followed_at_once() -> None:
    now = [1_000_000]
    skew = Skew(lambda: now[0])
    skew.heard(1_000_010, 20)
    now[0] += 3_600_000
    skew.heard(1_000_030, 40)
    assert skew.offset_ms == 1_000_050 - now[0]


def test_a_time_without_sense_is_not_believed() -> None:
    skew = Skew(lambda: 1_700_000_000_000)
    skew.heard(9 * 10**17, 10)
    assert skew.offset_ms == 0


def test_every_answer_measures_the_clock(hub: FakeHub, station: Station) -> None:
    hub.clock.offset_ms = 7_200_000
    skew = Skew(hub.clock.source)
    ask(station, lambda h: h.hello(), skew=skew)
    assert abs(skew.offset_ms - 7_200_000) < 1_000


# Waiting


def test_waits_grow_are_bounded_and_are_never_in_step() -> None:
    one, other = Backoff(), Backoff()
    waits = [one.next() for _ in range(40)]
    assert max(waits) <= LONGEST_S
    assert max(waits[-10:]) > max(waits[:3])
    assert waits != [other.next() for _ in range(40)]


def test_what_the_hub_asks_for_is_respected_and_still_spread() -> None:
    waits = {Backoff().next(5.0) for _ in range(20)}
    assert min(waits) >= 5.0
    assert len(waits) > 10


# The stream


@given(
    st.lists(st.binary(min_size=1, max_size=40).map(lambda b: b.replace(b"\n", b"").replace(b"\r", b""))
             .filter(bool), max_size=8),
    st.lists(st.integers(1, 30), min_size=1, max_size=50),
)  # fmt: skip
def test_events_are_the_same_wherever_the_network_cuts_them(
    said: list[bytes], sizes: list[int]
) -> None:
    stream = b"".join(b": heartbeat\n\nid: 4\r\ndata: " + one + b"\n\n" for one in said)
    reader, found, at = EventReader(), [], 0
    while at < len(stream):
        size = sizes[at % len(sizes)]
        found += list(reader.feed(stream[at : at + size]))
        at += size
    assert found == said


def test_a_stream_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beffroi.sync.live.MAX_EVENT", 10_000)
    reader = EventReader()
    endless = (chunk for _ in range(1000) for chunk in reader.feed(b"data: " + b"x" * 500))
    with pytest.raises(HubUnreachable):
        list(endless)


def test_a_cancelled_question_ends_at_once(hub: FakeHub, station: Station) -> None:
    async def work() -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with client.HubClient(station.url, station.context()) as one:
            try:
                async with asyncio.timeout(0.2):
                    async with one.opened("GET", "/sync/live") as response:
                        async for _chunk in response.aiter_raw():
                            pass
            except TimeoutError:
                return loop.time() - began
        return 99.0

    hub.sessions[""] = "claire"
    assert asyncio.run(work()) < 2.0
