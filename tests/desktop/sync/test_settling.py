"""What waits for a person: contradictions side by side, refusals with what to do about them."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.conflicts import Candidate, Conflict
from beffroi.logbook.entry import Content
from beffroi.node import Node
from beffroi.sync import status as says
from beffroi.sync.status import LinkStatus
from beffroi.sync.wire import Outcome
from desktop.api import Desk
from desktop.kit.shared import Prefill
from desktop.kit.theme import Theme
from desktop.shell.assembly import Assembly
from desktop.sync.conflict_card import ConflictCard
from desktop.sync.figure_card import FigureCard
from desktop.sync.rejected_card import RejectedCard
from desktop.sync.relay import Relay
from desktop.sync.settle_load import words_of
from desktop.sync.settle_panel import SettlePanel
from desktop.sync.values import value_words
from tests.conftest import START
from tests.desktop.sync.conftest import FakeProcess

PARIS = ZoneInfo("Europe/Paris")
Kept = list[tuple[Conflict, object, str]]


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def press(widget: QWidget, word: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == word).click()


def given(value: object, author: str, *, mine: bool) -> Candidate:
    return Candidate(value=value, author=author, post="Poste", at=START, op_id=author, mine=mine)


@pytest.fixture
def card(theme: Theme, qtbot: QtBot) -> Callable[..., tuple[ConflictCard, Kept]]:
    kept: Kept = []

    def make(field: str, base: object, mine: object, theirs: object) -> tuple[ConflictCard, Kept]:
        conflict = Conflict(
            kind="entry", entity="u", label="MC-2024-000143", field=field, base=base,
            candidates=(given(mine, "c.marchand", mine=True), given(theirs, "m.leroy", mine=False)),
        )  # fmt: skip
        made = ConflictCard(
            theme, conflict, PARIS, START, {"m.leroy": "Marc Leroy"}.get,  # type: ignore[arg-type]
            settle=lambda *settled: kept.append(settled), open_=lambda _uid: None,
        )  # fmt: skip
        qtbot.addWidget(made)
        return made, kept

    return make


def test_a_card_shows_what_was_before_mine_and_theirs_with_who_and_when(
    card: Callable[..., tuple[ConflictCard, Kept]],
) -> None:
    made, _kept = card("gravity", 1, 2, 3)
    shown = said(made)
    for words in ("MC-2024-000143 – Gravité", "Avant", "La mienne", "La leur", "1 – Mineur"):
        assert words in shown
    assert "Marc Leroy, Poste, 10h00" in shown


def test_one_is_kept_with_a_reason_and_never_without(
    card: Callable[..., tuple[ConflictCard, Kept]],
) -> None:
    made, kept = card("gravity", 1, 2, 3)
    buttons = [b for b in made.findChildren(QPushButton) if b.text() == "Retenir"]
    buttons[1].click()
    assert kept == []
    assert "motif" in made.trouble.text()
    made.reason.setText("Bilan du SAMU")
    buttons[1].click()
    assert kept[0][1:] == (3, "Bilan du SAMU")


def test_words_may_be_written_anew(card: Callable[..., tuple[ConflictCard, Kept]]) -> None:
    made, kept = card("text", "Feu", "Feu de câbles", "Feu de poste")
    made.reason.setText("Précisé par téléphone")
    made.other.setText("Feu d’une armoire électrique")
    press(made, "Retenir celle-ci")
    assert kept[0][1] == "Feu d’une armoire électrique"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("gravity", 3, "3 – Grave"),
        ("gravity", None, "(vide)"),
        ("qualification", "confirmed", "Confirmée"),
        ("source_grade", {"source_grade": "B", "credibility": 2}, "B2"),
        ("place", {"place": "Lagord", "lon": -1.15, "lat": 46.19}, "Lagord, 46.19000, -1.15000"),
        ("event_time", {"event_time": START}, "26/07/2024 10h00"),
        ("key_event", True, "oui"),
        ("nature", "something new", "something new"),
    ],
)
def test_values_are_said_in_words(field: str, value: object, words: str) -> None:
    assert value_words(field, value, PARIS) == words


@pytest.fixture
def panel(assembly: Assembly, desk: Desk, relay: Relay) -> SettlePanel:
    assembly.window.resize(1366, 768)
    assembly.window.show()
    found = desk.docks.widget("settle")  # type: ignore[attr-defined]
    assert isinstance(found, SettlePanel)
    return found


def test_contradictory_figures_may_both_be_true(
    panel: SettlePanel, node: Node, other: Identity, assembly: Assembly, qtbot: QtBot
) -> None:
    entry = node.logbook.publish(Content(text="Coupures d’électricité."), node.who)
    dossier = node.logbook.open_dossier("Tempête", [entry.uid], 2, node.who)
    figure = node.logbook.record_figure
    figure(dossier.uid, "Foyers coupés", "3800", "foyers", "Enedis", START, other)
    figure(dossier.uid, "Foyers coupés", "4200", "foyers", "Mairie", START + 1, node.who)
    qtbot.waitUntil(lambda: panel.findChild(FigureCard) is not None)
    card = panel.findChild(FigureCard)
    assert card is not None
    assert {"3800 foyers", "4200 foyers", "Enedis", "Mairie"} <= set(said(card).split("\n"))
    assert assembly.header.bandeau.settle.text() == "1 à départager"
    press(card, "Les deux sont vraies")
    qtbot.waitUntil(lambda: panel.waiting.count == 0)
    (indicator,) = node.logbook.figures(dossier.uid)
    assert indicator.arbitration is not None
    assert indicator.arbitration.kept == "4200 foyers (Mairie)\u202f; 3800 foyers (Enedis)"
    assert len(indicator.figures) == 2
    assert not assembly.header.bandeau.settle.isVisible()


def test_what_the_hub_refused_can_be_written_anew_or_sent_again(
    panel: SettlePanel,
    node: Node,
    desk: Desk,
    relay: Relay,
    process: FakeProcess,
    assembly: Assembly,
    qtbot: QtBot,
) -> None:
    node.logbook.publish(Content(text="Compte rendu médical."), node.who)
    (operation,) = node.journal.outbox()
    node.journal.acknowledge([Outcome(op_id=operation.op_id, status="refused", why="marking")])
    relay.hear(says.Link(status=LinkStatus(state="online", quarantined=1)))
    qtbot.waitUntil(lambda: panel.findChild(RejectedCard) is not None)
    card = panel.findChild(RejectedCard)
    assert card is not None
    shown = said(card)
    assert "Compte rendu médical." in shown
    assert "dépassent vos droits" in shown
    assert "À départager (1)" in assembly.window.docks.title("settle")
    asked: list[Prefill] = []
    desk.shared.entry_asked.connect(asked.append)
    press(card, "Recopier dans une nouvelle entrée")
    assert [prefill.text for prefill in asked] == ["Compte rendu médical."]
    press(card, "Renvoyer tel quel")
    qtbot.waitUntil(lambda: node.journal.refused() == [])
    qtbot.waitUntil(lambda: bool(process.of(says.Poke)))


def test_the_words_of_an_act_are_found_whatever_it_is() -> None:
    assert words_of(b'{"content":{"text":"Feu"},"reason":"x"}') == "Feu"
    assert words_of(b'{"reason":"doublon"}') == "doublon"
    assert words_of(b"[1]") == ""
    assert words_of(b"not json") == ""
