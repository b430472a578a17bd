"""The cards of alerts that wait for somebody: what happened, and three things to do about it."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from beffroi.text import _, ngettext
from beffroi.tracks.alerts import ALERT_WORDS, Alert, sentence
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import clear, words
from desktop.tracks.setups import Setups
from desktop.tracks.tracker import Tracker
from desktop.tracks.words import hour

MOST = 4


class AlertCard(QWidget):
    """One alert."""

    taken = Signal()
    muted = Signal()
    written = Signal()

    def __init__(self, desk: Desk, alert: Alert, said: str, zone: ZoneInfo) -> None:
        super().__init__()
        px = desk.theme.px
        ink = "danger" if alert.serious else "warning"
        self.setObjectName("alertCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#alertCard {{ background: {desk.theme.hex(ink + '_soft')}; "
            f"border-left: {px(4)}px solid {desk.theme.hex(ink)}; border-radius: {px(4)}px; }}"
        )
        self._kind = _(ALERT_WORDS[alert.kind])
        self._said = words(said)
        head = QLabel(f"{self._kind} – {hour(alert.since, zone)}")
        head.setProperty("role", "section")
        head.setProperty("ink", ink)
        acts = FlowBox(gap=px(6))
        for title, signal in (
            (_("Prendre en compte"), self.taken),
            (_("Muet 5\u00a0min"), self.muted),
            (_("Créer une entrée"), self.written),
        ):
            button = QPushButton(title)
            button.clicked.connect(signal)
            acts.flow.addWidget(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(px(10), px(6), px(8), px(8))
        lines.setSpacing(px(4))
        lines.addWidget(head)
        lines.addWidget(self._said)
        lines.addWidget(acts)
        self.say(said)

    def say(self, said: str) -> None:
        """Say what happened as it stands now."""
        self._said.setText(said)
        self.setAccessibleName(f"{self._kind}, {said}")


class AlertCards(QWidget):
    """The newest alerts that wait; drawn again when one comes, goes or was dealt with."""

    written = Signal(object)
    """Somebody writes an entry about this `Alert`."""

    def __init__(self, desk: Desk, tracker: Tracker, setups: Setups) -> None:
        super().__init__()
        self._desk = desk
        self._tracker = tracker
        self._setups = setups
        self._cards: dict[tuple[str, str], AlertCard] = {}
        self._shown: list[tuple[str, str, int]] = []
        self._stale = True
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(desk.theme.px(6))
        tracker.alerts_changed.connect(self.draw)
        desk.theme.changed.connect(self._dress)
        self.draw()

    def draw(self) -> None:
        """Show what waits now; a card that stays keeps its place and the keyboard."""
        waiting = self._tracker.following.alerts(self._tracker.now, waiting=True)
        shown = [(alert.track, alert.key, alert.since) for alert in waiting]
        if shown == self._shown and not self._stale:
            for alert in waiting[:MOST]:
                self._cards[alert.track, alert.key].say(self._sentence(alert))
            return
        self._shown, self._stale = shown, False
        clear(self._lines)
        self._cards = {(alert.track, alert.key): self._card(alert) for alert in waiting[:MOST]}
        for card in self._cards.values():
            self._lines.addWidget(card)
        if (more := len(waiting) - MOST) > 0:
            said = ngettext("et {n} autre alerte", "et {n} autres alertes", more).format(n=more)
            self._lines.addWidget(words(said, role="small", ink="muted"))
        self.setVisible(bool(waiting))

    def _dress(self) -> None:
        self._stale = True
        self.draw()

    def _sentence(self, alert: Alert) -> str:
        one = self._tracker.following.one(alert.track, self._tracker.now)
        return sentence(alert, one.callsign if one else alert.track)

    def _card(self, alert: Alert) -> AlertCard:
        card = AlertCard(self._desk, alert, self._sentence(alert), self._setups.zone(alert.track))
        card.taken.connect(partial(self._take, alert))
        card.muted.connect(partial(self._mute, alert))
        card.written.connect(partial(self._write, alert))
        return card

    def _take(self, alert: Alert) -> None:
        node = self._desk.node
        self._tracker.following.acknowledge(alert.track, alert.key, node.who.post)
        self._tracker.alerts_changed.emit()

    def _mute(self, alert: Alert) -> None:
        self._tracker.following.mute(alert.track, alert.key, self._tracker.now)
        self._tracker.alerts_changed.emit()

    def _write(self, alert: Alert) -> None:
        self._take(alert)
        self.written.emit(alert)
