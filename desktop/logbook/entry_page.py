"""The page on which an entry is read: its parts from top to bottom, and what can be undone on it."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beffroi.logbook.entry import LinkKind
from beffroi.logbook.followups import FollowUp, FollowUpStatus
from desktop.api import Desk
from desktop.kit.pieces import clear, rule
from desktop.logbook import company, entry_body, entry_head, highlight, history, thread_view
from desktop.logbook.attachment_strip import AttachmentStrip
from desktop.logbook.entry_load import Seen
from desktop.logbook.followup_rows import followups


class EntryPage(QWidget):
    """Shows a `Seen` whole."""

    dossier_asked = Signal(str)
    """Show this dossier (uid)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.node.info.zone)
        self.setProperty("surface", "clear")
        px = desk.theme.px
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(px(14), px(12), px(14), px(16))
        self._lines.setSpacing(px(12))

    def show_entry(self, seen: Seen) -> None:
        """Draw it, in the place of what was there."""
        clear(self._lines)
        desk, theme, zone = self._desk, self._desk.theme, self._zone
        entry, thread, now = seen.entry, seen.thread, desk.node.clock.now()
        refs, may = entry.content.attachments, desk.node.who.may_write
        for widget in (
            entry_head.head(theme, entry, seen.first_names),
            company.company(theme, desk.link.around(entry.uid)),
            entry_body.text(theme, entry, highlight.words_of(desk.shared.shown.query)),
            entry_body.tags(theme, entry) if entry.content.tags else None,
            entry_body.place(theme, entry, desk.shared),
            rule(theme),
            entry_head.times(theme, entry, zone),
            entry_body.facts(theme, seen),
            entry_body.impacts(theme, entry),
            AttachmentStrip(desk, refs) if refs else None,
            followups(theme, thread.followups, now, self._move if may else None),
            thread_view.thread(theme, seen, zone, desk.shared.open, self._unlink),
            thread_view.dossiers(
                theme, seen, self.dossier_asked.emit, lambda uid: self._take_out(uid, entry.uid)
            ),
            company.delivery(theme, seen.delivery, zone, now, seen.person),
            history.history(theme, seen, zone),
        ):
            if widget is not None:
                self._lines.addWidget(widget)
        self._lines.addStretch(1)

    def _move(self, followup: FollowUp, status: FollowUpStatus) -> None:
        node = self._desk.node
        self._write(lambda: node.logbook.update_followup(followup.uid, status, node.who))

    def _unlink(self, source: str, kind: LinkKind, target: str) -> None:
        node = self._desk.node
        self._write(lambda: node.logbook.unlink(source, kind, target, node.who))

    def _take_out(self, dossier: str, entry: str) -> None:
        node = self._desk.node
        self._write(lambda: node.logbook.edit_dossier(dossier, node.who, remove=(entry,)))

    def _write(self, work: Callable[[], object]) -> None:
        self._desk.tasks.run(work, _nothing, touches_store=True)


def _nothing(_answer: object) -> None:
    """Nothing to do: the change comes back by the feed."""
