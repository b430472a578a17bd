"""The dock of grounds: the gauge, what there is and how strong, and what can be added."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSlider,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from beffroi.basemaps.pack import SUFFIXES
from beffroi.basemaps.shelf import Installed
from beffroi.basemaps.words import described
from beffroi.text import _
from desktop.api import Desk
from desktop.basemaps.address_form import AddressForm
from desktop.basemaps.gauge import GaugeBar
from desktop.basemaps.grounds import Grounds, Row
from desktop.kit.pieces import words

DOCK = "basemaps"
_UID = Qt.ItemDataRole.UserRole
_LEAST = 10


class BasemapsPanel(QWidget):
    """Packs and pictures of the network, with a box to show them and a slider for their strength."""

    def __init__(self, desk: Desk, grounds: Grounds) -> None:
        super().__init__()
        self._desk, self._grounds = desk, grounds
        self._drawing = False
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.gauge = GaugeBar(desk, grounds)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(1)
        self.tree.setAccessibleName(_("Fonds de carte"))
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.about = words("", ink="muted")
        self.form = AddressForm(desk, grounds)
        self.form.hide()
        layout = QVBoxLayout(self)
        edge = desk.theme.px(10)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(desk.theme.px(8))
        for widget in (self.gauge, self.tree, self.about):
            layout.addWidget(widget, 1 if widget is self.tree else 0)
        layout.addLayout(self._strength())
        layout.addLayout(self._acts())
        layout.addWidget(self.form)
        self.tree.itemChanged.connect(self._checked)
        self.tree.currentItemChanged.connect(lambda *_items: self._describe())
        grounds.changed.connect(self.draw)
        self.draw()

    def _strength(self) -> QHBoxLayout:
        row = QHBoxLayout()
        label = QLabel(_("Opacité"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(_LEAST, 100)
        self.slider.setAccessibleName(_("Opacité du fond choisi"))
        self.slider.sliderReleased.connect(self._faded)
        self.slider.actionTriggered.connect(self._key_faded)
        label.setBuddy(self.slider)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        return row

    def _acts(self) -> QVBoxLayout:
        theme = self._desk.theme
        self.install = QPushButton(theme.icon("download"), _("Installer un fond…"))
        self.install.clicked.connect(self.ask_files)
        self.address = QPushButton(theme.icon("world"), _("Adresse…"))
        self.address.setToolTip(_("Ajouter un fond du réseau, par son adresse"))
        self.address.setCheckable(True)
        self.address.toggled.connect(self.form.setVisible)
        self.form.done.connect(lambda: self.address.setChecked(False))
        self.see = QPushButton(theme.icon("focus-2"), _("Aller voir"))
        self.see.clicked.connect(self.go)
        self.remove = QPushButton(theme.icon("trash"), _("Retirer"))
        self.remove.clicked.connect(self._remove)
        column = QVBoxLayout()
        for pair in ((self.install, self.address), (self.see, self.remove)):
            line = QHBoxLayout()
            for button in pair:
                line.addWidget(button, 1)
            column.addLayout(line)
        return column

    # what it shows

    def draw(self) -> None:
        """List the grounds again; the chosen one stays chosen."""
        chosen = self._uid
        self._drawing = True
        self.tree.clear()
        rows = self._grounds.rows
        packs = [row for row in rows if row.pack]
        first = self._branch(_("Sur ce poste"), packs, chosen)
        self._branch(_("Par le réseau"), [row for row in rows if row.online], chosen)
        self._drawing = False
        if not self._uid and packs and (item := first.child(0)) is not None:
            self.tree.setCurrentItem(item)
        self._describe()

    def _branch(self, title: str, rows: list[Row], chosen: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self.tree, [title])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setFont(0, self._desk.theme.font("small", bold=True))
        head.setExpanded(True)
        for row in rows:
            item = QTreeWidgetItem(head, [row.title])
            item.setData(0, _UID, row.uid)
            item.setIcon(0, self._mark(row))
            if row.pack and row.pack.problem:
                item.setToolTip(0, row.pack.problem)
            else:
                on = Qt.CheckState.Checked if row.opacity > 0 else Qt.CheckState.Unchecked
                item.setCheckState(0, on)
            if row.uid == chosen:
                self.tree.setCurrentItem(item)
        if not rows:
            empty = QTreeWidgetItem(
                head, [_("Aucun\u00a0: déposez un fichier .pmtiles sur la carte")]
            )
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
        return head

    def _mark(self, row: Row) -> QIcon:
        theme = self._desk.theme
        if row.pack and row.pack.problem:
            return theme.icon("alert-triangle", "warning")
        return theme.icon("world" if row.online else "map-2")

    @property
    def _uid(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, _UID) or "") if item else ""

    @property
    def _row(self) -> Row | None:
        return next((row for row in self._grounds.rows if row.uid == self._uid), None)

    def _describe(self) -> None:
        row = self._row
        self.slider.setEnabled(bool(row and row.opacity > 0))
        self.see.setEnabled(bool(row and row.pack and row.pack.pack))
        self.remove.setEnabled(bool(row and row.own))
        if row is None:
            self.about.setText("")
            return
        self.slider.setValue(round((row.opacity or 1.0) * 100))
        if row.pack:
            self.about.setText(described(row.pack.pack) if row.pack.pack else row.pack.problem)
        elif row.online:
            self.about.setText(
                _(
                    "Tuiles demandées au réseau quand on regarde la carte, gardées chiffrées ici. {who}"
                ).format(who=row.online.attribution)
            )

    # what it does

    def _checked(self, item: QTreeWidgetItem) -> None:
        uid = str(item.data(0, _UID) or "")
        if not self._drawing and uid:
            self._grounds.show(uid, float(item.checkState(0) == Qt.CheckState.Checked))

    def _faded(self) -> None:
        if row := self._row:
            self._grounds.show(row.uid, self.slider.value() / 100)

    def _key_faded(self) -> None:
        if not self.slider.isSliderDown() and (row := self._row):
            self._grounds.show(row.uid, max(_LEAST, self.slider.sliderPosition()) / 100)

    def go(self) -> None:
        """Show the box of the chosen pack."""
        row = self._row
        if row and row.pack and row.pack.pack:
            self._desk.canvas.tell("fit", {"box": row.pack.pack.box})

    def _remove(self) -> None:
        if row := self._row:
            self._grounds.remove(row)

    def ask_files(self) -> None:
        """Ask for packs and install them."""
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _filter = QFileDialog.getOpenFileNames(
            self,
            _("Installer un fond de carte"),
            "",
            _("Fonds de carte ({pattern})").format(pattern=pattern),
        )
        self.take([Path(name) for name in names])

    def take(self, files: list[Path]) -> None:
        """Install packs that somebody chose or dropped, then show where they are."""
        self._grounds.install(files, self._arrived)

    def shut(self) -> None:
        """Let go of packs and of the network before the window goes."""
        self._grounds.shut()

    def _arrived(self, one: Installed) -> None:
        if one.pack:
            self._desk.canvas.tell("fit", {"box": one.pack.box})
