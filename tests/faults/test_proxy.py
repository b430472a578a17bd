"""The bad network must be as bad as it says, or what is tested on it proves nothing."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.faults.proxy import Proxy


@pytest.fixture
def echo() -> Iterator[tuple[str, int]]:
    server = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while block := connection.recv(65_536):
                connection.sendall(block)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = server.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()
    server.close()


def _said_back(port: int, said: bytes) -> bytes:
    heard = b""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=2) as line,
    ):
        threading.Thread(target=_say, args=(line, said), daemon=True).start()
        while block := line.recv(65_536):
            heard += block
    return heard


def _say(line: socket.socket, said: bytes) -> None:
    with contextlib.suppress(OSError):
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)


def test_good_weather_changes_nothing(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy:
        assert _said_back(proxy.port, b"x" * 100_000) == b"x" * 100_000


def test_a_cut_refuses_until_it_is_mended(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy:
        proxy.cut()
        assert _said_back(proxy.port, b"x") == b""
        proxy.mend()
        assert _said_back(proxy.port, b"x") == b"x"


def test_a_connection_breaks_somewhere_in_what_it_carries(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy:
        proxy.set(cut_after=(30_000, 60_000))
        assert len(_said_back(proxy.port, b"x" * 200_000)) < 200_000
        assert proxy.cuts == 1


def test_a_dead_router_says_nothing_at_all(echo: tuple[str, int]) -> None:
    with Proxy(echo) as proxy:
        proxy.set(dark=True)
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=0.3) as line:
            line.sendall(b"x")
            with pytest.raises(TimeoutError):
                line.recv(1)
