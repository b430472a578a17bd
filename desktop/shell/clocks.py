"""The clocks of the bandeau: Paris, the workspace's own zone when it differs, and UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beffroi.clock import Clock, to_datetime
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.shell.modes import ZONE_WORDS


def zones_shown(local: str) -> tuple[str, ...]:
    """The zones to show for a workspace in `local`, Paris first and UTC last."""
    middle = () if local in {"Europe/Paris", "UTC"} else (local,)
    return ("Europe/Paris", *middle, "UTC")


def zone_word(zone: str) -> str:
    """What the desk calls a zone."""
    return _(ZONE_WORDS[zone]) if zone in ZONE_WORDS else zone.rsplit("/", 1)[-1].replace("_", " ")


def day_gap(moment: datetime, reference: datetime) -> str:
    """« +1 j » or « −1 j » when the day differs from the reference zone's, else nothing."""
    days = (moment.date() - reference.date()).days
    return "" if days == 0 else _("{sign}{n} j").format(sign="+" if days > 0 else "−", n=abs(days))


class Face(QFrame):
    """One zone's clock."""

    def __init__(self, zone: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clock")
        self._zone = ZoneInfo(zone)
        self._word = zone_word(zone)
        self._theme = theme
        self.name = QLabel(self._word, self)
        self.name.setProperty("ink", "faint")
        self.time = QLabel(self)
        self.seconds = QLabel(self)
        self.seconds.setProperty("ink", "faint")
        row = QHBoxLayout()
        row.setSpacing(1)
        row.addWidget(self.time)
        row.addWidget(self.seconds)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 3, 10, 3)
        layout.setSpacing(0)
        layout.addWidget(self.name)
        layout.addLayout(row)
        self.dress()

    def dress(self) -> None:
        """Take the fonts of the theme."""
        self.name.setFont(self._theme.font("tiny"))
        self.time.setFont(self._theme.font("title", bold=True))
        self.seconds.setFont(self._theme.font("tiny"))
        widest = self.time.fontMetrics().horizontalAdvance("00h00")
        self.time.setMinimumWidth(widest + 1)
        self.seconds.setMinimumWidth(self.seconds.fontMetrics().horizontalAdvance(":00") + 1)

    def show_moment(self, millis: int, *, dated: bool = False) -> None:
        """Show this moment in the clock's zone, `dated` when it is not the world's."""
        here = to_datetime(millis, self._zone)
        gap = day_gap(here, to_datetime(millis, ZoneInfo("Europe/Paris")))
        beside = f"{here:%d/%m/%Y}" if dated else gap
        self.name.setText(f"{self._word} {beside}".strip())
        self.time.setText(f"{here:%Hh%M}")
        self.seconds.setText(f":{here:%S}")
        offset = f"{here:%z}"
        self.setToolTip(
            _("{day} – UTC{offset}").format(
                day=f"{here:%d/%m/%Y %Hh%M}", offset=f"{offset[:3]}:{offset[3:]}"
            )
        )
        self.setAccessibleName(f"{self._word} {here:%Hh%M}")


class Clocks(QWidget):
    """All the clocks, ticking together on the second."""

    def __init__(
        self, clock: Clock, zone: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.faces = [Face(each, theme, self) for each in zones_shown(zone)]
        for face in self.faces:
            layout.addWidget(face)
            theme.changed.connect(face.dress)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.tick)
        self.tick()

    def tick(self) -> None:
        """Show the present moment, and come back at the next full second."""
        now = self._clock.now()
        for face in self.faces:
            face.show_moment(now, dated=self._clock.replayed)
        self._timer.start(1000 - now % 1000)
