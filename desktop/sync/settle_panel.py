"""The « À départager » dock: contradictions and refusals, all that waits for a person's choice."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from beffroi.logbook.changes import ConflictChanged, DossierChanged
from beffroi.logbook.conflicts import Conflict
from beffroi.logbook.figures import Indicator
from beffroi.sync.status import LinkStatus
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.kit.pieces import clear, words
from desktop.kit.shared import Prefill
from desktop.sync.conflict_card import ConflictCard
from desktop.sync.figure_card import FigureCard, latest
from desktop.sync.rejected_card import RejectedCard
from desktop.sync.settle_load import Rejected, Waiting, load

PAUSE_MS = 150


class SettlePanel(QWidget):
    """Cards, the contradictions first; the count is on the tab."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.node.info.zone)
        self._refused = -1
        self.waiting = Waiting()
        self.setObjectName("settlePanel")
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = desk.theme.px
        self.empty = EmptyState(desk.theme)
        self.page = QWidget()
        self.page.setProperty("surface", "clear")
        self._cards = QVBoxLayout(self.page)
        self._cards.setContentsMargins(px(10), px(8), px(10), px(12))
        self._cards.setSpacing(px(9))
        self.reader = QScrollArea()
        self.reader.setWidgetResizable(True)
        self.reader.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader.setWidget(self.page)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.reader)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.reader)
        self.setMinimumWidth(px(240))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.read)
        desk.feed.on(ConflictChanged, self._changed)
        desk.feed.on(DossierChanged, self._changed)
        desk.link.status_changed.connect(self._follow)
        desk.theme.changed.connect(self._draw)
        self.read()

    # Reading

    def _changed(self, _change: object) -> None:
        self._pause.start()

    def _follow(self, status: LinkStatus) -> None:
        if status.quarantined != self._refused:
            self._refused = status.quarantined
            self._pause.start()

    def read(self) -> None:
        """Read again what waits."""
        node, others = self._desk.node, dict(self._desk.link.names)
        self._desk.tasks.run(lambda: load(node, others), self._show)

    def _show(self, waiting: Waiting) -> None:
        if waiting != self.waiting or not self._cards.count():
            self.waiting = waiting
            self._draw()

    # Drawing

    def _draw(self) -> None:
        clear(self._cards)
        count = self.waiting.count
        title = _("À départager ({n})").format(n=count) if count else _("À départager")
        self._desk.docks.set_title("settle", title)
        self._desk.link.set_to_settle(count)
        self._stack.setCurrentIndex(1 if count else 0)
        if not count:
            self.empty.say(
                "circle-check",
                _("Rien à départager"),
                _("Quand deux personnes disent autre chose de la même chose, le choix est ici."),
            )
        for card in (*self._contradictions(), *self._refusals()):
            self._cards.addWidget(card)
        self._cards.addStretch(1)

    def _contradictions(self) -> list[QWidget]:
        desk, zone, now = self._desk, self._zone, self._desk.node.clock.now()
        may = desk.node.who.may_write
        cards: list[QWidget] = [
            ConflictCard(
                desk.theme, conflict, zone, now, self.waiting.person,
                settle=self._settle if may else None, open_=desk.shared.open,
            )
            for conflict in self.waiting.conflicts
        ]  # fmt: skip
        cards += [
            FigureCard(
                desk.theme, dossier, indicator, zone, now,
                arbitrate=self._arbitrate if may else None,
            )
            for dossier, indicator in self.waiting.figures
        ]  # fmt: skip
        return cards

    def _refusals(self) -> list[QWidget]:
        if not self.waiting.rejected:
            return []
        desk, zone, now = self._desk, self._zone, self._desk.node.clock.now()
        return [
            words(_("Refusés par le centre"), role="section"),
            *(
                RejectedCard(desk.theme, one, zone, now, rewrite=self._rewrite, resend=self._resend)
                for one in self.waiting.rejected
            ),
        ]

    # Acting

    def _settle(self, conflict: Conflict, value: Any, reason: str) -> None:
        node = self._desk.node
        self._write(
            lambda: node.logbook.settle(conflict.entity, conflict.field, value, reason, node.who)
        )

    def _arbitrate(self, dossier: str, indicator: Indicator, kept: str, reason: str) -> None:
        node = self._desk.node
        weighed = tuple(figure.uid for figure in latest(indicator))
        self._write(
            lambda: node.logbook.arbitrate(dossier, indicator.name, kept, reason, weighed, node.who)
        )

    def _rewrite(self, one: Rejected) -> None:
        self._desk.docks.show("logbook")
        self._desk.shared.entry_asked.emit(Prefill(text=one.text))

    def _resend(self, one: Rejected) -> None:
        node, link = self._desk.node, self._desk.link

        def again() -> None:
            node.journal.retry([one.op_id])

        def asked(_none: None) -> None:
            link.retry_asked.emit()
            self._pause.start()

        self._desk.tasks.run(again, asked, touches_store=True)

    def _write(self, work: Callable[[], object]) -> None:
        self._desk.tasks.run(work, self._written, touches_store=True)

    def _written(self, _answer: object) -> None:
        self._pause.start()
