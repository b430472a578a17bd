"""A web server of this machine that answers what a test says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

Route = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; routes answer with `say`, or write what no honest server would."""

    web: "Web"
    timeout = 5

    def say(self, body: bytes = b"", code: int = 200, **headers: str) -> None:
        """Answer; header names are written with `_` for `-`."""
        self.send_response(code)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.web.asked.append((self.path, dict(self.headers)))
        route = self.web.routes.get(self.path.partition("?")[0])
        if route is None:
            self.say(code=404)
            return
        try:
            route(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@dataclass
class Web:
    """Its routes, and what was asked of it."""

    port: int
    routes: dict[str, Route] = field(default_factory=dict[str, Route])
    asked: list[tuple[str, dict[str, str]]] = field(
        default_factory=list[tuple[str, dict[str, str]]]
    )

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A peer that hangs up is no error here."""


@contextmanager
def web_server() -> Iterator[Web]:
    """A server for the time of a test."""
    handler = type("Handler", (Request,), {})
    server = _Server(("127.0.0.1", 0), handler)
    web = Web(server.server_port)
    handler.web = web  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
