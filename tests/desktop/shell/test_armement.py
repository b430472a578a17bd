"""The level of armement changes by a decision that is written down."""

import pytest
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Nature
from beffroi.node import Node
from desktop.shell.armement import LevelPanel, decide
from desktop.shell.assembly import Assembly
from desktop.shell.modes import LEVEL_SETTING


def test_a_decision_without_a_reason_is_refused(node: Node) -> None:
    with pytest.raises(BeffroiError, match="motif"):
        decide(node, 5, "  ")
    assert node.settings.get(LEVEL_SETTING) is None


def test_a_decision_is_a_key_event_of_the_main_courante(node: Node) -> None:
    decide(node, 5, "Le ministre, sabotages sur les lignes à grande vitesse.")
    entry = node.logbook.by_number("1")
    assert entry is not None
    assert entry.content.nature == Nature.DECISION
    assert entry.content.key_event
    assert "Activation niveau 2" in entry.content.text
    assert node.settings.get(LEVEL_SETTING) == 5


def test_the_bandeau_follows_the_decision(assembly: Assembly, qtbot: QtBot) -> None:
    assembly.window.show()
    assembly.desk.commands.run("armement.change")
    (panel,) = [p for p in assembly.window.findChildren(LevelPanel) if p.isVisible()]
    assert panel.levels.currentRow() == 1
    panel.levels.setCurrentRow(6)
    panel.button.click()
    qtbot.waitUntil(lambda: "motif" in panel.message.text())
    panel.reason.setText("Le Premier ministre, cyberattaque générale.")
    panel.button.click()
    plate = assembly.header.bandeau.level
    qtbot.waitUntil(lambda: plate.text() == "Activation niveau 3")
    assert not panel.isVisible()
