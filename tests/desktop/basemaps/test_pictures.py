"""Calques of pictures: a WMS that somebody added is asked tile by tile, and drawn at its place."""

from urllib.parse import parse_qs, urlsplit

from pytestqt.qtbot import QtBot

from beffroi.sources.settings import put_allow_list
from desktop.api import Desk
from desktop.basemaps.panel import BasemapsPanel
from tests.desktop.basemaps.conftest import Map
from tests.desktop.basemaps.test_grounds import look
from tests.desktop.basemaps.tiles import RED, picture, serving

ASK = "{address}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=zones&STYLES=&FORMAT=image/png&CRS=EPSG:3857"


def add(desk: Desk, address: str, title: str = "Zones") -> str:
    node = desk.node
    fields = {
        "title": title,
        "kind": "raster",
        "options": {"address": address},
        "attribution": "© SIG",
    }
    uid = node.sheets.put("layer", fields, node.who).uid
    desk.stack.know([(uid, True)])
    return uid


def test_a_wms_is_drawn_where_the_stack_says_with_whose_data_it_is(
    panel: BasemapsPanel, shown: Map, desk: Desk, qtbot: QtBot
):
    with desk.node.store.write():
        put_allow_list(desk.node.settings, ["127.0.0.1"])
    look(shown, 2.0, 47.0, 6.0)
    with serving(picture()) as (address, asked):
        uid = add(desk, ASK.format(address=address))
        shown.wait("room.pictures.size === 1")
        shown.wait(RED.format())
        assert {parse_qs(urlsplit(path).query)["LAYERS"][0] for path in asked} == {"zones"}
        assert "© SIG" in shown.ask("document.getElementById('sources').textContent")
        desk.stack.show(uid, False)
        shown.wait("![...room.pictures.values()][0].layer.getVisible()")
        assert "© SIG" not in shown.ask("document.getElementById('sources').textContent")
        desk.node.sheets.drop(uid, desk.node.who)
        shown.wait("room.pictures.size === 0")


def test_a_service_that_cannot_be_asked_is_said_in_one_sentence(
    dock: BasemapsPanel, desk: Desk, qtbot: QtBot
):
    with qtbot.waitSignal(desk.notices.posted, timeout=8000) as told:
        add(desk, "https://sig.example/tms/couche", title="Couche")
    assert told.args[0].text.startswith("Couche – ")
    assert dock._grounds.pictures == {}
