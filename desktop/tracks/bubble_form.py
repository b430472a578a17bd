"""« Bulle… »: how a track is followed, its circles and corridor, the rules that raise alerts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.text import _
from beffroi.tracks.rules import Bubble, Rules, Setup
from desktop.api import Desk
from desktop.kit.pieces import words
from desktop.tracks.setups import Setups


class BubbleForm(QWidget):
    """A form inside the dock; Escape gives up, what is wrong is said in it."""

    closed = Signal()

    def __init__(self, desk: Desk, setups: Setups, setup: Setup, *, known: bool) -> None:
        super().__init__()
        self._desk = desk
        self._setups = setups
        self._setup = setup
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Bulle et règles"))
        self.title = QLineEdit(setup.title)
        self.title.setPlaceholderText(setup.track)
        self.stage = QComboBox()
        self.stage.addItem(_("Aucun itinéraire"), "")
        for uid, one in setups.now.stages.items():
            self.stage.addItem(one.title, uid)
        self.stage.setCurrentIndex(max(0, self.stage.findData(setup.stage)))
        self._numbers: dict[str, QDoubleSpinBox] = {}
        self.points = self._choice(setup.points)
        self.zones = self._choice(setup.zones)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setProperty("ink", "danger")
        self.trouble.hide()
        self._build(setup, known=known)

    def _build(self, setup: Setup, *, known: bool) -> None:
        px = self._desk.theme.px
        form = QFormLayout()
        form.setVerticalSpacing(px(5))
        form.addRow(_("Nom"), self.title)
        form.addRow(_("Itinéraire"), self.stage)
        bubble, rules = setup.bubble, setup.rules
        for name, label, value, unit in (
            ("inner_m", _("Cercle intérieur"), bubble.inner_m, "m"),
            ("middle_m", _("Cercle moyen"), bubble.middle_m, "m"),
            ("ahead_m", _("Couloir devant"), bubble.ahead_m, "m"),
            ("behind_m", _("Couloir derrière"), bubble.behind_m, "m"),
            ("width_m", _("Largeur du couloir"), bubble.width_m, "m"),
            ("point_m", _("Point sensible à moins de"), rules.ahead_m, "m"),
            ("off_route_m", _("Hors itinéraire au-delà de"), rules.off_route_m, "m"),
            ("stop_s", _("À l’arrêt depuis plus de"), rules.stop_s, "s"),
            ("amber_s", _("Sans position depuis plus de"), rules.amber_s, "s"),
            ("red_s", _("Position perdue après"), rules.red_s, "s"),
        ):
            form.addRow(label, self._number(name, label, value, unit))
        if self._setups.now.calques:
            form.addRow(_("Points sensibles"), self.points)
            form.addRow(_("Zones surveillées"), self.zones)
        else:
            hint = _("Créez un calque de points ou de zones pour être averti à leur approche.")
            form.addRow(words(hint, role="small", ink="muted"))
        save = QPushButton(_("Suivre"))
        save.setProperty("kind", "primary")
        save.clicked.connect(self.submit)
        leave = QPushButton(_("Abandonner"))
        leave.setProperty("kind", "quiet")
        leave.clicked.connect(self.closed)
        line = QHBoxLayout()
        if known:
            stop = QPushButton(_("Ne plus suivre"))
            stop.setProperty("kind", "quiet")
            stop.clicked.connect(self._stop)
            line.addWidget(stop)
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(save)
        head = QLabel(_("Bulle et règles\u00a0: {track}").format(track=setup.title or setup.track))
        head.setProperty("role", "section")
        head.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(12), px(10))
        whole.setSpacing(px(6))
        whole.addWidget(head)
        whole.addLayout(form)
        whole.addWidget(self.trouble)
        whole.addLayout(line)

    def _number(self, name: str, label: str, value: float, unit: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(0, 100_000)
        box.setDecimals(0)
        box.setSuffix(f"\u202f{unit}")
        box.setSpecialValueText(_("sans effet"))
        box.setValue(value)
        box.setAccessibleName(label)
        self._numbers[name] = box
        return box

    def _choice(self, chosen: tuple[str, ...]) -> QListWidget:
        """Calques with a box to tick beside each."""
        found = QListWidget()
        found.setMaximumHeight(self._desk.theme.px(86))
        for uid, title in self._setups.now.calques:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, uid)
            ticked = Qt.CheckState.Checked if uid in chosen else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            found.addItem(item)
        return found

    def begin(self) -> None:
        """Give the keyboard to the first field."""
        self.title.setFocus()

    def said(self) -> Setup:
        """The set-up as the form says it."""
        n = {name: box.value() for name, box in self._numbers.items()}
        return Setup(
            track=self._setup.track,
            title=self.title.text().strip(),
            bubble=Bubble(
                inner_m=n["inner_m"], middle_m=n["middle_m"], ahead_m=n["ahead_m"],
                behind_m=n["behind_m"], width_m=n["width_m"],
            ),
            rules=Rules(
                ahead_m=n["point_m"], off_route_m=n["off_route_m"], stop_s=n["stop_s"],
                still_m=self._setup.rules.still_m, amber_s=n["amber_s"], red_s=n["red_s"],
            ),
            stage=str(self.stage.currentData()),
            points=_ticked(self.points),
            zones=_ticked(self.zones),
        )  # fmt: skip

    def submit(self) -> None:
        """Follow the track in this way."""
        try:
            self._setups.keep(self.said(), lambda _sheet: self.closed.emit(), self._refused)
        except BeffroiError as error:
            self._refused(error)

    def _stop(self) -> None:
        self._setups.forget(self._setup.track)
        self.closed.emit()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, BeffroiError):
            self._desk.notices.failure(error)
            return
        self.trouble.setText(str(error))
        self.trouble.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)


def _ticked(found: QListWidget) -> tuple[str, ...]:
    items = (found.item(n) for n in range(found.count()))
    checked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
    return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in checked)
