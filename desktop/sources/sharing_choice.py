"""« Pour moi seul » or « Partager »: said before it happens, with what it will carry."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.kit.marking_choice import MarkingChoice
from desktop.kit.pieces import words
from desktop.kit.theme import Theme


class SharingChoice(QWidget):
    """Private unless the officer says otherwise."""

    changed = Signal()

    def __init__(
        self, theme: Theme, *, may_share: bool, marking: str = "DR", caveats: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
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
        self.limits = MarkingChoice(theme, caveats, self)
        self.limits.choose(marking)
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
        column.addWidget(self.limits)
        column.addWidget(self.told)
        self.shared.toggled.connect(lambda _on: self._say())
        self._say()

    def _say(self) -> None:
        on = self.shared.isChecked()
        self.limits.setVisible(on)
        if on:
            said = _("Visible de ceux qui ont droit à cette mention\u202f; votre nom y figure.")
        else:
            said = _("Reste dans ce profil, chiffrée\u202f; vous pourrez la partager plus tard.")
        self.told.setText(said)
        self.changed.emit()

    @property
    def is_shared(self) -> bool:
        """Whether others will see it."""
        return self.shared.isChecked()

    def keep(self, *, shared: bool, marking: str, caveats: Sequence[str] = ()) -> None:
        """Show a source as it is: what others see cannot be taken back into one's own corner."""
        self.shared.setChecked(shared)
        self.alone.setChecked(not shared)
        self.alone.setEnabled(not shared)
        self.limits.choose(marking, caveats)
        self.limits.setEnabled(not shared)
        self._say()
