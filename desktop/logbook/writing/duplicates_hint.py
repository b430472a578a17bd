"""« Déjà signalé ? »: entries that look like the one being typed, with what to do about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.logbook.duplicates import Candidate, Duplicates
from beffroi.logbook.entry import Content, Entry
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook import wording
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.field import small_label
from desktop.logbook.writing.icons import IconButton, IconLabel
from desktop.logbook.writing.zones import zone_of

PAUSE_MS = 350
LEAST = 12
"""Shorter texts look like everything."""
SHOWN = 2


class DuplicatesHint(QWidget):
    """At most two lines; it asks in the pool and never holds the typing up."""

    complete_asked = Signal(object)
    """The person prefers to complete this `Entry`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = 0
        self._content: Content | None = None
        self.candidates: tuple[Candidate, ...] = ()
        self._duplicates: Duplicates = desk.node.duplicates
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(desk.theme.px(2))
        self.hide()

    def look_for(self, content: Content | None) -> None:
        """What is typed now; asked about once the person pauses."""
        self._content = content
        if content is None or len(content.text) < LEAST:
            self._asked += 1
            self._timer.stop()
            self._show(())
            return
        self._timer.start()

    def _ask(self) -> None:
        content = self._content
        if content is None:
            return
        self._asked += 1
        asked, near = self._asked, self._duplicates.near
        moment = content.event_time or self._desk.node.clock.now()
        self._desk.tasks.run(
            lambda: near(content.text, content.lon, content.lat, moment),
            partial(self._answer, asked),
        )

    def _answer(self, asked: int, found: Sequence[Candidate]) -> None:
        if asked == self._asked:
            self._show(tuple(found[:SHOWN]))

    def _show(self, found: tuple[Candidate, ...]) -> None:
        if found == self.candidates:
            return
        self.candidates = found
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if found:
            self._rows.addWidget(small_label(_("Déjà signalé ?"), ink="warning"))
        for candidate in found:
            self._rows.addWidget(self._row(candidate))
        self.setVisible(bool(found))

    def _row(self, candidate: Candidate) -> QWidget:
        theme, entry = self._desk.theme, candidate.entry
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        mark = IconLabel(theme, "copy-check", "warning", row)
        moment = wording.short_moment(
            entry.event_time, zone_of(self._desk), self._desk.node.clock.now()
        )
        text = entry.content.text.split("\n", 1)[0]
        words = Elided(f"{moment}  {text}")
        words.setToolTip(f"{entry.label}\n{entry.content.text}\n{candidate.why}")
        complete = QPushButton(_("Compléter"), row)
        complete.setProperty("kind", "quiet")
        says = _("Compléter {label} plutôt que d’en écrire une autre")
        complete.setToolTip(says.format(label=entry.label))
        complete.setAccessibleName(complete.toolTip())
        complete.clicked.connect(partial(self._complete, entry))
        see = IconButton(theme, "eye", _("Voir {label}").format(label=entry.label), row)
        see.clicked.connect(partial(self._see, entry))
        layout.addWidget(mark)
        layout.addWidget(words, 1)
        layout.addWidget(see)
        layout.addWidget(complete)
        return row

    def _complete(self, entry: Entry, _on: bool = False) -> None:
        self.complete_asked.emit(entry)

    def _see(self, entry: Entry, _on: bool = False) -> None:
        self._desk.shared.open(entry.uid)
