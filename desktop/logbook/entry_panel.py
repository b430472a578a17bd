"""The entry dock: one entry whole and readable, what may be done with it, or its qualification."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.logbook.changes import DossierChanged, EntryChanged, FollowUpChanged
from beffroi.logbook.entry import Entry, LinkKind
from beffroi.logbook.followups import FollowUp, FollowUpStatus
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.logbook import entry_body, entry_head, highlight, history, thread_view, wording
from desktop.logbook.attachment_strip import AttachmentStrip
from desktop.logbook.empty import EmptyState
from desktop.logbook.entry_acts import ActBar
from desktop.logbook.entry_load import Seen, load
from desktop.logbook.followup_rows import followups
from desktop.logbook.parts import clear, rule
from desktop.logbook.writing import EntryEditor
from desktop.logbook.writing.lookups import Lookups

PAUSE_MS, LOOKED_AT_MS, TICK_MS = 50, 1_500, 30_000


class EntryPanel(QWidget):
    """Follows the selection; `acts` is where things are done with what is selected."""

    left = Signal()
    """Escape: back to the list."""
    dossier_asked = Signal(str)
    """Show this dossier (uid)."""

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        super().__init__()
        self.desk = desk
        self.lookups = lookups
        self.setObjectName("entryPanel")
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.seen: Seen | None = None
        self.uids: tuple[str, ...] = ()
        self._zone = ZoneInfo(desk.node.info.zone)
        self._turn = 0
        self._pause = self._timer(PAUSE_MS, self._load)
        self._looked = self._timer(LOOKED_AT_MS, self._note_reading)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._count_down)
        self._tick.start()
        self._build()
        desk.shared.selection_changed.connect(self._selected)
        desk.shared.open_requested.connect(self._opened)
        desk.theme.changed.connect(self._draw)
        desk.feed.on(EntryChanged, self._entry_changed)
        desk.feed.on(FollowUpChanged, self._followup_changed)
        desk.feed.on(DossierChanged, self._dossier_changed)
        self._rest()

    def _timer(self, wait: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(act)
        return timer

    def _build(self) -> None:
        px = self.desk.theme.px
        self.empty = EmptyState(self.desk.theme)
        self.page = QWidget()
        self.page.setProperty("surface", "clear")
        self._lines = QVBoxLayout(self.page)
        self._lines.setContentsMargins(px(14), px(12), px(14), px(16))
        self._lines.setSpacing(px(12))
        self.reader = QScrollArea()
        self.reader.setWidgetResizable(True)
        self.reader.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader.setWidget(self.page)
        self._editor: EntryEditor | None = None
        self.acts = ActBar(self.desk)
        self.stack = QStackedWidget(self)
        for page in (self.empty, self.reader):
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.acts)
        self.setFocusProxy(self.reader)
        self.setMinimumWidth(px(300))

    # --- the editor in the place of the reading

    @property
    def editor(self) -> EntryEditor:
        """The editor, made when it is needed first."""
        if self._editor is None:
            self._editor = EntryEditor(self.desk, self.lookups)
            self._editor.closed.connect(self.close_editor)
            self.stack.addWidget(self._editor)
        return self._editor

    def edit(self, begin: Callable[[Entry], None]) -> None:
        """Give the dock to the editor, for the entry shown."""
        if self.seen is not None:
            self.desk.docks.reveal("entry")
            begin(self.seen.entry)
            self.stack.setCurrentWidget(self.editor)
            self.acts.hide()
            self.editor.focus_first()

    @property
    def editing(self) -> bool:
        """Whether the editor has the dock."""
        return self.stack.currentWidget() is self._editor

    def close_editor(self) -> None:
        """Back to reading."""
        if self.editing:
            self.stack.setCurrentWidget(self.reader if self.seen is not None else self.empty)
            self.acts.show_for(self.seen, self.uids)
            self.reload()
            self.reader.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # --- what is shown

    def _selected(self, uids: tuple[str, ...], _by: object) -> None:
        self.uids = tuple(uids)
        self.acts.put_by()
        if self.editing:
            self._tell_draft()
            self.close_editor()
        self._pause.start()

    def _tell_draft(self) -> None:
        editor = self.editor
        if editor.begun and editor.entry is not None:
            self.desk.notices.info(
                _("Non publié, gardé en brouillon : rouvrez {label} pour le reprendre.").format(
                    label=editor.entry.label
                )
            )

    def _opened(self, uid: str) -> None:
        self.desk.docks.show("entry")
        if self.seen is None or self.seen.entry.uid != uid:
            self.uids = (uid,)
            self._load()

    def _load(self) -> None:
        self._turn += 1
        turn = self._turn
        if len(self.uids) != 1:
            self.seen = None
            self._rest()
            return
        uid, node = self.uids[0], self.desk.node
        self.desk.tasks.run(
            lambda: load(node, uid),
            lambda seen: self._show(turn, seen),
            self.desk.notices.failure,
        )

    def _show(self, turn: int, seen: Seen) -> None:
        if turn != self._turn:
            return
        same = self.seen is not None and self.seen.entry.uid == seen.entry.uid
        self.seen = seen
        at = self.reader.verticalScrollBar().value() if same else 0
        self._draw()
        if not self.editing:
            self.stack.setCurrentWidget(self.reader)
        self.reader.verticalScrollBar().setValue(at)
        if not same:
            self._looked.start()

    def _rest(self) -> None:
        if len(self.uids) > 1:
            many = len(self.uids)
            title = ngettext("{n} entrée choisie", "{n} entrées choisies", many)
            self.empty.say(
                "checks",
                title.format(n=wording.number(many)),
                _(
                    "D pour en faire un dossier ou les ranger dans l’un d’eux ; M pour les dire lues."
                ),
            )
        else:
            self.empty.say(
                "file-text",
                _("Aucune entrée choisie"),
                _("Choisissez une entrée dans la liste ou sur la carte pour la lire ici."),
            )
        self.acts.show_for(None, self.uids)
        self.stack.setCurrentWidget(self.empty)

    def reload(self) -> None:
        """Read again what is shown."""
        if self.seen is not None:
            self._load()

    # --- what changes

    def _entry_changed(self, change: EntryChanged) -> None:
        if self.seen is not None and change.entry.uid in self._around():
            self._pause.start()

    def _followup_changed(self, change: FollowUpChanged) -> None:
        if self.seen is not None and change.entry == self.seen.entry.uid:
            self._pause.start()

    def _dossier_changed(self, change: DossierChanged) -> None:
        if self.seen is not None and change.dossier in self.seen.entry.dossiers:
            self._pause.start()

    def _around(self) -> set[str]:
        if self.seen is None:
            return set()
        around = self.seen.thread
        near = [around.entry, *around.children, *(e for _kind, e in around.links_out)]
        near += [e for _kind, e in around.links_in]
        if around.parent is not None:
            near.append(around.parent)
        return {entry.uid for entry in near}

    def _count_down(self) -> None:
        if self.seen is not None and self.seen.thread.followups and self.isVisible():
            self._draw()

    def _note_reading(self) -> None:
        if self.seen is None:
            return
        uid, node = self.seen.entry.uid, self.desk.node
        self.desk.tasks.run(
            lambda: node.audit.note(node.who, "read", uid), _nothing, touches_store=True
        )

    # --- drawing

    def _draw(self) -> None:
        if self.seen is None:
            return
        clear(self._lines)
        seen, theme, zone = self.seen, self.desk.theme, self._zone
        now = self.desk.node.clock.now()
        refs = seen.entry.content.attachments
        for widget in (
            entry_head.head(theme, seen.entry),
            entry_body.text(theme, seen.entry, self._searched()),
            entry_body.tags(theme, seen.entry) if seen.entry.content.tags else None,
            entry_body.place(theme, seen.entry, self.desk.shared),
            rule(theme),
            entry_head.times(theme, seen.entry, zone),
            entry_body.facts(theme, seen),
            entry_body.impacts(theme, seen.entry),
            AttachmentStrip(self.desk, refs) if refs else None,
            followups(theme, seen.thread.followups, now, self._move),
            thread_view.thread(theme, seen, zone, self.desk.shared.open, self._unlink),
            thread_view.dossiers(theme, seen, self.dossier_asked.emit, self._take_out),
            history.history(theme, seen, zone),
        ):
            if widget is not None:
                self._lines.addWidget(widget)
        self._lines.addStretch(1)
        if not self.editing:
            self.acts.show_for(seen, self.uids)

    def _searched(self) -> tuple[str, ...]:
        return highlight.words_of(self.desk.shared.shown.query)

    def _move(self, followup: FollowUp, status: FollowUpStatus) -> None:
        node = self.desk.node
        self._write(lambda: node.logbook.update_followup(followup.uid, status, node.who))

    def _unlink(self, source: str, kind: LinkKind, target: str) -> None:
        node = self.desk.node
        self._write(lambda: node.logbook.unlink(source, kind, target, node.who))

    def _take_out(self, dossier: str) -> None:
        if self.seen is not None:
            node, uid = self.desk.node, self.seen.entry.uid
            self._write(lambda: node.logbook.edit_dossier(dossier, node.who, remove=(uid,)))

    def _write(self, work: Callable[[], object]) -> None:
        self.desk.tasks.run(work, _nothing, touches_store=True)


def _nothing(_answer: object) -> None:
    """Nothing to do: the change comes back by the feed."""
