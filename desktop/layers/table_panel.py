"""The table of a calque: sorted, searched, kept to a selection; rows and the map follow one another."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.layers.table import MOMENTS, Asked, names
from beffroi.observations import Observation, ObservationsChanged, Order, Where
from beffroi.text import _, ngettext, number
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.layers.calques import Calques
from desktop.layers.cards import Cards
from desktop.layers.selecting import Selected
from desktop.layers.table_export import TableExport
from desktop.layers.table_model import TableModel

_CALM_MS = 250
_REFRESH_MS = 2_000
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TablePanel(QWidget):
    """What the dock "table" holds."""

    select_asked = Signal(str)
    """Select and join in this calque (uid)."""

    def __init__(self, desk: Desk, calques: Calques, cards: Cards) -> None:
        super().__init__()
        self._desk, self._calques, self._cards = desk, calques, cards
        self.uid = ""
        self._rid = 0
        self._order = Order()
        self._selected: Selected | None = None
        self.columns: list[str] = []
        self.model = TableModel(
            desk.tasks, desk.node.observations, ZoneInfo(desk.node.info.zone), self
        )
        self.export = TableExport(desk, lambda: calques[self.uid], lambda: self.asked, self)
        self.view = QTableView(self)
        self.empty = EmptyState(desk.theme)
        self.search = QLineEdit(self)
        self.column = QToolButton(self)
        self.count = QLabel(self)
        self.kept = QToolButton(self)
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._late = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._tools: list[tuple[QToolButton, str]] = []
        self._filter_on = ""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._prepare_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._bar())
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)
        self.empty.hide()
        self.empty.asked.connect(self._let_all_in)
        self.setFocusProxy(self.view)

    def _bar(self) -> QHBoxLayout:
        self.search.setPlaceholderText(_("Filtrer les lignes"))
        self.search.setAccessibleName(_("Filtrer les lignes"))
        self.search.setClearButtonEnabled(True)
        self.column.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.column.setText(_("Toutes les colonnes"))
        self.column.setToolTip(_("Colonne où chercher"))
        self.kept.setText(_("Sélection ✕"))
        self.kept.setToolTip(_("Montrer à nouveau toutes les lignes"))
        self.kept.hide()
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        for widget in (self.search, self.column, self.kept, self.count):
            row.addWidget(widget, 1 if widget is self.search else 0)
        for name, icon, words, run in (
            ("zoom", "focus-2", _("Zoomer sur la ligne"), self.zoom),
            ("card", "list-details", _("Fiche de l’objet"), self.open_card),
            ("entry", "message-plus", _("Créer une entrée depuis cet objet"), self.write),
            ("select", "layers-intersect", _("Sélectionner et croiser…"), self._select),
        ):
            row.addWidget(self._tool(name, icon, words, run))
        save = self._tool("export", "file-export", _("Exporter la table"), None)
        save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        save.setMenu(self.export.menu)
        row.addWidget(save)
        return row

    def _prepare_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(_("Table du calque"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(self._desk.theme.px(24))
        view.horizontalHeader().setSectionsMovable(True)
        view.horizontalHeader().setDefaultAlignment(_LEFT)
        view.setSortingEnabled(True)
        view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)

    def _tool(self, name: str, icon: str, words: str, run: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"table-{name}")
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setIcon(self._desk.theme.icon(icon))
        side = self._desk.theme.px(18)
        button.setIconSize(QSize(side, side))
        if callable(run):
            button.clicked.connect(lambda _checked=False: run())
        self._tools.append((button, icon))
        return button

    def _connect(self) -> None:
        self.model.settled.connect(self._settled)
        self.model.sort_asked.connect(self._sort)
        self.view.selectionModel().currentRowChanged.connect(lambda *_rows: self._chosen())
        self.view.activated.connect(lambda _index: self.open_card())
        self.search.textChanged.connect(lambda _text: self._calm.start())
        self._calm.timeout.connect(self.read)
        self._late.timeout.connect(self.read)
        self.kept.clicked.connect(lambda: self.keep_to(None))
        self._cards.opened.connect(self._on_the_map)
        self._desk.feed.on(ObservationsChanged, self._moved)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        for button, icon in self._tools:
            button.setIcon(self._desk.theme.icon(icon))

    # Which rows ----------------------------------------------------------------------------------

    def open(self, uid: str, rid: int = 0) -> None:
        """Show a calque, at a row when one is named."""
        self._rid = rid
        if uid == self.uid and rid and self._go_to(rid):
            return
        if uid != self.uid:
            self.uid, self._selected, self._filter_on = uid, None, ""
            self.search.clear()
            self._calm.stop()
        source = self._calques[uid].calque.source
        self._desk.tasks.run(partial(names, self._desk.node.observations, source), self._named)

    def _named(self, columns: list[str]) -> None:
        first = columns != self.columns
        self.columns = columns
        self.column.setMenu(self._column_menu())
        self.read()
        if first:
            head = self.view.horizontalHeader()
            for at, name in enumerate(columns):
                width = 200 if name == "@title" else 170 if name in MOMENTS else 130
                head.resizeSection(at, self._desk.theme.px(width))

    def _column_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("Toutes les colonnes"), partial(self._filter_by, ""))
        for at, name in enumerate(self.columns):
            words = self.model.headerData(at, Qt.Orientation.Horizontal) or name
            menu.addAction(str(words), partial(self._filter_by, name))
        return menu

    def _filter_by(self, column: str) -> None:
        self._filter_on = column
        self.column.setText(column or _("Toutes les colonnes"))
        if self.search.text():
            self.read()
        self.search.setFocus()

    @property
    def asked(self) -> Asked:
        """What the table shows now."""
        calque, text = self._calques[self.uid].calque, self.search.text().strip()
        where = calque.filter
        if text and self._filter_on:
            where, text = (*where, Where(self._filter_on, "contains", text)), ""
        only = self._selected.rids if self._selected else calque.rids or None
        return Asked(source=calque.source, where=where, text=text, order=self._order, only=only)

    def read(self) -> None:
        """Ask for the rows again."""
        if self.uid in self._calques:
            self.model.show(self.asked, self.columns)

    def _sort(self, order: Order) -> None:
        if order != self._order:
            self._order = order
            self.read()

    def keep_to(self, selected: Selected | None) -> None:
        """Keep the table to the result of a selection; None shows all again."""
        self._selected = selected
        self.kept.setVisible(selected is not None)
        self.kept.setText(f"{selected.words} ✕" if selected else "")
        self.read()

    def _moved(self, change: ObservationsChanged) -> None:
        kept = self._calques.kept.get(self.uid)
        shown = self.isVisible() and kept is not None and kept.calque.source == change.source
        if shown and not self._late.isActive():
            self._late.start()

    def _settled(self) -> None:
        count = len(self.model.rids)
        words = ngettext("{n} objet", "{n} objets", count)
        self.count.setText(words.replace("{n}", number(count)))
        self.view.setVisible(bool(count))
        self.empty.setVisible(not count)
        if not count:
            self._explain()
        if self._rid:
            self._go_to(self._rid)

    def _explain(self) -> None:
        """Why there is no row, and what to do about it."""
        sifted = bool(self.search.text().strip() or self._selected)
        if sifted:
            self.empty.say(
                "filter-off", _("Aucune ligne ne répond"),
                _("Rien de ce calque ne correspond à ce qui est demandé."), _("Tout montrer"),
            )  # fmt: skip
        elif self._calques[self.uid].calque.filter:
            self.empty.say(
                "filter", _("Le filtre du calque ne laisse rien passer"),
                _("Changez-le par «\u202fStyle et filtre…\u202f» dans le panneau Calques."),
            )  # fmt: skip
        else:
            self.empty.say(
                "broadcast", _("La source n’a encore rien dit"),
                _("Ses objets apparaîtront ici dès sa prochaine livraison."),
            )  # fmt: skip

    def _let_all_in(self) -> None:
        self.search.clear()
        self.keep_to(None)

    # Rows and the map ----------------------------------------------------------------------------

    def _go_to(self, rid: int) -> bool:
        row = self.model.row_of(rid)
        if row < 0:
            return False
        self._rid = rid
        self.view.selectRow(row)
        self.view.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def _chosen(self) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.model.rids):
            self._rid = int(self.model.rids[row])
            work = partial(self._desk.node.observations.one, self._rid)
            self._desk.tasks.run(work, self._ring)

    def _ring(self, found: Observation | None) -> None:
        if found is not None and found.rid == self._rid:
            self._desk.canvas.tell("calque-choose", found.geometry)

    def _on_the_map(self, uid: str, rid: int) -> None:
        if uid == self.uid and self.isVisible():
            self._go_to(rid)

    def zoom(self) -> None:
        """Show the row on the map, from near."""
        if self._rid:
            self._desk.docks.reveal("map")
            self._cards.zoom(self._rid)

    def open_card(self) -> None:
        """Show all that is known of the row, on the map."""
        if self._rid:
            self._desk.docks.reveal("map")
            self._cards.open(self.uid, self._rid)

    def write(self) -> None:
        """Ask for an entry about the row."""
        if self._rid:
            self._cards.write(self.uid, self._rid)

    def _select(self) -> None:
        self.select_asked.emit(self.uid)
