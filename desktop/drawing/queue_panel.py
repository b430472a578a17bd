"""« À dessiner »: entries that no shape draws yet; one key draws the chosen one with its symbol."""

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.proposal import symbol_for
from beffroi.layers.drawing.queue import to_draw
from beffroi.layers.drawing.symbols import title_of
from beffroi.layers.shapes import Shape
from beffroi.logbook.changes import EntryAdded, EntryChanged, ManyEntriesAdded
from beffroi.logbook.entry import Entry
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.drawing.studio import Studio
from desktop.kit.empty import EmptyState

_ENTRY = Qt.ItemDataRole.UserRole
_ASIDE = "drawing/aside"
_GRAVITY = "drawing/gravity"
_KEPT_ASIDE = 2000
_GRAVITIES = (
    (0, N_("Toutes les entrées situées")),
    (1, N_("Gravité 1 et plus\u00a0: ce qui n’est pas RAS")),
    (2, N_("Gravité 2 et plus\u00a0: significatif")),
    (3, N_("Gravité 3 et plus\u00a0: grave")),
)
_LABEL_LENGTH = 60


class QueuePanel(QWidget):
    """The newest first; Enter draws, Delete sets aside."""

    counted = Signal(int)

    def __init__(self, desk: Desk, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._studio = studio
        self._zone = ZoneInfo(desk.node.info.zone)
        self._aside = [uid for uid in str(desk.settings.value(_ASIDE, "")).split() if uid]
        self.list = self._listing()
        self.empty = EmptyState(desk.theme)
        self.empty.say(
            "checks", _("Tout est dessiné"),
            _("Les entrées situées, ou dont le lieu est nommé, attendent ici d’être dessinées."),
        )  # fmt: skip
        self.hint = QLabel(_("Entrée dessine avec le symbole proposé\u202f; Suppr écarte."), self)
        self.hint.setProperty("role", "small")
        self.hint.setProperty("ink", "muted")
        self.hint.setWordWrap(True)
        self._add_hands()
        self._lay_out()
        self._count = QTimer(self, singleShot=True, interval=400)
        self._count.timeout.connect(self.read)
        desk.feed.on(EntryAdded, self._later)
        desk.feed.on(EntryChanged, self._later)
        desk.feed.on(ManyEntriesAdded, self._later)
        studio.shapes.changed.connect(self._count.start)
        studio.calques.changed.connect(self._count.start)
        studio.pictures.arrived.connect(self._draw_icons)
        self._count.start()

    def _listing(self) -> QListWidget:
        found = QListWidget(self)
        found.setAccessibleName(_("Entrées à dessiner"))
        found.setWordWrap(True)
        found.setResizeMode(QListWidget.ResizeMode.Adjust)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.itemActivated.connect(lambda item: self.draw(item.data(_ENTRY)))
        found.currentItemChanged.connect(lambda now, _before: self._point(now))
        return found

    def _add_hands(self) -> None:
        self.draw_button = QPushButton(_("Dessiner"), self)
        self.draw_button.setProperty("kind", "primary")
        self.draw_button.clicked.connect(lambda _checked=False: self._draw_current())
        self.aside_button = QPushButton(_("Écarter"), self)
        self.aside_button.clicked.connect(lambda _checked=False: self._set_aside())
        key = QShortcut(QKeySequence("Del"), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._set_aside)
        self.gravity = QComboBox(self)
        self.gravity.setAccessibleName(_("Gravité des entrées à dessiner"))
        for least, words in _GRAVITIES:
            self.gravity.addItem(_(words), least)
        chosen = int(str(self._desk.settings.value(_GRAVITY, "1")) or 1)
        self.gravity.setCurrentIndex(max(0, self.gravity.findData(chosen)))
        self.gravity.activated.connect(lambda _at: self._filter())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.draw_button)
        buttons.addWidget(self.aside_button)
        buttons.addStretch(1)
        margin = self._desk.theme.px(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(self.gravity)
        layout.addWidget(self.hint)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(buttons)
        side = self._desk.theme.px(28)
        self.list.setIconSize(QSize(side, side))
        self.setFocusProxy(self.list)

    # what there is

    def _later(self, _change: EntryAdded | EntryChanged | ManyEntriesAdded) -> None:
        self._count.start()

    def read(self) -> None:
        """Look again for what is to be drawn."""
        if not self._studio.shapes.loaded:
            self._count.start()
            return
        done = self._studio.shapes.drawn_entries | set(self._aside)
        least = int(self.gravity.currentData())
        work = partial(to_draw, self._desk.node.search, done, min_gravity=least)
        self._desk.tasks.run(work, self._show)

    def _filter(self) -> None:
        self._desk.settings.setValue(_GRAVITY, str(self.gravity.currentData()))
        self.read()

    def _show(self, entries: list[Entry]) -> None:
        row = self.list.currentRow()
        uid = self.list.item(row).data(_ENTRY).uid if row >= 0 else ""
        self.list.blockSignals(True)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(self._words(entry))
            item.setData(_ENTRY, entry)
            item.setToolTip(entry.content.text)
            self.list.addItem(item)
        rows = [at for at, entry in enumerate(entries) if entry.uid == uid]
        if row >= 0 and entries:
            self.list.setCurrentRow(rows[0] if rows else min(row, len(entries) - 1))
        self.list.blockSignals(False)
        self._draw_icons()
        self.list.setVisible(bool(entries))
        self.hint.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        for button in (self.draw_button, self.aside_button):
            button.setEnabled(bool(entries))
        self.counted.emit(len(entries))

    def _words(self, entry: Entry) -> str:
        local = datetime.fromtimestamp(entry.event_time / 1000, UTC).astimezone(self._zone)
        where = entry.content.place or _("position donnée")
        text = entry.content.text.replace("\n", " ")
        short = text if len(text) <= 90 else f"{text[:89]}…"
        return f"{entry.label} · {local:%d/%m %H:%M} · {where}\n{short}"

    def _draw_icons(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(self._studio.pictures.icon(self.proposal(item.data(_ENTRY))))

    def proposal(self, entry: Entry) -> str:
        """The symbol proposed for an entry, in the set of the calque in use."""
        return symbol_for(
            entry.content.tags, self._desk.node.taxonomy, self._studio.calques.symbol_set
        )

    # doing

    def _point(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry: Entry = item.data(_ENTRY)
        self._desk.shared.select((entry.uid,), self)
        if entry.content.lon is not None and entry.content.lat is not None:
            self._desk.canvas.tell("reveal", [entry.content.lon, entry.content.lat])

    def _draw_current(self) -> None:
        if self.list.count():
            self.draw(self.list.item(max(0, self.list.currentRow())).data(_ENTRY))

    def draw(self, entry: Entry) -> None:
        """Draw an entry where it lies; one without a position is placed by a click."""
        symbol = self.proposal(entry)
        content = entry.content
        label = content.place[:_LABEL_LENGTH] or entry.label
        try:
            if content.lon is None or content.lat is None:
                self._studio.take("symbol", symbol, entry=entry.uid, label=label)
                words = _("{label}\u00a0: cliquez son lieu sur la carte ({symbol}).")
                self._desk.notices.info(words.format(label=entry.label, symbol=title_of(symbol)))
                return
            where = (content.lon, content.lat)
            self._studio.place(
                Shape(
                    layer="", kind="symbol", points=(where,), symbol=symbol, entry=entry.uid,
                    label=label, since=entry.event_time,
                )
            )  # fmt: skip
        except BeffroiError as error:
            self._desk.notices.warn(str(error))

    def _set_aside(self) -> None:
        if self.list.currentRow() < 0:
            return
        entry: Entry = self.list.item(self.list.currentRow()).data(_ENTRY)
        self._aside = [*self._aside, entry.uid][-_KEPT_ASIDE:]
        self._desk.settings.setValue(_ASIDE, " ".join(self._aside))
        self.read()
