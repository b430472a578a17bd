"""A server of red tiles on this machine, and how to see on the page that they are drawn."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image
from typing_extensions import override


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (256, 256), (200, 30, 40)).save(drawn, "PNG")
    return drawn.getvalue()


RED = """(() => {{ const [x, y] = window.beffroi.map.getSize().map((n) => Math.round(n / 2));
  const c = [...document.querySelectorAll('#map canvas')].map((canvas) => canvas.getContext('2d')
    .getImageData(x, y, 1, 1).data).find((p) => p[0] > 150 && p[1] < 90 && p[3] > 0); return Boolean(c); }})()"""


@contextmanager
def serving(body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server of tiles on this machine; what it was asked."""
    asked: list[str] = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
