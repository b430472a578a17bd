"""One declaration feeds menus, palette, keys and help."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from desktop.kit.commands import Command, Commands, key_text
from desktop.kit.notices import Notices


@pytest.fixture
def commands() -> Commands:
    return Commands(Notices())


def nothing() -> None:
    pass


def test_the_same_key_twice_in_the_same_place_is_refused(commands: Commands) -> None:
    commands.register(Command(id="a", title="A", run=nothing, shortcut="Q", scope="logbook"))
    with pytest.raises(ValueError, match="already taken"):
        commands.register(Command(id="b", title="B", run=nothing, shortcut="q", scope="logbook"))
    commands.register(Command(id="c", title="C", run=nothing, shortcut="Q", scope="map"))


def test_a_window_wide_key_is_taken_everywhere(commands: Commands) -> None:
    commands.register(Command(id="a", title="A", run=nothing, shortcut="Ctrl+G"))
    with pytest.raises(ValueError, match="already taken"):
        commands.register(Command(id="b", title="B", run=nothing, shortcut="Ctrl+G", scope="map"))


def test_an_error_meant_for_people_becomes_a_notice(commands: Commands) -> None:
    def refuse() -> None:
        raise BeffroiError("Impossible : recommencez.")

    commands.register(Command(id="a", title="A", run=refuse))
    commands.run("a")
    assert [n.text for n in commands.notices.history] == ["Impossible : recommencez."]


def test_a_command_that_makes_no_sense_now_does_nothing(commands: Commands) -> None:
    ran: list[str] = []
    commands.register(
        Command(id="a", title="A", run=lambda: ran.append("a"), enabled=lambda: False)
    )
    commands.run("a")
    assert ran == []


def test_the_last_commands_used_come_first(commands: Commands) -> None:
    for name in "abc":
        commands.register(Command(id=name, title=name, run=nothing))
    for name in "aba":
        commands.run(name)
    assert commands.recent == ("a", "b")


def test_a_key_is_said_as_the_keyboard_says_it() -> None:
    assert key_text(Command(id="a", title="A", run=nothing, shortcut="Ctrl+K")) == "Ctrl+K"
    assert key_text(Command(id="a", title="A", run=nothing)) == ""


def test_keys_bound_twice_to_a_dock_still_answer(qtbot: QtBot, commands: Commands) -> None:
    """The capability binds its dock, and so does the window when the dock arrives."""
    retry = Command(id="dock.retry", title="Réessayer", run=nothing, shortcut="F5", scope="dock")
    commands.register(retry)
    dock = QWidget()
    qtbot.addWidget(dock)
    assert [commands.bind("dock", dock), commands.bind("dock", dock)] == [1, 1]
    assert [action.shortcut().toString() for action in dock.actions()] == ["F5"]
