"""An annex opens in a real browser engine, shows what the map showed, and asks the network for nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.exchange.annex import MOST_BYTES, View, fitted, write_annex
from beffroi.exchange.annex_things import Group
from beffroi.logbook.entry import Entry
from beffroi.node import Node

PARIS = (2.2, 48.8, 2.5, 48.95)
EVIL = "<img src=http://127.0.0.1:9/x onerror=document.title='eu'></script><script>document.title='eu'</script>{{ 7*7 }}"


class Guard(QWebEngineUrlRequestInterceptor):
    """Lets the file itself through, blocks and remembers anything else."""

    def __init__(self, own: QUrl) -> None:
        super().__init__()
        self.own, self.asked = own, list[str]()

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if url != self.own and url.scheme() not in {"data", "blob"}:
            self.asked.append(url.toString())
            info.block(True)


class Reader:
    """A page that opens one file."""

    def __init__(self, file: Path, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.guard = Guard(QUrl.fromLocalFile(str(file)))
        self.profile = QWebEngineProfile()
        self.profile.setUrlRequestInterceptor(self.guard)
        self.page = QWebEnginePage(self.profile)
        with qtbot.waitSignal(self.page.loadFinished, timeout=20_000):
            self.page.load(self.guard.own)

    def ask(self, script: str) -> Any:
        with self.bot.waitCallback(timeout=8_000) as said:
            self.page.runJavaScript(f"JSON.stringify({script})", 0, said)
        return json.loads(said.args[0])

    def close(self) -> None:
        for thing in (self.page, self.profile):
            thing.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def opened(qtbot: QtBot, dressed: object) -> Iterator[Callable[[Path], Reader]]:
    readers: list[Reader] = []

    def open_(file: Path) -> Reader:
        readers.append(Reader(file, qtbot))
        return readers[-1]

    yield open_
    for reader in readers:
        reader.close()


def test_an_annex_draws_its_entries_and_reaches_nothing(
    node: Node, write: Callable[..., Entry], opened: Callable[[Path], Reader], tmp_path: Path
):
    write("Colis suspect gare du Nord", 2.355, 48.881, gravity=3)
    write(EVIL, 2.30, 48.86, gravity=1)
    write("Loin d’ici", 5.4, 43.3)
    node.points.load()
    view = View(
        box=PARIS, layers=("basemap_land", "jop_sites", "paris_arrondissements"), entries=True
    )
    report = write_annex(node, view, tmp_path / "annexe.html")
    assert report.bytes < MOST_BYTES
    assert report.left_out == ()
    reader = opened(tmp_path / "annexe.html")
    assert reader.guard.asked == []
    assert reader.ask("document.querySelectorAll('path.leaflet-interactive').length") > 20
    assert reader.ask("[...document.querySelectorAll('.beffroi-mark')].map(m => m.innerText)") == [
        "1",
        "3",
    ]
    assert reader.ask("document.body.innerText.split('DIFFUSION RESTREINTE').length - 1") == 2
    assert reader.ask("document.title") != "eu"
    assert reader.ask("document.documentElement.lang") == "fr"
    shown = reader.ask("""[...document.querySelectorAll('.beffroi-mark')].map((mark) => {
      mark.click();
      return document.querySelector('.leaflet-popup-content').innerText; })""")
    assert len(shown) == 2
    assert any("Colis suspect gare du Nord" in words for words in shown)
    assert any("onerror=" in words and "{{ 7*7 }}" in words for words in shown), (
        "markup is only words"
    )
    assert reader.ask("document.title") != "eu"
    assert reader.guard.asked == []
    assert [line.object for line in node.audit.lines(action="export")] == ["annexe.html"]


def test_an_exercise_is_written_across_the_page(
    node: Node, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    import msgspec

    monkeypatch.setattr(node, "info", msgspec.structs.replace(node.info, mode="exercise"))
    view = View(box=PARIS, layers=("basemap_land",), entries=False)
    write_annex(node, view, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text("utf-8")
    assert text.count(">EXERCICE<") == 2


def test_who_may_not_export_writes_no_annex(
    node: Node, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(node, "who", replace(node.who, may_export=False))
    with pytest.raises(BeffroiError, match="ne permet pas de sortir"):
        write_annex(node, View(box=PARIS, layers=(), entries=True), tmp_path / "a.html")
    assert not list(tmp_path.glob("*.html"))


def test_what_is_too_heavy_is_left_out_and_said():
    def group(title: str, count: int) -> Group:
        return Group(title=title, features=[{"n": "x" * 100} for _ in range(count)])

    ground, heavy, light, entries = (
        group("g", 5),
        group("lourd", 500),
        group("léger", 20),
        group("e", 50),
    )
    kept, left_out = fitted([ground, heavy, light, entries], most=10_000)
    assert [g.title for g in kept] == ["g", "léger", "e"]
    assert left_out == ("Calque laissé de côté, trop lourd\u00a0: «\u202flourd\u202f».",)
    kept, left_out = fitted([group("e", 500)], most=10_000)
    assert 0 < len(kept[0].features) < 100
    assert "les moins graves" in left_out[0]
