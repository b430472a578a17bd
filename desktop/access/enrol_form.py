"""« Rejoindre un centre… », first step: the code once, then who one is there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from beffroi.sync.station import Station
from beffroi.text import _
from desktop.access.join_foot import Foot
from desktop.access.joining import machine_name
from desktop.access.secret_field import SecretField
from desktop.kit.pieces import words
from desktop.kit.theme import Theme


class EnrolForm(QWidget):
    """The code is asked for while this machine is not enrolled; account and secret always."""

    submitted = Signal(str, str, str, str)
    """Code ("" when enrolled already), station name, account, secret."""
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known = words("", ink="muted")
        self.code = QLineEdit(self)
        self.code.setPlaceholderText("https://…#…")
        self.code.setAccessibleName(_("Code d’enrôlement"))
        self.code.setToolTip(
            _("L’administrateur du centre le donne\u202f; il ne sert qu’une fois.")
        )
        self.name = QLineEdit(machine_name(), self)
        self.name.setAccessibleName(_("Nom de ce poste"))
        self.account = QLineEdit(self)
        self.account.setAccessibleName(_("Compte"))
        self.secret = SecretField(theme, self)
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setVerticalSpacing(theme.px(10))
        self.form.setHorizontalSpacing(theme.px(14))
        self.form.addRow(_("Code d’enrôlement"), self.code)
        self.form.addRow(_("Nom de ce poste"), self.name)
        self.form.addRow(_("Compte"), self.account)
        self.form.addRow(_("Mot de passe"), self.secret)
        self.capitals = QLabel(_("Les majuscules sont verrouillées."), self)
        self.capitals.setProperty("ink", "warning")
        self.capitals.hide()
        self.secret.capitals.connect(self.capitals.setVisible)
        self.foot = Foot(_("Continuer"), _("Demande au centre en cours"), self)
        self.foot.go.connect(self._submit)
        self.foot.back.connect(self.left)
        for line in (self.code, self.name, self.account, self.secret):
            line.returnPressed.connect(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(words(_("Rejoindre un centre"), role="title"))
        column.addWidget(self.known)
        column.addLayout(self.form)
        column.addWidget(self.capitals)
        column.addWidget(self.foot)
        column.addStretch()

    def offer(self, station: Station | None, account: str) -> None:
        """Start; `station` is this machine's enrolment, if it has one."""
        enrolled = station is not None
        for row in (self.code, self.name):
            self.form.setRowVisible(row, not enrolled)
        if station is not None:
            said = _("Ce poste est enrôlé auprès de {url} sous le nom de {name} ({code}).")
            self.known.setText(said.format(url=station.url, name=station.name, code=station.code))
        else:
            self.known.setText(
                _("Collez le code que l’administrateur du centre vous a donné pour ce poste.")
            )
        if account:
            self.account.setText(account)
        self.foot.say("")

    def focus_first_gap(self) -> None:
        """Put the keyboard in the first field that is still empty."""
        self._first_gap().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_gap(self) -> QLineEdit:
        shown = [f for f in (self.code, self.account, self.secret) if self.form.isRowVisible(f)]
        return next((field for field in shown if not field.text().strip()), self.secret)

    def _next(self) -> None:
        """Enter goes to the first field that is empty, and on when there is none."""
        gap = self._first_gap()
        if gap.text():
            self._submit()
        else:
            gap.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        code = self.code.text().strip() if self.form.isRowVisible(self.code) else ""
        if self.form.isRowVisible(self.code) and not code:
            self.foot.say(_("Collez d’abord le code d’enrôlement."))
        elif not self.account.text().strip():
            self.foot.say(_("Dites qui vous êtes\u00a0: tapez votre compte."))
        elif not self.secret.text():
            self.foot.say(_("Tapez votre mot de passe."))
        elif not self.foot.busy:
            self.foot.say("")
            name = self.name.text().strip() or machine_name()
            self.submitted.emit(code, name, self.account.text().strip(), self.secret.text())
