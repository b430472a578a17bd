"""Says on the map that a search's results lie outside the period shown, and offers to show them."""

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from beffroi.text import _, ngettext, number


class HiddenByTime(QFrame):
    """A strip lying on the map, at the bottom in the middle; gone when there is nothing to say."""

    show_all = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setObjectName("map-hidden")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.words = QLabel(self)
        self.button = QPushButton(_("Tout montrer"), self)
        self.button.setToolTip(_("Fermer la frise et montrer toutes les entrées"))
        self.button.clicked.connect(self.show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self.words)
        row.addWidget(self.button)
        host.installEventFilter(self)
        self.hide()

    def say(self, count: int) -> None:
        """So many results are hidden, and none is shown; zero: nothing to say."""
        self.setVisible(count > 0)
        if count:
            words = ngettext(
                "{n} entrée hors de la période affichée",
                "{n} entrées hors de la période affichée",
                count,
            )
            self.words.setText(words.format(n=number(count)))
            self._place(self._host.size())
            self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place(self._host.size())
        return False

    def _place(self, room: QSize) -> None:
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 36)
