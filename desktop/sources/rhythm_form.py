"""How often a source is read again, when its silence is told, how long what it said is kept."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from beffroi.sources import words
from beffroi.text import _
from desktop.kit.pieces import words as label_of
from desktop.kit.theme import Theme

STREAMS = {"websocket", "tcp", "udp"}
"""Transports that bring things by themselves."""
ONCE = {"paste", "manual"}
"""Transports that nothing comes from any more."""
_SILENCE = (0, 60, 300, 900, 1800, 3600, 6 * 3600, 86_400, 7 * 86_400)


class RhythmForm(QWidget):
    """Three choices and one sentence that says what will happen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transport = "http"
        self._touched: set[str] = set()
        self.refresh = QComboBox(self)
        for seconds in words.REFRESH:
            self.refresh.addItem(words.every(seconds), seconds)
        self.expect = QComboBox(self)
        for seconds in _SILENCE:
            said = words.span(seconds) if seconds else _("jamais")
            self.expect.addItem(said, seconds)
        self.retention = QComboBox(self)
        for seconds in words.RETENTION:
            self.retention.addItem(words.kept(seconds), seconds)
        self.told = label_of("", role="small", ink="muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        rows = (
            (_("Relire"), self.refresh),
            (_("En retard après"), self.expect),
            (_("Conserver"), self.retention),
        )
        for row, (name, box) in enumerate(rows):
            label = QLabel(name, self)
            label.setProperty("ink", "muted")
            label.setBuddy(box)
            box.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.told, len(rows), 0, 1, 2)
        self.refresh.activated.connect(lambda _at: self._period_chosen())
        self.expect.activated.connect(lambda _at: self._touch("expect_s"))
        self.retention.activated.connect(lambda _at: self._touch("retention_s"))
        self._say()

    def forget(self) -> None:
        """Another source: everything may be proposed."""
        self._touched.clear()

    def propose(self, transport: str, fields: Mapping[str, Any]) -> None:
        """Fill what the officer has not chosen."""
        self._transport = transport
        boxes = {
            "refresh_s": self.refresh, "expect_s": self.expect, "retention_s": self.retention
        }  # fmt: skip
        for name, box in boxes.items():
            if name in fields and name not in self._touched:
                select(box, int(fields[name]))
        if "expect_s" not in fields and "expect_s" not in self._touched:
            select(self.expect, usual_silence(int(self.refresh.currentData())))
        self.refresh.setEnabled(transport not in STREAMS | ONCE)
        self.expect.setEnabled(transport not in ONCE)
        self._say()

    def keep(self, transport: str, fields: Mapping[str, Any]) -> None:
        """Show a source as it is: nothing of it is proposed anew."""
        self.forget()
        self.propose(transport, fields)
        self._touched = {"refresh_s", "expect_s", "retention_s"}

    def _period_chosen(self) -> None:
        if "expect_s" not in self._touched:
            select(self.expect, usual_silence(int(self.refresh.currentData())))
        self._touch("refresh_s")

    def _touch(self, name: str) -> None:
        self._touched.add(name)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        expect = int(self.expect.currentData())
        if self._transport in ONCE:
            said = _(
                "Rien ne viendra de plus\u00a0: ce qui est là reste jusqu’à ce qu’on le retire."
            )
        elif not expect:
            said = _("Son silence ne sera pas signalé.")
        else:
            said = _(
                "Silencieuse {span}, elle est dite en retard\u202f; ses dernières données restent, datées."
            ).format(span=words.span(expect))
        self.told.setText(said)

    def fields(self) -> dict[str, Any]:
        """What is chosen, by the names of `Source`."""
        once = self._transport in ONCE
        return {
            "refresh_s": 0 if once else int(self.refresh.currentData()),
            "expect_s": 0 if once else int(self.expect.currentData()),
            "retention_s": int(self.retention.currentData()),
        }


def usual_silence(refresh_s: int) -> int:
    """After how long a source read so often is late: three turns missed, one of those offered."""
    if not refresh_s:
        return 0
    return next((offered for offered in _SILENCE if offered >= 3 * refresh_s), _SILENCE[-1])


def select(box: QComboBox, seconds: int) -> None:
    """Choose a length of time, adding it when it is none of those offered."""
    at = box.findData(seconds)
    if at < 0:
        box.addItem(words.span(seconds), seconds)
        at = box.count() - 1
    box.setCurrentIndex(at)
