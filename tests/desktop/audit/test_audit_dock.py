"""What the security officer sees of what happened, proves and takes away; and nobody else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu

from beffroi.access import Keyring
from beffroi.access.trace import TracePage, Verdict
from beffroi.errors import BeffroiError
from beffroi.node import Node, open_node
from beffroi.profile import KEYRING_FILE, STORE_FILE
from beffroi.store import open_connection
from desktop.api import Desk
from desktop.audit import install
from desktop.audit.panel import AuditPanel
from desktop.audit.source import HubSource, Wish
from tests.conftest import SECRET, HeldClock


def shown(panel: AuditPanel, column: int) -> list[str]:
    return [panel.model.index(row, column).data() for row in range(panel.model.rowCount())]


def settle(qtbot, panel: AuditPanel, act) -> None:
    with qtbot.waitSignal(panel.model.settled, timeout=10_000):
        act()


def test_the_newest_traces_come_first_in_words(panel: AuditPanel) -> None:
    assert shown(panel, 4)[:3] == ["Connexion", "Déconnexion", "Export d’entrées"]
    assert shown(panel, 0)[0] == "26/07/2024 11:00:00"
    assert shown(panel, 5)[2] == "journal.csv"
    assert shown(panel, 5)[3] == _label(panel)
    assert not any("Train" in said for column in range(7) for said in shown(panel, column))


def test_older_traces_come_when_someone_scrolls_to_them(panel: AuditPanel, qtbot) -> None:
    first = panel.model.rowCount()
    assert panel.model.more
    while panel.model.more:
        settle(qtbot, panel, _fetch(panel))
    assert panel.model.rowCount() > first
    assert len({trace.place for trace in panel.model.traces}) == panel.model.rowCount()
    assert shown(panel, 4)[-1] == "Connexion"
    assert not panel.model.canFetchMore(panel.table.rootIndex())


def _fetch(panel: AuditPanel):
    return lambda: panel.model.fetchMore(panel.table.rootIndex())


def test_who_read_an_entry_until_a_time_is_an_exact_list(panel: AuditPanel, qtbot) -> None:
    filters = panel.filters
    filters.about.setText(_label(panel))
    filters.until.setText("10:03")
    settle(qtbot, panel, lambda: filters.family.setCurrentIndex(filters.family.findData("reads")))
    while panel.model.more:
        settle(qtbot, panel, _fetch(panel))
    assert set(shown(panel, 4)) == {"Entrée lue"}
    assert set(shown(panel, 1)) == {"c.marchand"}
    assert panel.model.rowCount() == 119


def _label(panel: AuditPanel) -> str:
    return next(trace.label for trace in panel.model.traces if trace.label)


def test_a_moment_that_is_not_understood_says_so_and_changes_nothing(
    panel: AuditPanel, qtbot
) -> None:
    before = panel.model.rowCount()
    panel.filters.since.setText("jamais")
    panel.filters.since.returnPressed.emit()
    assert "jamais" in panel.filters.trouble.text()
    assert not panel.filters.trouble.isHidden()
    assert panel.model.rowCount() == before
    panel.filters.clear()
    assert panel.filters.trouble.isHidden()


def test_nothing_found_says_what_to_do(panel: AuditPanel, qtbot) -> None:
    panel.filters.text.setText("introuvable")
    settle(qtbot, panel, panel.filters.text.returnPressed.emit)
    assert panel.stack.currentWidget() is panel.empty
    settle(qtbot, panel, panel.empty.remedy.click)
    assert panel.stack.currentWidget() is not panel.empty


def test_a_trace_is_read_whole_beside_the_table(panel: AuditPanel) -> None:
    row = shown(panel, 4).index("Export d’entrées")
    panel.table.setCurrentIndex(panel.model.index(row, 0))
    said = _words(panel.details)
    for part in (
        "Export d’entrées",
        "c.marchand",
        "Chef de salle",
        "journal.csv",
        "mention",
        "DR",
    ):
        assert part in said
    assert panel.model.traces[row].hash[:8] in said


def _words(widget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_whole_profile_is_said_to_be_whole(panel: AuditPanel, qtbot) -> None:
    panel.verify_button.click()
    qtbot.waitUntil(lambda: bool(panel.integrity.sentences), timeout=10_000)
    assert all("rompue" not in said for said in panel.integrity.sentences)
    assert "Intégrité vérifiée à 11:00" in panel.integrity.accessibleName()


def test_a_line_changed_in_the_file_is_named(panel: AuditPanel, qtbot) -> None:
    node = panel.desk.node
    key = Keyring(node.folder / KEYRING_FILE, node.clock).unlock("rssi", SECRET)
    forger = open_connection(node.folder / STORE_FILE, key)
    forger.execute("UPDATE audit SET actor = 'personne' WHERE seq = 7")
    forger.close()
    panel.verify_button.click()
    qtbot.waitUntil(lambda: bool(panel.integrity.sentences), timeout=10_000)
    assert "ligne 7 (la ligne a été modifiée)" in panel.integrity.sentences[0]
    assert "Rupture constatée" in panel.integrity.accessibleName()


@pytest.mark.parametrize("form", ["cef", "json"])
def test_an_export_holds_what_the_filters_keep_and_is_traced(
    panel: AuditPanel, qtbot, tmp_path: Path, form: str
) -> None:
    panel.filters.account.setText("c.marchand")
    settle(qtbot, panel, panel.filters.account.returnPressed.emit)
    file = tmp_path / f"traces.{form}"
    settle(qtbot, panel, lambda: panel.export(file, form))
    text = file.read_text()
    assert "c.marchand" in text
    assert "suser=rssi" not in text
    if form == "json":
        assert {t["account"] for t in json.loads(text)["traces"]} == {"c.marchand"}
    last = next(panel.desk.node.audit.lines(1, action="audit.export"))
    assert json.loads(last.detail) == {"format": form, "asked": {"account": "c.marchand"}}


def test_the_hubs_traces_are_asked_of_the_hub(desk: Desk, qtbot) -> None:
    asked: list[tuple[str, str, dict[str, str]]] = []

    def fetch(method: str, path: str, params) -> bytes:
        asked.append((method, path, dict(params)))
        if path == "/audit/verify":
            return b'[{"chain":"audit","whole":false,"seq":3,"why":"altered"}]'
        return b'{"traces":[{"at":5,"chain":"audit","seq":3,"account":"x","action":"read"}],"more":true}'

    panel = AuditPanel(desk, HubSource(fetch))
    desk.docks.add("audit", "Traces", panel, area="left")
    qtbot.waitUntil(lambda: bool(panel.model.traces))
    settle(qtbot, panel, _fetch(panel))
    assert asked[:2] == [("GET", "/audit", {}), ("GET", "/audit", {"after": "5,audit,3"})]
    panel.verify_button.click()
    qtbot.waitUntil(lambda: bool(panel.integrity.sentences))
    assert "ligne 3" in panel.integrity.sentences[0]
    settle(qtbot, panel, lambda: panel.where.setCurrentIndex(1))
    assert not panel.integrity.sentences
    assert shown(panel, 4)[0] == "Connexion"


def test_an_answer_that_is_no_answer_is_a_sentence() -> None:
    source = HubSource(lambda *_asked: b"<html>")
    with pytest.raises(BeffroiError, match="autrement que prévu"):
        source.page(Wish(), None)
    assert HubSource(lambda *_asked: b'{"traces":[],"more":false}').page(Wish(), None) == TracePage(
        traces=[], more=False
    )
    assert HubSource(lambda *_asked: b'[{"chain":"audit","whole":true}]').verify() == [
        Verdict(chain="audit", whole=True)
    ]


def test_the_keyboard_reaches_everything(panel: AuditPanel, desk: Desk, qtbot) -> None:
    desk.commands.run("audit.show")
    wanted = (
        panel.filters.text, panel.filters.family, panel.filters.until, panel.verify_button,
        panel.cef_button, panel.table,
    )  # fmt: skip
    chain, widget = [panel.filters.text], panel.filters.text.nextInFocusChain()
    while widget is not chain[0]:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    assert [widget for widget in chain if widget in wanted] == list(wanted)
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in wanted)
    names = (panel.table, panel.filters.since, panel.filters.family, panel.where)
    assert all(widget.accessibleName() for widget in names)


def test_a_trace_leads_to_those_that_share_something_with_it(panel: AuditPanel, qtbot) -> None:
    row = shown(panel, 4).index("Export d’entrées")
    panel.table.setCurrentIndex(panel.model.index(row, 0))
    panel.table.customContextMenuRequested.emit(QPoint(5, 5))
    menu = panel.table.findChild(QMenu)
    titles = [action.text() for action in menu.actions()]
    assert titles[:2] == ["Traces du même objet", "Traces du même compte"]
    settle(qtbot, panel, menu.actions()[1].trigger)
    assert set(shown(panel, 1)) == {"c.marchand"}
    menu.actions()[-1].trigger()
    assert "journal.csv" in QGuiApplication.clipboard().text()
    menu.hide()


class TestSomebodyElse:
    """An account without the role."""

    @pytest.fixture
    def node(self, profile_dir: Path, clock: HeldClock) -> Iterator[Node]:
        opened = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
        yield opened
        opened.close()

    def test_is_refused_and_that_is_traced(self, desk: Desk, heard, qtbot) -> None:
        install(desk)
        assert "audit" not in desk.docks.ids()
        desk.commands.run("audit.show")
        qtbot.waitUntil(lambda: bool(heard))
        assert heard[-1][0] == "warning"
        assert "RSSI" in heard[-1][1]
        assert "audit" not in desk.docks.ids()
        assert len(list(desk.node.audit.lines(action="audit.refused"))) == 1
