"""The bandeau says the mode, the marking, the level, the time, the link and the post, in words."""

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content
from beffroi.node import Node
from desktop.kit.theme import Theme
from desktop.shell.assembly import Assembly
from desktop.shell.clocks import zones_shown
from desktop.shell.modes import LEVEL_SETTING

Mode = Literal["real", "exercise", "test", "training"]
Build = Callable[..., Assembly]


@pytest.fixture
def build(node: Node, theme: Theme) -> Iterator[Build]:
    made: list[Assembly] = []

    def make(**changes: object) -> Assembly:
        node.info = msgspec.structs.replace(node.info, **changes)
        made.append(Assembly(node, theme))
        return made[-1]

    yield make
    for assembly in made:
        assembly.close()


def test_a_real_crisis_has_no_strip(build: Build) -> None:
    assembly = build()
    assert assembly.header.strip is None
    assert assembly.header.bandeau.mode.text() == "RÉEL"
    assert assembly.window.windowTitle() == "JOP Paris 2024 – Beffroi"


@pytest.mark.parametrize(
    ("mode", "word"), [("exercise", "EXERCICE"), ("test", "TEST"), ("training", "FORMATION")]
)
def test_anything_else_says_so_in_the_strip_the_title_and_the_plate(
    build: Build, mode: Mode, word: str
) -> None:
    assembly = build(mode=mode)
    strip = assembly.header.strip
    assert strip is not None
    assert word in strip.sentence
    assert assembly.window.windowTitle().startswith(f"{word} – ")
    assert assembly.header.bandeau.mode.text() == word


def test_the_exercise_strip_is_seen(build: Build, theme: Theme, qtbot: QtBot) -> None:
    assembly = build(mode="exercise")
    assembly.window.resize(1366, 768)
    assembly.window.show()
    picture = assembly.window.grab().toImage()
    colours = {picture.pixelColor(x, 14).name() for x in range(300)}
    assert {theme.hex("exercise"), theme.hex("exercise_text")} <= colours


def test_the_marking_is_written_out(build: Build) -> None:
    assert build().header.bandeau.marking.text() == "DIFFUSION RESTREINTE"


def test_the_level_is_a_colour_and_a_word(build: Build, node: Node, qtbot: QtBot) -> None:
    node.settings.put(LEVEL_SETTING, 5)
    level = build().header.bandeau.level
    qtbot.waitUntil(lambda: level.text() == "Activation niveau 2")


def test_a_tahitian_workspace_shows_its_own_time_too(build: Build) -> None:
    faces = build(zone="Pacific/Tahiti").header.bandeau.clocks.faces
    assert [face.time.text() for face in faces] == ["10h00", "22h00", "08h00"]
    assert [face.name.text() for face in faces] == ["Paris", "Tahiti −1 j", "UTC"]


def test_paris_is_not_shown_twice() -> None:
    assert zones_shown("Europe/Paris") == ("Europe/Paris", "UTC")
    assert zones_shown("UTC") == ("Europe/Paris", "UTC")


def test_the_link_says_what_waits(build: Build, node: Node, qtbot: QtBot) -> None:
    node.logbook.publish(Content(text="Rien à signaler."), node.who)
    waiting = node.journal.waiting()
    link = build().header.bandeau.link
    assert link.value == "Poste autonome"
    qtbot.waitUntil(lambda: str(waiting) in link.toolTip())


def test_the_post_held_is_shown_and_follows(build: Build, node: Node) -> None:
    bandeau = build().header.bandeau
    assert bandeau.who.value == "Chef de salle"
    assert "Claire Marchand" in bandeau.who.accessibleName()
    node.take_post("Rédacteur main courante")
    bandeau.say_who()
    assert bandeau.who.value == "Rédacteur main courante"


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1000, 700)])
def test_nothing_of_the_bandeau_is_cut(build: Build, size: tuple[int, int], qtbot: QtBot) -> None:
    assembly = build(zone="Pacific/Tahiti", marking="DR_SF")
    assembly.window.resize(*size)
    assembly.window.show()
    bandeau = assembly.header.bandeau
    qtbot.waitUntil(lambda: bandeau.width() >= bandeau.minimumSizeHint().width())
    assert bandeau.mapTo(assembly.window, bandeau.rect().topRight()).x() < size[0]
