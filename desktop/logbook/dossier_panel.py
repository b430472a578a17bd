"""The dossiers dock: the list of cases; then one case with its figures, its entries, its state."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from beffroi.logbook.changes import DossierChanged
from beffroi.logbook.dossiers import DOSSIER_STATUS_WORDS, Dossier, DossierStatus
from beffroi.logbook.figures import Indicator
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.kit.pieces import Section, clear, words
from desktop.logbook import wording
from desktop.logbook.dossier_form import DossierEditForm
from desktop.logbook.dossier_load import OpenDossier, load_dossier
from desktop.logbook.dossier_rows import DossierRow
from desktop.logbook.figure_forms import ArbitrateForm, FigureForm
from desktop.logbook.figures import indicator_card
from desktop.logbook.forms import Form
from desktop.logbook.parts import EntryRow, GravityBadge


class DossierPanel(QWidget):
    """List and content; a form at the bottom when a figure is written or settled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.node.info.zone)
        self.shown: OpenDossier | None = None
        self.form: Form | None = None
        self.setObjectName("dossierPanel")
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(self.read)
        desk.feed.on(DossierChanged, self._changed)
        desk.theme.changed.connect(self._draw)
        self.read()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.empty = EmptyState(self._desk.theme)
        self.empty.say(
            "folders",
            _("Aucun dossier"),
            _("Choisissez des entrées dans la liste, puis D : elles formeront un dossier."),
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Dossiers"))
        self.list.itemActivated.connect(self._activated)
        self.list.itemClicked.connect(self._activated)
        self.page = QWidget()
        self.page.setProperty("surface", "clear")
        self._lines = QVBoxLayout(self.page)
        self._lines.setContentsMargins(px(12), px(8), px(12), px(12))
        self._lines.setSpacing(px(10))
        self.reader = QScrollArea()
        self.reader.setWidgetResizable(True)
        self.reader.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader.setWidget(self.page)
        self.stack = QStackedWidget()
        for page in (self.empty, self.list, self.reader):
            self.stack.addWidget(page)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)

    # --- reading

    def read(self) -> None:
        """Read the list, and again the dossier that is open."""
        node = self._desk.node
        self._desk.tasks.run(node.logbook.dossiers, self._show_list)
        if self.shown is not None:
            self._read_one(self.shown.dossier.uid)

    def open(self, uid: str) -> None:
        """Show one dossier whole."""
        self._desk.docks.reveal("dossiers")
        self._read_one(uid)

    def _read_one(self, uid: str) -> None:
        node = self._desk.node
        self._desk.tasks.run(lambda: load_dossier(node, uid), self._show)

    def _changed(self, _change: DossierChanged) -> None:
        self._pause.start()

    def _activated(self, item: QListWidgetItem) -> None:
        self.open(str(item.data(Qt.ItemDataRole.UserRole)))

    # --- the list

    def _show_list(self, dossiers: list[Dossier]) -> None:
        self.list.clear()
        height = self._desk.theme.px(46)
        for dossier in dossiers:
            item = QListWidgetItem()
            item.setSizeHint(QSize(100, height))
            item.setData(Qt.ItemDataRole.UserRole, dossier.uid)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{dossier.number} {dossier.title}")
            self.list.addItem(item)
            self.list.setItemWidget(item, DossierRow(self._desk.theme, dossier))
        if self.shown is None:
            self.stack.setCurrentWidget(self.list if dossiers else self.empty)

    def back(self) -> None:
        """Back to the list."""
        self.shown = None
        self.close_form()
        self.stack.setCurrentWidget(self.list)
        self.list.setFocus()

    # --- one dossier

    def _show(self, shown: OpenDossier) -> None:
        self.shown = shown
        self._draw()
        self.stack.setCurrentWidget(self.reader)

    def _draw(self) -> None:
        if self.shown is None:
            return
        clear(self._lines)
        self._lines.addWidget(self._head(self.shown))
        self._lines.addWidget(self._figures(self.shown))
        self._lines.addWidget(self._entries(self.shown))
        self._lines.addStretch(1)

    def _head(self, shown: OpenDossier) -> QWidget:
        dossier, theme = shown.dossier, self._desk.theme
        box = Section(theme)
        line = QHBoxLayout()
        back = QPushButton(theme.icon("arrow-left"), _("Tous les dossiers"))
        back.setProperty("kind", "quiet")
        back.clicked.connect(self.back)
        line.addWidget(back)
        line.addStretch(1)
        on_map = QPushButton(theme.icon("filter", "accent"), _("Filtrer la liste et la carte"))
        on_map.setProperty("kind", "quiet")
        on_map.clicked.connect(
            lambda: self._desk.shared.search_asked.emit(f"dossier:{dossier.number}")
        )
        line.addWidget(on_map)
        box.body.addLayout(line)
        box.add(words(f"{dossier.number} – {dossier.title}", role="title"))
        state = QHBoxLayout()
        state.addWidget(GravityBadge(theme, dossier.gravity))
        state.addWidget(self._status(dossier))
        change = QPushButton(theme.icon("pencil"), _("Modifier"))
        change.setProperty("kind", "quiet")
        change.clicked.connect(lambda: self._ask(DossierEditForm(self._desk, dossier)))
        change.setVisible(self._may_write)
        state.addWidget(change)
        state.addStretch(1)
        box.body.addLayout(state)
        opened = _("ouvert {moment} par {who}").format(
            moment=wording.full_moment(dossier.opened_at, self._zone),
            who=shown.person(dossier.author),
        )
        box.add(words(opened, role="small", ink="muted"))
        return box

    def _status(self, dossier: Dossier) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(_("État du dossier"))
        choice.setEnabled(self._may_write)
        for status in DossierStatus:
            choice.addItem(_(DOSSIER_STATUS_WORDS[status]), str(status))
        choice.setCurrentIndex(list(DossierStatus).index(dossier.status))
        node = self._desk.node
        choice.activated.connect(
            lambda at: self._desk.tasks.run(
                lambda: node.logbook.edit_dossier(
                    dossier.uid, node.who, status=str(list(DossierStatus)[at])
                ),
                lambda _dossier: None,
                self._not_written,
                touches_store=True,
            )
        )
        return choice

    @property
    def _may_write(self) -> bool:
        return self._desk.node.who.may_write

    def _not_written(self, error: BaseException) -> None:
        """Show the dossier as it still is, and say why."""
        self._draw()
        self._desk.notices.failure(error)

    def _figures(self, shown: OpenDossier) -> QWidget:
        theme, now = self._desk.theme, self._desk.node.clock.now()
        box = Section(theme, _("Chiffres"))
        for indicator in shown.indicators:
            settle = self.arbitrate if self._may_write else None
            box.add(indicator_card(theme, indicator, self._zone, now, settle, shown.person))
        add = QPushButton(theme.icon("plus", "accent"), _("Ajouter un chiffre"))
        add.setProperty("kind", "quiet")
        add.clicked.connect(self.add_figure)
        add.setVisible(self._may_write)
        box.body.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _entries(self, shown: OpenDossier) -> QWidget:
        theme, now = self._desk.theme, self._desk.node.clock.now()
        box = Section(theme, wording.entries_count(len(shown.dossier.entries)))
        for entry in shown.entries:
            row = EntryRow(theme, entry, wording.short_moment(entry.event_time, self._zone, now))
            row.asked.connect(self._desk.shared.open)
            box.add(row)
        return box

    # --- forms

    def add_figure(self) -> None:
        """Ask for a figure."""
        if self.shown is not None:
            known = [indicator.name for indicator in self.shown.indicators]
            self._ask(FigureForm(self._desk, self.shown.dossier.uid, known))

    def arbitrate(self, indicator: Indicator) -> None:
        """Ask which wording is kept."""
        if self.shown is not None:
            self._ask(ArbitrateForm(self._desk, self.shown.dossier.uid, indicator))

    def _ask(self, form: Form) -> None:
        self.close_form()
        self.form = form
        form.closed.connect(self.close_form)
        self._whole.addWidget(form)
        form.begin()

    def close_form(self) -> None:
        """Put the form away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
