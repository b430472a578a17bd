"""The follow-ups dock: what is late first, then what is due next, with its countdown."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beffroi.logbook.changes import FollowUpChanged
from beffroi.logbook.entry import Entry
from beffroi.logbook.followups import FollowUp, FollowUpStatus
from beffroi.text import _, ngettext, number
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.kit.pieces import clear, rule, words
from desktop.logbook import wording
from desktop.logbook.followup_rows import followup_row
from desktop.logbook.parts import EntryRow

TICK_MS = 30_000
MOST = 200
Pair = tuple[FollowUp, Entry]
Read = tuple[list[FollowUp], list[FollowUp], list[Pair]]
"""What waits, what of it is to be shown, and the first of these with their entries."""


class FollowUpPanel(QWidget):
    """Everything that somebody must still do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[Pair] = []
        self._waiting: list[FollowUp] = []
        self._kept: list[FollowUp] = []
        self.setObjectName("followupPanel")
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._draw)
        self._tick.start()
        desk.feed.on(FollowUpChanged, self._changed)
        desk.theme.changed.connect(self._draw)
        self.read()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.count = QLabel()
        self.count.setProperty("ink", "muted")
        self.which = QComboBox()
        self.which.setAccessibleName(_("Quelles suites"))
        self.which.addItem(_("Toutes"), "")
        self.which.addItem(_("Les miennes"), "mine")
        self.which.currentIndexChanged.connect(self.read)
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(8), px(12), px(6))
        head.addWidget(self.count, 1)
        head.addWidget(self.which)
        self.empty = EmptyState(self._desk.theme)
        self.page = QWidget()
        self.page.setProperty("surface", "clear")
        self._lines = QVBoxLayout(self.page)
        self._lines.setContentsMargins(px(12), px(4), px(12), px(12))
        self._lines.setSpacing(px(5))
        self.reader = QScrollArea()
        self.reader.setWidgetResizable(True)
        self.reader.setWidget(self.page)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.reader)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)

    # --- reading

    def read(self) -> None:
        """Read what is pending."""
        node = self._desk.node
        mine = node.who.post if self.which.currentData() else ""

        def pending() -> Read:
            waiting = node.logbook.followups(open_only=True)
            kept = [f for f in waiting if not mine or f.owner_post == mine]
            return waiting, kept, [(f, node.logbook.entry(f.entry)) for f in kept[:MOST]]

        self._desk.tasks.run(pending, self._show)

    def _changed(self, _change: FollowUpChanged) -> None:
        self.read()

    def _show(self, read: Read) -> None:
        self._waiting, self._kept, self._found = read
        self._draw()

    # --- drawing

    def _draw(self) -> None:
        clear(self._lines)
        now, theme = self._desk.node.clock.now(), self._desk.theme
        found = self._found
        move = self._move if self._desk.node.who.may_write else None
        self._say_count(len(self._kept), sum(followup.late(now) for followup in self._kept))
        for followup, entry in found:
            self._lines.addWidget(followup_row(theme, followup, now, move))
            time = wording.short_moment(entry.event_time, ZoneInfo(self._desk.node.info.zone), now)
            row = EntryRow(theme, entry, time)
            row.asked.connect(self._desk.shared.open)
            self._lines.addWidget(row)
            self._lines.addWidget(rule(theme))
        if more := len(self._kept) - len(found):
            said = ngettext(
                "et {n} autre, moins pressante", "et {n} autres, moins pressantes", more
            )
            said = said.format(n=number(more))
            self._lines.addWidget(words(said, role="small", ink="muted"))
        self._lines.addStretch(1)
        self.stack.setCurrentIndex(1 if found else 0)
        if not found:
            self.empty.say(
                "checks",
                _("Aucune suite en attente"),
                _(
                    "Depuis une entrée, la touche S demande une action à un poste, avec une échéance."
                ),
            )

    def _say_count(self, count: int, late: int) -> None:
        said = ngettext("{n} suite en attente", "{n} suites en attente", count).format(
            n=number(count)
        )
        if late:
            said += _(", dont {n} en retard").format(n=number(late))
        self.count.setText(said)
        waiting = sum(f.late(self._desk.node.clock.now()) for f in self._waiting)
        title = _("Suites ({n})").format(n=waiting) if waiting else _("Suites")
        self._desk.docks.set_title("followups", title)
        self.count.setProperty("ink", "danger" if late else "muted")
        self.count.style().polish(self.count)

    def _move(self, followup: FollowUp, status: FollowUpStatus) -> None:
        node = self._desk.node
        self._desk.tasks.run(
            lambda: node.logbook.update_followup(followup.uid, status, node.who),
            lambda _answer: None,
            touches_store=True,
        )
