"""« Bulle… »: how a track is followed, its circles and corridor, the rules that raise alerts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
)

from beffroi.text import _
from beffroi.tracks.rules import Bubble, Rules, Setup
from desktop.api import Desk
from desktop.kit.pieces import words
from desktop.tracks.form import DockForm
from desktop.tracks.setups import Setups


class BubbleForm(DockForm):
    """A form inside the dock; Escape gives up, what is wrong is said in it."""

    def __init__(self, desk: Desk, setups: Setups, setup: Setup, *, known: bool) -> None:
        super().__init__(desk, _("Bulle et règles"), _("Suivre"), self._keep_setup)
        self._setups = setups
        self._setup = setup
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
        self._fill(setup)
        if known:
            self.add_button(_("Ne plus suivre"), "quiet", self._stop, at=0)
        self.lay_out(_("Bulle et règles\u00a0: {track}").format(track=setup.title or setup.track))

    def _fill(self, setup: Setup) -> None:
        self.rows.addRow(_("Nom"), self.title)
        self.rows.addRow(_("Itinéraire"), self.stage)
        for name, label, value, unit in _numbers(setup):
            self.rows.addRow(label, self._number(name, label, value, unit))
        if self._setups.now.calques:
            self.rows.addRow(_("Points sensibles"), self.points)
            self.rows.addRow(_("Zones surveillées"), self.zones)
        else:
            hint = _("Créez un calque de points ou de zones pour être averti à leur approche.")
            self.rows.addRow(words(hint, role="small", ink="muted"))

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

    def _keep_setup(self) -> None:
        self._setups.keep(self.said(), lambda _sheet: self.closed.emit(), self.refused)

    def _stop(self) -> None:
        self._setups.forget(self._setup.track)
        self.closed.emit()


def _numbers(setup: Setup) -> tuple[tuple[str, str, float, str], ...]:
    """Each number that is asked for: its name, its words, what it is now, its unit."""
    bubble, rules = setup.bubble, setup.rules
    return (
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
    )


def _ticked(found: QListWidget) -> tuple[str, ...]:
    items = (found.item(n) for n in range(found.count()))
    checked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
    return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in checked)
