"""Joining a centre: the code once, who one is, which workspace; then the desk opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.node import Node, open_node
from beffroi.profile import Erased
from beffroi.sync.joining import Offer
from beffroi.sync.station import Station
from beffroi.sync.trouble import unreachable
from beffroi.sync.wire import SessionReply, WorkspaceInfo
from desktop.access import login
from desktop.access.joining import Door
from desktop.access.login import LoginPanel
from desktop.kit.preferences import Preferences
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme

SECRET = "mot-de-passe-de-test"
CODE = "https://centre.example:8443#AB12.00"
WORKSPACES = [
    WorkspaceInfo(workspace="jop-2024", title="JOP Paris 2024"),
    WorkspaceInfo(workspace="tempete", title="Tempête", mode="exercise"),
]


class FakeCentre:
    """A centre that knows one code and one person."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.enrolled: Station | None = None
        self.joined: list[tuple[Path, str]] = []
        self.silent = False

    def enrol(self, code: str, name: str) -> Station:
        if code != CODE:
            raise BeffroiError("Ce code a déjà servi : demandez-en un autre.")
        self.enrolled = Station(
            folder=self.folder, url="https://centre.example:8443", device="d", code="S4", name=name
        )
        return self.enrolled

    def offer(self, station: Station, account: str, secret: str) -> Offer:
        if self.silent:
            raise unreachable(OSError())
        if secret != SECRET:
            raise BeffroiError("Compte ou mot de passe inconnu : vérifiez-les.")
        session = SessionReply(
            token="t", expires=0, account=account, display="Claire Marchand", organisation="CNCS",
            posts=[], rights=[], workspaces=WORKSPACES,
        )  # fmt: skip
        return Offer(session=session, offset_ms=0)

    def join(
        self, folder: Path, station: Station, offer: Offer, workspace: str, secret: str
    ) -> None:
        self.joined.append((folder, workspace))

    def door(self) -> Door:
        return Door(
            station=lambda: self.enrolled, enrol=self.enrol, offer=self.offer, join=self.join
        )


@pytest.fixture
def centre(tmp_path: Path) -> FakeCentre:
    return FakeCentre(tmp_path)


@pytest.fixture
def opened() -> Iterator[list[Node]]:
    nodes: list[Node] = []
    yield nodes
    for node in nodes:
        node.close()


@pytest.fixture
def panel(
    profile_dir: Path,
    theme: Theme,
    qtbot: QtBot,
    centre: FakeCentre,
    opened: list[Node],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[LoginPanel]:
    """A login panel whose centre makes the profile that is there already."""
    monkeypatch.setattr(login, "BREATH_MS", 20)
    tasks = Tasks()

    def opener(_folder: Path, account: str, secret: str) -> Node:
        return open_node(profile_dir, account, secret)

    made = LoginPanel(theme, tasks, opener, Preferences(), centre.door)
    made.entered.connect(opened.append)
    made.show()
    made.credentials.join.click()
    qtbot.waitUntil(made.enrol.isVisible)
    yield made
    tasks.close()
    made.close()
    made.deleteLater()


def test_a_code_an_account_and_a_workspace_open_the_desk(
    panel: LoginPanel, centre: FakeCentre, opened: list[Node], tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.enrol.code, CODE)
    qtbot.keyClick(panel.enrol.code, Qt.Key.Key_Return)
    qtbot.keyClicks(panel.enrol.account, "m.leroy")
    qtbot.keyClick(panel.enrol.account, Qt.Key.Key_Return)
    qtbot.keyClicks(panel.enrol.secret, SECRET)
    qtbot.keyClick(panel.enrol.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.workspaces.isVisible)
    listed = [panel.workspaces.list.item(row).text() for row in range(2)]
    assert listed == ["JOP Paris 2024 – Conduite réelle", "Tempête – EXERCICE"]
    panel.workspaces.folder.setText(str(tmp_path / "rejoint"))
    qtbot.keyClick(panel.workspaces.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    assert centre.joined == [(tmp_path / "rejoint", "jop-2024")]
    assert opened[0].who.account == "m.leroy"


def test_enter_goes_to_what_is_still_empty(panel: LoginPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.enrol.code.setText(CODE)
    qtbot.keyClick(panel.enrol.code, Qt.Key.Key_Return)
    assert panel.enrol.account.hasFocus()


def test_a_used_code_is_said_in_place(panel: LoginPanel, qtbot: QtBot) -> None:
    panel.enrol.code.setText("https://centre.example:8443#ZZ99.00")
    panel.enrol.account.setText("c.marchand")
    panel.enrol.secret.setText(SECRET)
    panel.enrol.foot.on.click()
    qtbot.waitUntil(lambda: "déjà servi" in panel.enrol.foot.message.text())
    assert panel.enrol.foot.on.isEnabled()


def test_a_wrong_secret_does_not_use_the_code_twice(
    panel: LoginPanel, centre: FakeCentre, qtbot: QtBot
) -> None:
    panel.enrol.code.setText(CODE)
    panel.enrol.account.setText("c.marchand")
    panel.enrol.secret.setText("un autre mot de passe")
    panel.enrol.foot.on.click()
    qtbot.waitUntil(lambda: "inconnu" in panel.enrol.foot.message.text())
    assert not panel.enrol.code.isVisible()
    assert "S4" in panel.enrol.known.text()
    panel.enrol.secret.setText(SECRET)
    panel.enrol.foot.on.click()
    qtbot.waitUntil(panel.workspaces.isVisible)


def test_back_leads_to_the_profiles(panel: LoginPanel) -> None:
    panel.enrol.foot.off.click()
    assert panel.credentials.isVisible()


def test_an_erased_profile_says_so_on_a_page_of_its_own(
    panel: LoginPanel, profile_dir: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    def refuse(_folder: Path, _account: str, _secret: str) -> Node:
        raise Erased("Ce poste a été révoqué : le profil est effacé.", tmp_path / "a-transmettre")

    panel._opener = refuse
    panel.enrol.foot.off.click()
    panel.offer(profile_dir, "c.marchand")
    panel.credentials.secret.setText(SECRET)
    panel.credentials.enter.click()
    qtbot.waitUntil(panel.erased.isVisible)
    assert "révoqué" in panel.erased.sentence.text()
    assert "a-transmettre" in panel.erased.saved.text()


def test_a_silent_centre_is_not_said_to_take_later_what_nobody_can_write_yet(
    panel: LoginPanel, centre: FakeCentre, qtbot: QtBot
) -> None:
    centre.silent = True
    for field, text in zip(
        (panel.enrol.code, panel.enrol.account, panel.enrol.secret),
        (CODE, "c.marchand", SECRET),
        strict=True,
    ):
        field.setText(text)
    panel.enrol.foot.on.click()
    qtbot.waitUntil(lambda: "réessayez" in panel.enrol.foot.message.text())
    assert "partira" not in panel.enrol.foot.message.text()
