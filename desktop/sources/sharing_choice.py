"""« Pour moi seul » or « Partager »: said before it happens, with the marking that it will carry."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.access.buckets import MARKINGS
from beffroi.text import N_, _
from desktop.kit.pieces import words
from desktop.kit.theme import Theme

_MARKING_WORDS = {
    "NP": N_("Non protégé"),
    "DR": N_("Diffusion restreinte"),
    "DR_SF": N_("Diffusion restreinte – Spécial France"),
}


class SharingChoice(QWidget):
    """Private unless the officer says otherwise."""

    changed = Signal()

    def __init__(
        self, theme: Theme, *, may_share: bool, marking: str = "DR", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.alone = QRadioButton(_("Pour moi seul"), self)
        self.shared = QRadioButton(_("Partager avec le centre"), self)
        group = QButtonGroup(self)
        group.addButton(self.alone)
        group.addButton(self.shared)
        self.alone.setChecked(True)
        self.shared.setEnabled(may_share)
        if not may_share:
            self.shared.setToolTip(_("Votre rôle ne partage pas de calques ici."))
        self.marking = QComboBox(self)
        self.marking.setAccessibleName(_("Mention de protection"))
        for code in MARKINGS:
            self.marking.addItem(_(_MARKING_WORDS[code]), code)
        self.marking.setCurrentIndex(max(0, self.marking.findData(marking)))
        self.told = words("", role="small", ink="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        line = QHBoxLayout()
        line.setSpacing(theme.px(14))
        line.addWidget(self.alone)
        line.addWidget(self.shared)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.marking)
        column.addWidget(self.told)
        self.shared.toggled.connect(lambda _on: self._say())
        self._say()

    def _say(self) -> None:
        on = self.shared.isChecked()
        self.marking.setVisible(on)
        if on:
            said = _("Visible de ceux qui ont droit à cette mention\u00a0; votre nom y figure.")
        else:
            said = _("Reste dans ce profil, chiffrée\u00a0; vous pourrez la partager plus tard.")
        self.told.setText(said)
        self.changed.emit()

    @property
    def is_shared(self) -> bool:
        """Whether others will see it."""
        return self.shared.isChecked()

    @property
    def chosen_marking(self) -> str:
        """The marking it will carry."""
        return str(self.marking.currentData())

    def keep(self, *, shared: bool, marking: str) -> None:
        """Show a source as it is: what others see cannot be taken back into one's own corner."""
        self.shared.setChecked(shared)
        self.alone.setChecked(not shared)
        self.alone.setEnabled(not shared)
        self.marking.setCurrentIndex(max(0, self.marking.findData(marking)))
        self._say()
