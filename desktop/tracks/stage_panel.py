"""The stage under way: its legs, what begins next, how it ends in a report."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.errors import BeffroiError
from beffroi.text import _, ngettext
from beffroi.tracks import gpx
from beffroi.tracks.stage import STATUS_WORDS, Leg, Stage, close, start_leg
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import clear, words
from desktop.kit.shared import Prefill
from desktop.tracks.setups import Setups, zone_of
from desktop.tracks.stage_form import StageForm
from desktop.tracks.tracker import Tracker
from desktop.tracks.words import hour

MOST_LEGS = 9
LONGEST = 32
"""How many signs of a leg's name a button shows."""


class StagePanel(QWidget):
    """One stage at a time, chosen among those that there are."""

    closed = Signal(str, object)
    """The stage (uid, `Stage`) was closed just now: its report is to be written."""

    def __init__(self, desk: Desk, tracker: Tracker, setups: Setups) -> None:
        super().__init__()
        self._desk = desk
        self._tracker = tracker
        self._setups = setups
        px = desk.theme.px
        head = QLabel(_("Étape"))
        head.setProperty("role", "section")
        self.which = QComboBox()
        self.which.setAccessibleName(_("Étape"))
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.which.currentIndexChanged.connect(self._draw)
        line = QHBoxLayout()
        line.addWidget(head)
        line.addWidget(self.which, 1)
        self._legs = QVBoxLayout()
        self._legs.setSpacing(px(2))
        self.start = QPushButton(desk.theme.icon("player-play"), _("Démarrer tronçon"))
        self.start.clicked.connect(self.start_leg)
        self.end = QPushButton(desk.theme.icon("flag-3"), _("Clore étape"))
        self.end.clicked.connect(self.close_stage)
        self.new = QPushButton(desk.theme.icon("file-import"), _("Étape depuis un GPX…"))
        self.new.clicked.connect(self.ask_gpx)
        self.edit = QPushButton(desk.theme.icon("edit"), _("Préparer…"))
        self.edit.clicked.connect(self.prepare)
        self._form: StageForm | None = None
        acts = FlowBox(gap=px(6))
        for button in (self.start, self.end, self.edit, self.new):
            acts.flow.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(6))
        self._forms = QVBoxLayout()
        whole.addLayout(line)
        whole.addLayout(self._legs)
        whole.addLayout(self._forms)
        whole.addWidget(acts)
        setups.changed.connect(self._fill)
        self._fill()

    @property
    def uid(self) -> str:
        """The stage that is shown; empty for none."""
        return str(self.which.currentData() or "")

    @property
    def stage(self) -> Stage | None:
        """What it says."""
        return self._setups.now.stages.get(self.uid)

    def _fill(self) -> None:
        shown = self.uid
        self.which.blockSignals(True)
        self.which.clear()
        for uid, stage in self._setups.now.stages.items():
            self.which.addItem(f"{stage.title} ({_(STATUS_WORDS[stage.status])})", uid)
        self.which.setCurrentIndex(max(0, self.which.findData(shown)))
        self.which.blockSignals(False)
        self._draw()

    def _draw(self) -> None:
        clear(self._legs)
        stage = self.stage
        self.which.setVisible(stage is not None)
        writes = self._desk.node.who.may_write and self._desk.link.may("edit", "track")
        going = stage is not None and stage.status != "done"
        self.start.setEnabled(writes and going and stage is not None and stage.next is not None)
        self.end.setEnabled(writes and stage is not None and stage.status == "started")
        self.new.setEnabled(writes)
        self.edit.setEnabled(writes and going)
        if stage is None:
            hint = _("Aucune étape\u00a0: un GPX d’itinéraires donne un tronçon par ligne.")
            self._legs.addWidget(words(hint, ink="muted"))
            return
        coming = stage.next
        said = (
            _("Démarrer {leg}").format(leg=stage.legs[coming].title)
            if coming is not None
            else _("Démarrer tronçon")
        )
        self.start.setText(said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…")
        self.start.setToolTip(said)
        zone, shown = self._zone(stage), around(len(stage.legs), stage.current, coming)
        self._more(_("{n} avant"), shown.start)
        for leg in stage.legs[shown.start : shown.stop]:
            self._legs.addWidget(self._leg(leg, zone))
        self._more(_("{n} après"), len(stage.legs) - shown.stop)

    def _more(self, said: str, count: int) -> None:
        """Say how many legs are not shown."""
        if count:
            told = ngettext("{n} tronçon", "{n} tronçons", count).format(n=count)
            self._legs.addWidget(words(said.format(n=told), role="small", ink="muted"))

    def _leg(self, leg: Leg, zone: ZoneInfo) -> QLabel:
        if leg.start is None and leg.planned_start is None:
            said, ink = leg.title, "muted"
        elif leg.start is None:
            planned = hour(leg.planned_start or 0, zone)
            said, ink = (
                _("{leg}\u00a0: prévu {planned}").format(leg=leg.title, planned=planned),
                "muted",
            )
        elif leg.end is None:
            begun = hour(leg.start, zone)
            said, ink = (
                _("{leg}\u00a0: en cours depuis {hour}").format(leg=leg.title, hour=begun),
                "accent",
            )
        else:
            times = f"{hour(leg.start, zone)} – {hour(leg.end, zone)}"
            said, ink = f"{leg.title}\u00a0: {times}", ""
        return words(said, ink=ink)

    def _zone(self, stage: Stage) -> ZoneInfo:
        return zone_of(stage, self._desk.node.info.zone)

    def start_leg(self) -> None:
        """Begin the next leg, and propose its entry."""
        self._change(start_leg, self._begun)

    def close_stage(self) -> None:
        """End the stage, and hand it over for its report."""
        self._change(close, self.closed.emit)

    def _change(
        self, change: Callable[[Stage, int], Stage], done: Callable[[str, Stage], None]
    ) -> None:
        stage, uid, now = self.stage, self.uid, self._tracker.now
        if stage is None:
            return
        try:
            after = change(stage, now)
        except BeffroiError as error:
            self._desk.notices.warn(str(error))
            return
        self._setups.keep_stage(uid, after, lambda _sheet: done(uid, after))

    def _begun(self, _uid: str, stage: Stage) -> None:
        leg = stage.legs[stage.current or 0]
        lon, lat = self._where(stage)
        begun = hour(leg.start or 0, self._zone(stage))
        text = _("{hour} – Départ {leg}, {title} ").format(
            hour=begun, leg=leg.title, title=stage.title
        )
        self._desk.shared.entry_asked.emit(Prefill(text=text, lon=lon, lat=lat))

    def _where(self, stage: Stage) -> tuple[float | None, float | None]:
        one = self._tracker.following.one(stage.track, self._tracker.now)
        if one is not None:
            return one.last.lon, one.last.lat
        leg = stage.legs[stage.current or 0]
        return leg.line[0] if leg.line else (None, None)

    def prepare(self) -> None:
        """Ask for the track, the planned hours and the forces of the stage that is shown."""
        if self.stage is not None:
            self._prepare(self.uid, self.stage)

    def _prepare(self, uid: str, stage: Stage) -> None:
        self._leave_form()
        moving = self._tracker.following.moving(self._tracker.now)
        self._form = StageForm(self._desk, self._setups, uid, stage, moving)
        self._form.closed.connect(self._leave_form)
        self._forms.addWidget(self._form)
        self._form.begin()

    def _leave_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self.edit.setFocus()

    def ask_gpx(self) -> None:
        """Choose a GPX whose lines become legs."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Étape depuis un GPX"), "", "GPX (*.gpx)")
        if name:
            self.from_gpx(Path(name))

    def from_gpx(self, path: Path) -> None:
        """A stage of the lines of a file, one leg each."""
        self._desk.tasks.run(partial(_stage, path), partial(self._prepare, ""))


def around(count: int, current: int | None, coming: int | None) -> range:
    """Which of `count` legs are shown: those around the one under way, or the next."""
    at = current if current is not None else coming if coming is not None else count
    first = max(0, min(at - 2, count - MOST_LEGS))
    return range(first, min(count, first + MOST_LEGS))


def _stage(path: Path) -> Stage:
    lines = gpx.lines_in(gpx.taken_from(path), path.name)
    legs = tuple(
        Leg(title=title or _("T{n}").format(n=n), line=line)
        for n, (title, line) in enumerate(lines, 1)
    )
    return Stage(title=path.stem, legs=legs)
