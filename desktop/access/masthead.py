"""The top of the login panel: the belfry, the name, and what the chosen profile says of itself."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beffroi import resources
from beffroi.errors import BeffroiError
from beffroi.profile import read_info
from beffroi.text import N_, _
from desktop.kit.theme import Theme

_SAYS = {
    "real": N_("Conduite réelle"),
    "exercise": N_("EXERCICE"),
    "test": N_("TEST"),
    "training": N_("FORMATION"),
}


class Masthead(QWidget):
    """Tells one is at the right door."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = theme.px(52)
        logo = QLabel(self)
        icon = QIcon(str(resources.root() / "icons" / "beffroi.svg"))
        logo.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))
        name = QLabel(_("Beffroi"), self)
        name.setFont(theme.font("big", bold=True))
        self._profile = QLabel(self)
        self._profile.setProperty("ink", "muted")
        self._profile.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(self._profile)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        row.addWidget(logo)
        row.addLayout(words, 1)

    def show_profile(self, folder: Path | None, *, quiet: bool = False) -> None:
        """Say the title and the mode of a profile; nothing secret is needed for it.

        `quiet`: no profile is asked for at this step.
        """
        self._profile.setVisible(not quiet)
        if folder is None:
            self._profile.setText(_("Choisissez un profil, ou rejoignez un centre."))
            return
        try:
            info = read_info(folder)
        except BeffroiError as error:
            self._profile.setText(str(error))
            return
        self._profile.setText(f"{info.title} – {_(_SAYS[info.mode])}")
