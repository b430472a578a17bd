"""« Rejoindre un centre… », second step: which workspace, and where its profile will lie."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.sync.wire import WorkspaceInfo
from beffroi.text import N_, _
from desktop.access.join_foot import Foot
from desktop.access.joining import profile_place
from desktop.kit.pieces import words
from desktop.kit.theme import Theme

_MODES = {
    "real": N_("Conduite réelle"),
    "exercise": N_("EXERCICE"),
    "test": N_("TEST"),
    "training": N_("FORMATION"),
}
_CODE = Qt.ItemDataRole.UserRole


class WorkspaceForm(QWidget):
    """The workspaces that the centre opens to this person."""

    submitted = Signal(str, object)
    """The workspace's code and the folder (`Path`) of its profile."""
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.greeting = words("", role="title")
        self.list = QListWidget(self)
        self.list.setProperty("surface", "card")
        self.list.setAccessibleName(_("Espace de travail"))
        self.list.setMinimumHeight(theme.px(150))
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _item: self._submit())
        self.folder = QLineEdit(self)
        self.folder.setAccessibleName(_("Dossier du profil"))
        browse = QToolButton(self)
        browse.setProperty("kind", "button")
        browse.setIcon(theme.icon("folder-open"))
        browse.setToolTip(_("Choisir un autre dossier"))
        browse.setAccessibleName(_("Choisir un autre dossier"))
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(6)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        self.foot = Foot(_("Rejoindre"), _("Préparation du profil"), self)
        self.foot.go.connect(self._submit)
        self.foot.back.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.greeting)
        column.addWidget(words(_("Quel espace de travail rejoignez-vous\u202f?")))
        column.addWidget(self.list, 1)
        column.addWidget(words(_("Le profil, chiffré, sera gardé dans"), ink="muted"))
        column.addLayout(where)
        column.addWidget(self.foot)
        self.setFocusProxy(self.list)

    def offer(self, person: str, workspaces: Sequence[WorkspaceInfo]) -> None:
        """Show what may be joined."""
        self.greeting.setText(_("Bonjour {person}").format(person=person))
        self.list.clear()
        for info in workspaces:
            mode = _(_MODES[info.mode]) if info.mode in _MODES else info.mode
            item = QListWidgetItem(f"{info.title} – {mode}")
            item.setData(_CODE, info.workspace)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.foot.on.setEnabled(bool(workspaces))
        self.foot.say(
            "" if workspaces else _("Aucun espace ne vous est ouvert\u00a0: demandez-le au centre.")
        )

    def _code(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_CODE))

    def _chosen(self, _row: int) -> None:
        if code := self._code():
            self.folder.setText(str(profile_place(code)))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Dossier du profil"))
        if chosen:
            self.folder.setText(chosen)

    def _submit(self) -> None:
        place = self.folder.text().strip()
        if not place:
            self.foot.say(_("Choisissez le dossier où garder le profil."))
        elif self._code() and not self.foot.busy:
            self.foot.say("")
            self.submitted.emit(self._code(), Path(place))
