"""Grounds of the network: guarded addresses, pictures only, an encrypted cache with a bound."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typing_extensions import override

from beffroi.basemaps.cache import Cache
from beffroi.basemaps.online import OFFERED, Asker, Online, address, checked
from beffroi.errors import BeffroiError
from beffroi.plugin.allowed import Allowed
from beffroi.plugin.door import Door
from beffroi.plugin.refusals import Unreachable

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
KEY = bytes(range(32))


class _Tiles(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        what = {
            "/ok": (200, PNG),
            "/page": (200, b"<html>"),
            "/rien": (404, b""),
            "/ailleurs": (302, b""),
            "/non": (403, b""),
        }
        code, body = what["/" + self.path.split("/")[1]]
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    _Tiles.asked = []
    found = ThreadingHTTPServer(("127.0.0.1", 0), _Tiles)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()
    thread.join()


def ground(template: str) -> Online:
    return Online(title="Essai", template=template)


@pytest.fixture
def asker() -> Iterator[Asker]:
    found = Asker(Door(Allowed(["127.0.0.1"])))
    yield found
    found.close()


def test_an_address_is_filled_in_also_from_the_south():
    assert address(ground("http://a/{z}/{x}/{y}"), 3, 1, 2) == "http://a/3/1/2"
    assert address(ground("http://a/{z}/{x}/{-y}"), 3, 1, 2) == "http://a/3/1/5"


@pytest.mark.parametrize("one", OFFERED, ids=lambda one: one.title)
def test_what_is_offered_can_be_asked(one: Online):
    assert checked(one) is one
    assert "TILEMATRIX=3&TILEROW=2&TILECOL=1" in address(one, 3, 1, 2)


@pytest.mark.parametrize(
    "template",
    [
        "file:///etc/{z}/{x}/{y}",
        "https://a/{z}/{y}",
        "https://a/{x}/{y}",
        "https:///{z}/{x}/{y}",
        "https://[/{z}/{x}/{y}",
        "",
    ],
)
def test_an_address_that_is_none_is_refused(template: str):
    with pytest.raises(BeffroiError):
        checked(ground(template))


def test_a_picture_is_taken_and_an_absent_tile_is_empty(server: str, asker: Asker):
    assert asker.tile(ground(f"{server}/ok/{{z}}/{{x}}/{{y}}"), 3, 1, 2) == PNG
    assert _Tiles.asked == ["/ok/3/1/2"]
    assert asker.tile(ground(f"{server}/rien/{{z}}/{{x}}/{{y}}"), 3, 1, 2) == b""


@pytest.mark.parametrize("what", ["page", "ailleurs", "non"])
def test_anything_but_a_picture_is_refused_and_the_machine_left_alone_for_a_while(
    server: str, asker: Asker, what: str
):
    one = ground(f"{server}/{what}/{{z}}/{{x}}/{{y}}")
    for _turn in range(3):
        with pytest.raises(Unreachable):
            asker.tile(one, 3, 1, 2)
    assert len(_Tiles.asked) == 1


def test_this_machine_and_its_neighbours_are_not_asked_unless_allowed(server: str):
    asker = Asker(Door(Allowed()))
    with pytest.raises(Unreachable):
        asker.tile(ground(f"{server}/ok/{{z}}/{{x}}/{{y}}"), 3, 1, 2)
    asker.close()
    assert _Tiles.asked == []


def test_the_cache_keeps_tiles_encrypted_and_lets_the_oldest_go(tmp_path: Path):
    file = tmp_path / "grounds.db"
    cache = Cache(file, KEY, most=10_000)
    for x in range(20):
        cache.put("a", 5, x, 0, b"SECRET" * 160)
    assert cache.size <= 10_000
    assert cache.get("a", 5, 0, 0) is None
    assert cache.get("a", 5, 19, 0) == b"SECRET" * 160
    assert cache.has("a", 5, 19, 0)
    assert not cache.has("b", 5, 19, 0)
    cache.close()
    assert all(b"SECRET" not in left.read_bytes() for left in tmp_path.glob("grounds.db*"))
    again = Cache(file, KEY, most=10_000)
    assert again.get("a", 5, 19, 0) == b"SECRET" * 160
    assert again.size <= 10_000
    again.clear()
    assert not again.has("a", 5, 19, 0)
    again.close()


def test_a_cache_that_cannot_be_opened_is_begun_again(tmp_path: Path):
    file = tmp_path / "grounds.db"
    file.write_bytes(b"rien de bon" * 500)
    cache = Cache(file, KEY)
    cache.put("a", 1, 0, 0, b"x")
    assert cache.has("a", 1, 0, 0)
    cache.close()
