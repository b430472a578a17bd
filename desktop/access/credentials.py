"""The first step of the login panel: which profile, which account, and its secret."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.access import Keyring
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.profile import KEYRING_FILE, is_profile
from beffroi.text import _
from desktop.access.secret_field import SecretField
from desktop.kit.preferences import Preferences
from desktop.kit.theme import Theme


class CredentialsForm(QWidget):
    """Three fields and a button; what is wrong is said below them, in place."""

    submitted = Signal(object, str, str)
    profile_changed = Signal(object)
    join_asked = Signal()
    """The person wants to work with a centre that this station does not know yet."""

    def __init__(
        self, theme: Theme, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.profile = QComboBox(self)
        self.profile.setAccessibleName(_("Profil"))
        self.account = QComboBox(self)
        self.account.setEditable(True)
        self.account.setAccessibleName(_("Compte"))
        self.secret = SecretField(theme, self)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setProperty("ink", "danger")
        self.capitals = QLabel(_("Les majuscules sont verrouillées."), self)
        self.capitals.setProperty("ink", "warning")
        self.capitals.hide()
        self.enter = QPushButton(_("Ouvrir"), self)
        self.enter.setProperty("kind", "primary")
        self.enter.setDefault(True)
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setAccessibleName(_("Ouverture en cours"))
        self._progress.hide()
        self._lay_out(theme)
        self._connect()
        for name in preferences.profiles:
            if is_profile(Path(name)):
                self._add(Path(name))
        self._profile_chosen()

    def _lay_out(self, theme: Theme) -> None:
        browse = QToolButton(self)
        browse.setProperty("kind", "button")
        browse.setIcon(theme.icon("folder-open"))
        browse.setToolTip(_("Choisir un autre dossier"))
        browse.setAccessibleName(_("Choisir un autre dossier"))
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(6)
        where.addWidget(self.profile, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.px(10))
        form.setHorizontalSpacing(theme.px(14))
        form.addRow(_("Profil"), where)
        form.addRow(_("Compte"), self.account)
        form.addRow(_("Mot de passe"), self.secret)
        self.join = QPushButton(_("Rejoindre un centre…"), self)
        self.join.setProperty("kind", "quiet")
        self.join.clicked.connect(self.join_asked)
        foot = QHBoxLayout()
        foot.addWidget(self.join)
        foot.addWidget(self._progress, 1)
        foot.addStretch()
        foot.addWidget(self.enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(form)
        column.addWidget(self.capitals)
        column.addWidget(self.message)
        column.addStretch()
        column.addLayout(foot)

    def _connect(self) -> None:
        self.profile.currentIndexChanged.connect(self._profile_chosen)
        self.secret.capitals.connect(self.capitals.setVisible)
        self.secret.returnPressed.connect(self._submit)
        self.enter.clicked.connect(self._submit)
        line = self.account.lineEdit()
        if line is not None:
            line.returnPressed.connect(self.secret.setFocus)

    # What is chosen

    @property
    def folder(self) -> Path | None:
        """The chosen profile's folder."""
        chosen = self.profile.currentData()
        return Path(chosen) if chosen else None

    def choose(self, folder: Path, account: str = "") -> None:
        """Choose a profile, known before or not, and an account of it."""
        self._add(folder)
        self.profile.setCurrentIndex(self.profile.findData(str(folder.absolute())))
        if account:
            self.account.setCurrentText(account)

    def _add(self, folder: Path) -> None:
        name = str(folder.absolute())
        if self.profile.findData(name) < 0:
            self.profile.addItem(f"{folder.name}  ({folder.parent})", name)
            self.profile.setItemData(self.profile.count() - 1, name, 3)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Dossier du profil"))
        if chosen:
            self.choose(Path(chosen))

    def _profile_chosen(self) -> None:
        self.message.clear()
        self.account.clear()
        folder = self.folder
        if folder is not None and is_profile(folder):
            try:
                self.account.addItems(Keyring(folder / KEYRING_FILE, Clock()).accounts())
            except BeffroiError as error:
                self.refuse(str(error))
            self.account.setCurrentText(self._preferences.accounts.get(str(folder), ""))
        self.profile_changed.emit(folder)

    # Submitting

    def _submit(self) -> None:
        folder, account = self.folder, self.account.currentText().strip()
        if folder is None:
            self.refuse(_("Choisissez d’abord le dossier d’un profil."))
        elif not account:
            self.refuse(_("Dites qui vous êtes : choisissez votre compte."))
        elif not self.secret.text():
            self.refuse(_("Tapez votre mot de passe."))
        elif self.enter.isEnabled():
            self.message.clear()
            self.submitted.emit(folder, account, self.secret.text())

    def refuse(self, sentence: str) -> None:
        """Say what is wrong, and let the secret be typed again."""
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self._progress.hide()
        self.secret.setProperty("wrong", bool(self.secret.text()))
        self.secret.style().polish(self.secret)
        self.secret.selectAll()
        self.secret.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the profile is being opened."""
        self.enter.setEnabled(not busy)
        self._progress.setVisible(busy)

    def focus_first_gap(self) -> None:
        """Put the keyboard in the first field that is still empty."""
        gap = self.secret if self.account.currentText() else self.account
        gap.setFocus()
