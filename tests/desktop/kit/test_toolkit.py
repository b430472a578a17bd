"""The toolkit's own traps, guarded (see `map.md` §2)."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calling_qt_takes_no_reference_away_from_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for n in range(2000):
        label.setText(str(n))
        label.update()
    assert abs(sys.getrefcount(None) - before) < 200
