"""Quick capture: typed, published, ready for the next."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content, Entry, Nature, TimePrecision
from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.shared import Prefill
from desktop.logbook.writing import CaptureBar

Typing = Callable[..., None]
ALARM = "Alarme signalisation LGV Atlantique, trafic suspendu"


def published(qtbot: QtBot, bar: CaptureBar, act: Callable[[], None]) -> Entry:
    """Do `act` and wait for the entry it publishes."""
    kept: list[Entry] = []
    bar.published.connect(kept.append)
    act()
    qtbot.waitUntil(lambda: bool(kept))
    bar.published.disconnect(kept.append)
    return kept[0]


def test_enter_publishes_and_leaves_an_empty_line(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, ALARM)
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.text == ALARM
    assert capture.text.toPlainText() == ""
    assert capture.text.hasFocus()
    assert f"{entry.label} enregistrée" in capture.status.text


def test_shift_enter_starts_a_line_and_ctrl_enter_publishes(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, "Première ligne")
    typing(capture.text, "\n", Qt.KeyboardModifier.ShiftModifier)
    typing(capture.text, "deuxième ligne")
    entry = published(
        qtbot, capture, lambda: typing(capture.text, "\n", Qt.KeyboardModifier.ControlModifier)
    )
    assert entry.content.text == "Première ligne\ndeuxième ligne"


def test_what_is_understood_shows_before_it_is_kept(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, "Incendie entre 1h et 5h30 #ferré g3 B3 ")
    qtbot.waitUntil(lambda: len(capture.chips.texts) == 4)
    assert "Gravité 3 Grave" in capture.chips.texts
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    content = entry.content
    assert content.text == "Incendie entre 1h et 5h30"
    assert (content.gravity, content.source_grade, content.credibility) == (3, "B", 3)
    assert content.tags == ("TRA.FERRE",)
    assert content.time_precision is TimePrecision.INTERVAL


def test_a_hint_that_was_refused_stays_a_word(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, "Départ de feu g3 ")
    qtbot.waitUntil(lambda: bool(capture.chips.texts))
    (hint,) = capture.line.read(capture._desk.node.clock.now())
    capture.chips.dismissed.emit(hint)
    assert capture.chips.texts == ()
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.text == "Départ de feu g3"
    assert entry.content.gravity == 0


def test_the_first_word_makes_a_decision(capture: CaptureBar, typing: Typing, qtbot: QtBot) -> None:
    typing(capture.text, "Décision : surveillance des points sensibles")
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.nature is Nature.DECISION


def test_a_place_after_at_is_found(capture: CaptureBar, typing: Typing, qtbot: QtBot) -> None:
    typing(capture.text, "Feu d’artère de câbles @Croisilles, LGV Nord")
    qtbot.waitUntil(lambda: "Croisilles · Pas-de-Calais (62)" in capture.chips.texts)
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.place == "Croisilles"
    assert entry.content.lat == pytest.approx(50.2, abs=0.1)
    assert entry.content.text == "Feu d’artère de câbles Croisilles, LGV Nord"


def test_proposals_after_a_hash_are_chosen_with_enter(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, "Trafic arrêté #ferr")
    qtbot.waitUntil(capture.text.popup.isVisible)
    typing(capture.text, "\n")
    assert capture.text.toPlainText() == "Trafic arrêté #Ferré "
    typing(capture.text, "gare fermée")
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.tags == ("TRA.FERRE",)
    assert entry.content.text == "Trafic arrêté gare fermée"


def test_a_tag_typed_in_full_does_not_hold_enter_back(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, "Trafic arrêté #ferré")
    qtbot.waitUntil(capture.text.popup.isVisible)
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.tags == ("TRA.FERRE",)
    assert entry.content.text == "Trafic arrêté"


def test_coordinates_after_at_are_read(capture: CaptureBar, typing: Typing, qtbot: QtBot) -> None:
    typing(capture.text, "Feu de végétation @48.965, 6.027")
    qtbot.waitUntil(capture.text.popup.isVisible)
    typing(capture.text, "\n")
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert (entry.content.lat, entry.content.lon) == (
        pytest.approx(48.965),
        pytest.approx(6.027),
    )


def test_credibility_one_asks_for_the_entry_that_corroborates(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, node: Node, other: object
) -> None:
    first = node.logbook.publish(
        Content(text="Fumée vue du ciel", organisation="SDIS 62"), node.who
    )
    typing(capture.text, "Feu confirmé à Croisilles B1")
    typing(capture.text, "\n")
    assert "cote 1" in capture.status.text
    assert capture.text.toPlainText() == "Feu confirmé à Croisilles B1"
    typing(capture.text, f"/{first.number}")
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.corroborated_by == first.uid


def test_a_refused_line_comes_back(capture: CaptureBar, typing: Typing, qtbot: QtBot) -> None:
    typing(capture.text, "Feu confirmé B1/99999")
    typing(capture.text, "\n")
    qtbot.waitUntil(lambda: "n’existe pas" in capture.status.text)
    assert capture.text.toPlainText() == "Feu confirmé B1/99999"


def test_an_empty_line_is_not_published(capture: CaptureBar, typing: Typing, node: Node) -> None:
    typing(capture.text, "   \n")
    assert "a besoin d’un texte" in capture.status.text
    assert node.logbook.total() == 0


def test_a_click_on_the_map_gives_the_place(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, desk: Desk
) -> None:
    picks: list[object] = []
    desk.shared.pick_requested.connect(picks.append)
    typing(capture.text, "Feu d’installation entre Vandières et Pagny-sur-Moselle")
    capture.tools.place.click()
    picks[0].chosen(6.027, 48.965)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(capture.chips.texts))
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert (entry.content.lon, entry.content.lat) == (6.027, 48.965)


def test_a_position_just_clicked_is_published_with_the_line(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, desk: Desk
) -> None:
    picks: list[object] = []
    desk.shared.pick_requested.connect(picks.append)
    typing(capture.text, "Feu d’installation, A2")
    capture.tools.place.click()
    picks[0].chosen(6.027, 48.965)  # type: ignore[attr-defined]
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert (entry.content.lon, entry.content.lat) == (6.027, 48.965)
    assert entry.content.commune == "Vandières"
    assert entry.content.text == "Feu d’installation"


def test_who_may_only_read_is_told_so(capture: CaptureBar, typing: Typing, node: Node) -> None:
    node.who = replace(node.who, may_write=False)
    capture.begin(Prefill())
    typing(capture.text, "Je ne devrais pas\n")
    assert "sans y écrire" in capture.text.placeholderText()
    assert not any(tool.isEnabled() for tool in (capture.tools.publish, capture.tools.files))
    assert node.logbook.total() == 0


def test_writing_here_on_the_map_opens_the_capture_with_the_position(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, desk: Desk
) -> None:
    capture.text.clearFocus()
    desk.shared.entry_asked.emit(Prefill(lon=2.36, lat=48.92))
    qtbot.waitUntil(lambda: bool(capture.chips.texts))
    assert capture.text.hasFocus()
    typing(capture.text, "Colis suspect")
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.lon == 2.36


def test_a_ten_megabyte_paste_is_refused_and_nothing_is_lost(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    typing(capture.text, "Résumé")
    flood = QMimeData()
    flood.setText("x" * 10_000_000)
    capture.text.insertFromMimeData(flood)
    assert "trop long" in capture.status.text
    assert capture.text.toPlainText() == "Résumé"
    QTest.mouseClick(capture.status._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(capture.strip.refs))
    assert capture.strip.refs[0].size == 10_000_000


def test_a_likely_duplicate_is_pointed_out_and_can_be_completed(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, node: Node
) -> None:
    first = node.logbook.publish(
        Content(text="Incendie d’une artère de câbles à Croisilles, LGV Nord"), node.who
    )
    typing(capture.text, "Incendie artère de câbles Croisilles LGV Nord")
    qtbot.waitUntil(lambda: bool(capture.duplicates.candidates))
    assert capture.duplicates.candidates[0].entry.uid == first.uid
    capture.duplicates.complete_asked.emit(first)
    assert not capture.duplicates.isVisible()
    entry = published(qtbot, capture, lambda: typing(capture.text, "\n"))
    assert entry.content.parent == first.uid


def test_typing_on_never_publishes_twice(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, node: Node
) -> None:
    typing(capture.text, "Une fois")
    published(qtbot, capture, lambda: typing(capture.text, "\n\n\n"))
    assert node.logbook.total() == 1


def test_enter_struck_twice_keeps_telling_what_was_kept(
    capture: CaptureBar, typing: Typing, qtbot: QtBot
) -> None:
    published(qtbot, capture, lambda: typing(capture.text, "Rien à signaler\n\n"))
    typing(capture.text, "\n")
    assert "enregistrée" in capture.status.text


def test_a_reproach_goes_away_as_soon_as_one_writes(capture: CaptureBar, typing: Typing) -> None:
    capture.status.wrong("Une pièce est encore en cours d’ajout")
    typing(capture.text, "a")
    assert capture.status.text == ""
