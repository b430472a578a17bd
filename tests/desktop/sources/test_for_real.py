"""Ten sources of ten formats, added by hand from a real server, read under guard, followed for real."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from typing_extensions import override

from beffroi.node import Node
from beffroi.sources.settings import put_allow_list
from desktop.api import Desk
from desktop.shell.window import Window
from desktop.sources import install
from desktop.sources.board import Board
from desktop.sources.wizard import Wizard

DATA = Path(__file__).parents[2] / "data"
FEEDS = (
    ("geojson/commissariats_2014.geojson", "geojson"),
    ("netex/arrets.xml", "netex"),
    ("csv/sites_jop_decimales_fr_cp1252.csv", "csv"),
    ("icalendar/jours_feries_metropole.ics", "icalendar"),
    ("cot/nodecot_cot-routes_08.xml", "cot"),
    ("gtfs/frioul-if-express.zip", "gtfs"),
    ("mastodon/timeline_public.json", "mastodon"),
    ("datex2/bison-fute-evenementiel-extrait-accident.xml", "datex2"),
    ("wfs/getfeature-props-cities-1-1-0.xml", "wfs"),
    ("cap/weather.cap", "cap"),
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    @override
    def log_message(self, format: str, *args: object) -> None:
        return


class Service(Quiet):
    """An OGC API Features of two collections, from its landing page on."""

    @override
    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        said = json.dumps(self._page(here)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/geo+json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def _page(self, here: str) -> dict[str, object]:
        if self.path.endswith("/items"):
            name = self.path.split("/")[2]
            point = {"type": "Point", "coordinates": [2.35, 48.85]}
            feature = {
                "type": "Feature", "id": f"{name}-1", "geometry": point,
                "properties": {"nom": f"{name} n° 1"},
            }  # fmt: skip
            return {"type": "FeatureCollection", "features": [feature]}
        if self.path == "/collections":
            found = [
                {"id": name, "title": name.capitalize(), "itemType": "feature", "links": [
                    {"rel": "items", "type": "application/geo+json",
                     "href": f"{here}/collections/{name}/items"}]}
                for name in ("ponts", "gares")
            ]  # fmt: skip
            return {"collections": found, "links": []}
        links = [
            {"rel": "data", "type": "application/json", "href": f"{here}/collections"},
            {"rel": "conformance", "type": "application/json", "href": f"{here}/conformance"},
        ]
        return {"title": "Service d’essai", "links": links}


@pytest.fixture
def service() -> Iterator[str]:
    yield from serving(Service)


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server of samples on this machine."""
    yield from serving(partial(Quiet, directory=str(DATA)))


def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_of_this_machine_is_refused_until_the_administrator_allows_it(
    desk: Desk, window: Window, site: str, qtbot: QtBot
) -> None:
    install(desk)
    wizard = opened(desk, window)
    wizard.origin.address.setText(site + FEEDS[0][0])
    with qtbot.waitSignal(wizard.inquiry.refused, timeout=20_000):
        wizard.origin.go()
    assert "administrateur" in wizard.understood.empty.hint.text()
    wizard.close()


def opened(desk: Desk, window: Window) -> Wizard:
    desk.commands.run("sources.add")
    wizard = window.findChild(Wizard)
    assert wizard is not None
    return wizard


def test_ten_sources_are_added_by_hand_and_all_come_alive(
    desk: Desk, window: Window, node: Node, site: str, qtbot: QtBot
) -> None:
    put_allow_list(node.settings, ["127.0.0.1"])
    install(desk)
    board = window.docks.widget("sources")
    assert isinstance(board, Board)
    for path, format_id in FEEDS:
        wizard = opened(desk, window)
        wizard.origin.address.setText(site + path)
        with qtbot.waitSignal(wizard.inquiry.found, timeout=30_000) as found:
            qtbot.keyClick(wizard.origin.address, Qt.Key.Key_Return)
        assert found.args[0].whole.format == format_id, path
        with qtbot.waitSignal(wizard.made, timeout=30_000) as made:
            qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        (uid,) = made.args[0].sources
        assert 0 < node.observations.counts()[uid] <= found.args[0].read

    def alive() -> None:
        assert [one.health for one in board.model.rows] == ["ok"] * len(FEEDS)

    qtbot.waitUntil(alive, timeout=60_000)
    assert desk.watch.tally.ok == 10
    assert [notice for notice in desk.notices.history if notice.stays] == []


def test_a_service_shows_its_layers_from_its_front_page_and_two_are_added(
    desk: Desk, window: Window, node: Node, service: str, qtbot: QtBot
) -> None:
    put_allow_list(node.settings, ["127.0.0.1"])
    install(desk)
    wizard = opened(desk, window)
    wizard.origin.address.setText(service)
    with qtbot.waitSignal(wizard.inquiry.found, timeout=30_000) as found:
        wizard.origin.go()
    parts = wizard.parts.list
    assert [parts.item(row).text() for row in range(parts.count())] == ["Ponts", "Gares"]
    assert found.args[0].read == 1
    assert found.args[0].proposal["title"] == "Ponts"
    parts.item(1).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(wizard.made, timeout=30_000) as made:
        wizard.accept()
    fields = [node.sheets.one(uid).fields for uid in made.args[0].sources]
    assert [one["title"] for one in fields] == ["Ponts", "Gares"]
    qtbot.waitUntil(
        lambda: [node.observations.counts().get(uid) for uid in made.args[0].sources] == [1, 1],
        timeout=30_000,
    )
