"""The entry dock: one entry whole and readable, what may be done with it, or its qualification."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.logbook.changes import DossierChanged, EntryChanged, EntryRemoved, FollowUpChanged
from beffroi.logbook.entry import Entry
from beffroi.text import _, ngettext, number
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.logbook.entry_acts import ActBar
from desktop.logbook.entry_load import Seen, load
from desktop.logbook.entry_page import EntryPage
from desktop.logbook.entry_presence import EntryPresence
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
        self._turn = 0
        self._act: Callable[[Seen], None] | None = None
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
        desk.feed.on(EntryRemoved, self._entry_removed)
        desk.feed.on(FollowUpChanged, self._followup_changed)
        desk.feed.on(DossierChanged, self._dossier_changed)
        self.presence = EntryPresence(desk, self)
        self.presence.stale.connect(self._pause.start)
        self.presence.moved.connect(self._draw)
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
        self.page = EntryPage(self.desk)
        self.page.dossier_asked.connect(self.dossier_asked)
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
        self.setMinimumWidth(px(240))

    # --- the editor in the place of the reading

    @property
    def editor(self) -> EntryEditor:
        """The editor, made when it is needed first."""
        if self._editor is None:
            self._editor = EntryEditor(self.desk, self.lookups)
            self._editor.closed.connect(self.close_editor)
            self._editor.taken_up.connect(self._show_editor)
            self.stack.addWidget(self._editor)
        return self._editor

    def edit(self, begin: Callable[[Entry], None]) -> None:
        """Give the dock to the editor, for the entry shown."""
        self.when_seen(lambda seen: self._edit(begin, seen.entry))

    def _edit(self, begin: Callable[[Entry], None], entry: Entry) -> None:
        begin(entry)
        self._show_editor()

    def _show_editor(self) -> None:
        self.desk.docks.reveal("entry")
        self.stack.setCurrentWidget(self.editor)
        self.acts.hide()
        self.editor.focus_first()
        self.presence.at(self.editor.entry, writing=True)

    @property
    def editing(self) -> bool:
        """Whether the editor has the dock."""
        return self.stack.currentWidget() is self._editor

    def close_editor(self) -> None:
        """Back to reading."""
        if self.editing:
            self.stack.setCurrentWidget(self.reader if self.seen is not None else self.empty)
            self.presence.at(None if self.seen is None else self.seen.entry)
            self.acts.show_for(self.seen, self.uids)
            self.reload()
            self.reader.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.reader.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    # --- what is shown

    @property
    def shows_choice(self) -> bool:
        """Whether what is shown is what is chosen: reading it takes a moment."""
        return self.seen is not None and self.uids == (self.seen.entry.uid,)

    def when_seen(self, act: Callable[[Seen], None]) -> None:
        """Act on the entry chosen: at once if it is shown, else as soon as it is, never on another."""
        if self.seen is not None and self.shows_choice:
            act(self.seen)
        elif len(self.uids) == 1:
            self._act = act
            self._pause.stop()
            self._load()

    def _selected(self, uids: tuple[str, ...], _by: object) -> None:
        self.uids = tuple(uids)
        self._act = None
        self.acts.put_by(self.uids)
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
        uid, node, link = self.uids[0], self.desk.node, self.desk.link
        others = dict(link.names) if link.joined else None
        self.desk.tasks.run(
            lambda: load(node, uid, others),
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
            self.presence.at(seen.entry)
        self.reader.verticalScrollBar().setValue(at)
        if not same:
            self._looked.start()
        if (act := self._act) is not None:
            self._act = None
            act(seen)

    def _rest(self) -> None:
        self.presence.at(None)
        if len(self.uids) > 1:
            many = len(self.uids)
            title = ngettext("{n} entrée choisie", "{n} entrées choisies", many)
            self.empty.say(
                "checks",
                title.format(n=number(many)),
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

    def _entry_removed(self, change: EntryRemoved) -> None:
        """The right to see it ended while it was read."""
        if self.seen is not None and self.seen.entry.uid == change.uid:
            self.uids, self.seen = (), None
            self._rest()

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
        self.desk.link.seen_told.emit(uid)
        self.desk.tasks.run(
            lambda: node.audit.note(node.who, "read", uid), _nothing, touches_store=True
        )

    # --- drawing

    def _draw(self) -> None:
        if self.seen is not None:
            self.page.show_entry(self.seen)
            if not self.editing:
                self.acts.show_for(self.seen, self.uids)


def _nothing(_answer: object) -> None:
    """Nothing to do: the change comes back by the feed."""
