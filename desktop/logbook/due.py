"""When something must be done: a delay picked in a list, or an hour typed (« 06:30 »)."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from beffroi import when
from beffroi.text import N_, _
from desktop.kit.pieces import words
from desktop.logbook import wording

DELAYS: tuple[tuple[str, int], ...] = (
    (N_("15 min"), 15),
    (N_("30 min"), 30),
    (N_("1 h"), 60),
    (N_("2 h"), 120),
    (N_("6 h"), 360),
)
NEVER = N_("sans échéance")
UNREAD = N_("Je ne comprends pas cette échéance : écrivez par exemple 06:30, 45 min ou 2 h.")
_DELAY = re.compile(r"(?:dans\s+)?(\d{1,3})\s*(min|mn|h|j|d)", re.IGNORECASE)
_UNITS = {"m": wording.MINUTE, "h": wording.HOUR, "j": wording.DAY, "d": wording.DAY}


def moment_of(said: str, now: int, zone: ZoneInfo) -> int | None:
    """The moment that « 45 min », « 2 h » or « 06:30 » names; an hour gone by is tomorrow's."""
    delay = _DELAY.fullmatch(said.strip())
    if delay is not None:
        return now + int(delay[1]) * _UNITS[delay[2][0].lower()]
    named = when.parse(said, now=now, zone=zone)
    if named is None:
        return None
    tomorrow = named.start + wording.DAY
    return named.start if named.start > now else tomorrow if tomorrow > now else None


class DueChoice(QWidget):
    """An editable list of delays, and the moment that it means."""

    entered = Signal()

    def __init__(self, now: Callable[[], int], zone: ZoneInfo) -> None:
        super().__init__()
        self._now, self._zone = now, zone
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setAccessibleName(_("Échéance"))
        for word, _minutes in DELAYS:
            self.box.addItem(_(word))
        self.box.addItem(_(NEVER))
        self.box.setCurrentIndex(1)
        self.said = words("", role="small", ink="muted")
        """The moment it means, or what is wrong; whoever holds the list puts it under it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.currentTextChanged.connect(self._tell)
        line = self.box.lineEdit()
        if line is not None:
            line.returnPressed.connect(self.entered)
        self._tell()

    @property
    def understood(self) -> bool:
        """Whether what is typed is a moment to come, or nothing."""
        return self.never or self.due is not None

    @property
    def never(self) -> bool:
        """Whether no time is set."""
        return self.box.currentText().strip() in {"", _(NEVER)}

    @property
    def due(self) -> int | None:
        """The moment (UTC ms), or None."""
        said = self.box.currentText().strip()
        if self.never:
            return None
        now = self._now()
        known = next((minutes for word, minutes in DELAYS if said == _(word)), 0)
        return now + known * wording.MINUTE if known else moment_of(said, now, self._zone)

    def _tell(self) -> None:
        due = self.due
        if due is not None:
            self.said.setText(wording.full_moment(due, self._zone))
        else:
            self.said.setText("" if self.never else _(UNREAD))
        self.said.setProperty("ink", "muted" if self.understood else "danger")
        self.said.style().polish(self.said)
