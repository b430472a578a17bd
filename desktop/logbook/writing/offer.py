"""« Position de la photo : … Utiliser »: something found that the person may take or leave."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from beffroi.attachments import PhotoPosition
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.icons import IconButton, IconLabel
from desktop.logbook.writing.place import degrees


class PhotoOffer(QWidget):
    """The position a photo carries is proposed, never taken."""

    taken = Signal(float, float)
    """Longitude, latitude."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._point: tuple[float, float] | None = None
        picture = IconLabel(theme, "photo", "accent", self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "small")
        self.use = QPushButton(_("Utiliser"), self)
        self.use.setProperty("kind", "quiet")
        self.use.clicked.connect(self._use)
        leave = IconButton(theme, "x", _("Ignorer"), self, side=14)
        leave.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(picture)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.use)
        layout.addWidget(leave)
        self.hide()

    def propose(self, name: str, position: PhotoPosition) -> None:
        """Say where the photo was taken."""
        self._point = (position.lon, position.lat)
        self._words.setText(
            _("Position de « {name} » : {point}").format(
                name=name, point=degrees(position.lon, position.lat)
            )
        )
        self.show()

    def _use(self) -> None:
        self.hide()
        if self._point is not None:
            self.taken.emit(*self._point)
