"""Replays entries by the time of the event: a window that slides over the days, at a chosen speed."""

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from beffroi.logbook.points import Points
from beffroi.text import N_, _
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.map.columns import Array
from desktop.map.histogram import Histogram
from desktop.map.two_lines import TwoLines

_TICK_MS = 80
_BINS = 160
_HOUR = 3600
_WINDOWS = (
    (N_("30 minutes"), _HOUR // 2),
    (N_("1 heure"), _HOUR),
    (N_("3 heures"), 3 * _HOUR),
    (N_("12 heures"), 12 * _HOUR),
    (N_("24 heures"), 24 * _HOUR),
    (N_("Depuis le début"), 0),
)
_SPEEDS = (
    (N_("10 min par seconde"), 600),
    (N_("1 h par seconde"), _HOUR),
    (N_("3 h par seconde"), 3 * _HOUR),
    (N_("12 h par seconde"), 12 * _HOUR),
)


class TimeBar(QWidget):
    """What lies under the map when time is replayed; `changed` tells the window in UTC ms."""

    changed = Signal(object, object)
    closed = Signal()

    def __init__(
        self, theme: Theme, tasks: Tasks, points: Points, zone: ZoneInfo, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._theme, self._tasks, self._points, self._zone = theme, tasks, points, zone
        self._start, self._end = 0.0, 1.0
        self._since, self._until = 0.0, 0.0
        self.histogram = Histogram(theme, zone, self)
        self.play = QToolButton(self)
        self.play.setObjectName("time-play")
        self.play.setCheckable(True)
        self.play.toggled.connect(self._run)
        self.span = _choice(_WINDOWS, _("Durée montrée à la fois"), 2, self)
        self.span.currentIndexChanged.connect(lambda _index: self._place(self._until))
        self.speed = _choice(_SPEEDS, _("Vitesse du rejeu"), 1, self)
        self.moment = QLabel(self)
        self.close_button = QToolButton(self)
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(_("Fermer la frise et montrer toutes les entrées"))
        self.close_button.clicked.connect(self.closed)
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._count = QTimer(self, singleShot=True, interval=800)
        self._count.timeout.connect(self._recount)
        self.histogram.moved.connect(self._dragged)
        theme.changed.connect(self._dress)
        self._lay_out()
        self._dress()

    def _lay_out(self) -> None:
        self.lines = TwoLines((self.play, self.moment), (self.span, self.speed), self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 8, 0)
        row.setSpacing(0)
        row.addWidget(self.lines, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.histogram)

    # opening, counting

    def begin(self) -> None:
        """Take in the whole period, and show its last hours."""
        start, end = self._points.extent() or (0, 1000)
        self._start, self._end = start // 1000, end // 1000 + 1
        self._recount()
        self._place(self._end)

    def end(self) -> None:
        """Stop; every entry is shown again."""
        self.play.setChecked(False)
        self.changed.emit(None, None)

    def entries_changed(self) -> None:
        """The bars are out of date."""
        if self.isVisible():
            self._count.start()

    def _recount(self) -> None:
        start, end = int(self._start * 1000), int(self._end * 1000)
        self._tasks.run(partial(self._points.hist, start, end, _BINS), self._counted)

    def _counted(self, counts: Array) -> None:
        self.histogram.show_counts(counts, self._start, self._end)
        self.histogram.set_window(self._since, self._until)

    # playing

    def _run(self, play: bool) -> None:
        if play:
            if self._until >= self._end:
                self._place(self._start)
            self._clock.start()
        else:
            self._clock.stop()
        self._paint()

    def _tick(self) -> None:
        self._place(self._until + self.speed.currentData() * _TICK_MS / 1000)
        if self._until >= self._end:
            self.play.setChecked(False)

    def _place(self, until: float) -> None:
        length = self.span.currentData() or until - self._start
        self._until = min(max(until, self._start), self._end)
        self._since = max(self._start, self._until - length)
        self.histogram.set_window(self._since, self._until)
        self._tell()

    def _dragged(self, since: float, until: float) -> None:
        self._since, self._until = since, until
        self._tell()

    def _tell(self) -> None:
        since, until = self._local(self._since), self._local(self._until)
        same_day = since.date() == until.date()
        self.moment.setText(
            f"{since:%d/%m/%Y %H:%M} – {until:%H:%M}"
            if same_day
            else f"{since:%d/%m/%Y %H:%M} – {until:%d/%m %H:%M}"
        )
        wanted = self.moment.sizeHint().width()
        self.moment.setMinimumWidth(max(self.moment.minimumWidth(), wanted))
        self.changed.emit(int(self._since * 1000), int(self._until * 1000))

    def _local(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)

    def _dress(self) -> None:
        self.histogram.setMinimumHeight(self._theme.px(76))
        self.moment.setFont(self._theme.font("small", bold=True))
        self.moment.setMinimumWidth(0)
        self._paint()

    def _paint(self) -> None:
        playing = self.play.isChecked()
        self.play.setIcon(self._theme.icon("player-pause" if playing else "player-play"))
        self.play.setToolTip(_("Pause") if playing else _("Rejouer les entrées dans le temps"))
        self.close_button.setIcon(self._theme.icon("x"))


def _choice(options: tuple[tuple[str, int], ...], name: str, at: int, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    for words, value in options:
        box.addItem(_(words), value)
    box.setCurrentIndex(at)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
