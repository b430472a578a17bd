"""Where a source comes from: an address recognised as one types, a file, a folder, a paste."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.sources import addresses
from beffroi.sources.addresses import Origin
from beffroi.text import N_, _
from desktop.kit.flow import FlowBox
from desktop.kit.keys import Line
from desktop.kit.pieces import words
from desktop.kit.theme import Theme

ICONS = {
    "": "drag-drop",
    "file": "file",
    "folder": "folder",
    "http": "world",
    "websocket": "broadcast",
    "tcp": "antenna",
    "udp": "antenna",
    "imap": "mail",
    "paste": "clipboard-text",
    "manual": "pencil",
    "attachment": "paperclip",
}
"""One icon per transport."""
_WAYS = (
    ("file", N_("Fichier…"), "file-plus"),
    ("folder", N_("Dossier…"), "folder-plus"),
    ("paste", N_("Coller"), "clipboard-text"),
    ("manual", N_("Saisir…"), "pencil"),
)


class OriginPane(QWidget):
    """Tells what is to be read; reads nothing itself."""

    chosen = Signal(object)
    """An `Origin` to be read now."""
    files_chosen = Signal(object)
    """Several paths: each will be a source."""
    manual_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        formats: Callable[[], Sequence[tuple[str, str]]],
        parent: QWidget | None = None,
    ) -> None:
        """`formats()` gives id and title of what can be read."""
        super().__init__(parent)
        self._theme = theme
        self._formats = formats
        self._kept = ""
        self.origin = Origin()
        self.address = Line(self)
        self.address.setPlaceholderText(_("https://…, tcp://…, fichier, dossier"))
        self.address.setAccessibleName(_("Adresse de la source"))
        self.address.setClearButtonEnabled(True)
        self.address.textChanged.connect(self._typed)
        self.address.returnPressed.connect(self.go)
        self.read = QPushButton(_("Lire"), self)
        self.read.setEnabled(False)
        self.read.clicked.connect(self.go)
        self._picture = QLabel(self)
        self.hint = words("", ink="muted")
        self.secret = Line(self)
        self.secret.setEchoMode(Line.EchoMode.Password)
        self.secret.setPlaceholderText(_("Clé ou mot de passe, s’il en faut un"))
        self.secret.setAccessibleName(_("Clé ou mot de passe de la source"))
        self.secret.setToolTip(_("Gardé chiffré dans ce profil, jamais partagé ni affiché."))
        self.secret.setMaxLength(1024)
        self.secret.returnPressed.connect(self.go)
        self.pasted = QPlainTextEdit(self)
        self.pasted.setAccessibleName(_("Texte collé"))
        self.pasted.setFont(theme.font("small", mono=True))
        self.pasted.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.pasted.setMaximumHeight(theme.px(120))
        self.pasted.textChanged.connect(self._text_changed)
        self._lay_out()
        self._say()
        theme.changed.connect(self._say)

    def _lay_out(self) -> None:
        px = self._theme.px
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(self.address, 1)
        line.addWidget(self.read)
        told = QHBoxLayout()
        told.setSpacing(px(6))
        told.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.hint, 1)
        self.ways = FlowBox(self, gap=px(5))
        for way, title, icon in _WAYS:
            button = QPushButton(_(title), self.ways)
            button.setIcon(self._theme.icon(icon))
            button.setObjectName(f"origin-{way}")
            button.clicked.connect(lambda _on=False, way=way: self._take(way))
            self.ways.flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(line)
        column.addLayout(told)
        column.addWidget(self.secret)
        column.addWidget(self.pasted)
        column.addWidget(self.ways)

    # What is known

    def offer(self, origin: Origin) -> None:
        """Show an origin that came from elsewhere: a drop, a paste, a source being changed."""
        self._set_text(origin.text)
        self.address.blockSignals(True)
        self.address.setText("" if origin.transport == "attachment" else origin.address)
        self.address.setToolTip(self.address.text())
        self.address.blockSignals(False)
        self.origin = origin
        self._say()

    def _set_text(self, text: str) -> None:
        self._kept = text
        self.pasted.blockSignals(True)
        self.pasted.setPlainText(text[:20_000])
        self.pasted.setReadOnly(len(text) > 20_000)
        self.pasted.blockSignals(False)

    def _typed(self, text: str) -> None:
        self.origin = addresses.recognise(text)
        if self.origin.transport == "paste":
            self.offer(self.origin)
            self.go()
            return
        self._say()

    def _text_changed(self) -> None:
        self._kept = self.pasted.toPlainText()
        self.origin = Origin(transport="paste", text=self._kept)
        self._say()

    def _say(self) -> None:
        origin = self.origin
        said = _(addresses.HINTS[origin.transport])
        if origin.format:
            title = dict(self._formats()).get(origin.format, origin.format)
            said += _(" – sans doute {format}").format(format=title)
        typed = self.address.text().strip()
        if typed and not origin.known:
            said = _("Ni adresse ni fichier connu\u00a0: vérifiez ce qui est écrit.")
        self.hint.setText(said)
        side = self._theme.px(18)
        ink = "accent" if origin.known else "muted"
        icon = self._theme.icon(ICONS[origin.transport], ink)
        self._picture.setPixmap(icon.pixmap(QSize(side, side)))
        self.read.setEnabled(origin.known and origin.transport != "manual")
        self.secret.setVisible(origin.transport in ("http", "websocket", "imap"))
        self.pasted.setVisible(origin.transport == "paste")

    # What is asked

    def go(self) -> None:
        """Read what is shown."""
        if self.origin.known and self.origin.transport != "manual":
            self.chosen.emit(self.origin)

    def _take(self, way: str) -> None:
        match way:
            case "file":
                self._choose_files()
            case "folder":
                self._choose_folder()
            case "paste":
                self.paste(QGuiApplication.clipboard().text())
            case _:
                self.manual_asked.emit()

    def paste(self, text: str) -> None:
        """Take a text: an address goes into the field, anything else is the data itself."""
        origin = addresses.recognise(text)
        if not origin.known and text.strip():
            origin = Origin(transport="paste", text=text[: addresses.MAX_PASTE])
        if not origin.known:
            self.hint.setText(_("Le presse-papiers est vide\u00a0: copiez d’abord quelque chose."))
            return
        self.offer(origin)
        self.go()

    def _choose_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choisir un ou plusieurs fichiers"))
        self.take_files([Path(name) for name in names])

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, _("Choisir un dossier à surveiller")):
            self.take_files([Path(name)])

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files or a folder were chosen or dropped."""
        if len(paths) == 1:
            self.offer(addresses.of_file(paths[0]))
            self.go()
        elif paths:
            self.files_chosen.emit(list(paths))
