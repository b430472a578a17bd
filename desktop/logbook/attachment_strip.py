"""The attachments of an entry: look at images, save documents, open links once their address is seen."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.attachments import AttachmentRef
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import Section, clear, words
from desktop.logbook.image_viewer import ImageViewer
from desktop.logbook.writing.thumbnail import Thumbnail

Act = tuple[str, Callable[[], None]]
SAFE_SCHEMES = frozenset({"http", "https"})


class Card(Thumbnail):
    """An attachment that opens by a click or Enter."""

    opened = Signal()

    def __init__(self, desk: Desk, ref: AttachmentRef) -> None:
        super().__init__(desk, ref, fixed=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            event.ignore()


class AttachmentStrip(Section):
    """Cards side by side; the one chosen says below what can be done with it."""

    def __init__(self, desk: Desk, refs: Sequence[AttachmentRef]) -> None:
        super().__init__(desk.theme, _("Pièces jointes"))
        self._desk = desk
        self._images = [r for r in refs if r.media_type.startswith("image/")]
        flow = FlowBox(gap=desk.theme.px(6))
        for ref in refs:
            card = Card(desk, ref)
            card.opened.connect(lambda r=ref: self.open(r))
            flow.flow.addWidget(card)
        self.add(flow)
        self.choices = QWidget()
        self.choices.hide()
        self._lines = QVBoxLayout(self.choices)
        self._lines.setContentsMargins(0, desk.theme.px(2), 0, 0)
        self.add(self.choices)

    def open(self, ref: AttachmentRef) -> None:
        """Look at an image; say what can be done with anything else."""
        if ref.url:
            self._offer(
                _("Ce lien mène hors de Beffroi\u00a0:\n{url}").format(url=ref.url),
                [(_("Ouvrir dans le navigateur"), lambda: self._browse(ref.url)),
                 (_("Copier l’adresse"), lambda: QGuiApplication.clipboard().setText(ref.url))],
            )  # fmt: skip
            return
        if ref in self._images:
            ImageViewer(self._desk, self.window(), self._images, self._images.index(ref))
        self._offer(
            _("{name}\u00a0: une copie sort du profil en clair, l’export est tracé.").format(
                name=ref.name
            ),
            [(_("Enregistrer une copie…"), lambda: self._ask_where(ref))],
        )

    def _offer(self, sentence: str, acts: Sequence[Act]) -> None:
        clear(self._lines)
        self._lines.addWidget(words(sentence, role="small", ink="muted"))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        for title, act in acts:
            button = QPushButton(title)
            button.clicked.connect(lambda _on=False, run=act: run())
            line.addWidget(button)
        line.addStretch(1)
        self._lines.addWidget(row)
        self.choices.show()

    def _browse(self, address: str) -> None:
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if url.scheme().lower() in SAFE_SCHEMES and url.isValid():
            node = self._desk.node
            self._desk.tasks.run(
                lambda: node.audit.record(node.who, "link.open", address), lambda _none: None,
                touches_store=True,
            )  # fmt: skip
            QDesktopServices.openUrl(url)
        else:
            self._desk.notices.warn(
                _(
                    "Cette adresse n’est pas une page web\u00a0: copiez-la si vous lui faites confiance."
                )
            )

    def _ask_where(self, ref: AttachmentRef) -> None:
        dialog = QFileDialog(self.window(), _("Enregistrer une copie"), ref.name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(ref.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.save(ref, Path(path)))
        dialog.open()

    def save(self, ref: AttachmentRef, path: Path) -> None:
        """Write a copy outside the profile; the trail keeps who took it."""
        node = self._desk.node
        self._desk.tasks.run(
            lambda: node.attachments.export_copy(ref.sha256, path, node.who),
            lambda to: self._desk.notices.done(
                _("{name} est enregistré.").format(name=to.name),
                (_("Ouvrir"), partial(_show_file, to)),
            ),
            touches_store=True,
        )


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
