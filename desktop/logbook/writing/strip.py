"""The attachments of the entry being written: taken in at once, shown small, removable."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from beffroi.attachments import AttachmentRef, PhotoPosition
from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.flow import FlowBox
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.field import small_label
from desktop.logbook.writing.icons import IconButton
from desktop.logbook.writing.pasted import Incoming
from desktop.logbook.writing.screenshot import ScreenPicker
from desktop.logbook.writing.thumbnail import Thumbnail


class AttachmentStrip(QWidget):
    """Thumbnails in a row and the ways to add more; every refusal is a sentence in place."""

    changed = Signal()
    position_found = Signal(str, object)
    """The name of a photo and the `PhotoPosition` it carries."""

    def __init__(self, desk: Desk, *, compact: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._refs: tuple[AttachmentRef, ...] = ()
        self._fixed: frozenset[AttachmentRef] = frozenset()
        self._coming = 0
        self._refusals: list[str] = []
        self._picker: ScreenPicker | None = None
        theme = desk.theme
        self._row = FlowBox(self, gap=theme.px(6))
        self._trouble = small_label(ink="danger")
        self._trouble.hide()
        self._busy = small_label()
        self._busy.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        if not compact:
            layout.addWidget(self._buttons())
        for widget in (self._row, self._busy, self._trouble):
            layout.addWidget(widget)
        theme.changed.connect(self._draw)
        self._draw()

    def _buttons(self) -> QWidget:
        theme = self._desk.theme
        row = FlowBox(self, gap=theme.px(2), stretch_last=True)
        for icon, says, run in (
            ("file-plus", _("Fichier"), self.choose_files),
            ("screenshot", _("Capture d’écran"), self.take_screenshot),
        ):
            button = IconButton(theme, icon, says, self)
            button.setText(says)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(run)
            row.flow.addWidget(button)
        hint = Elided(_("ou déposez, collez image ou lien"), self)
        hint.setProperty("ink", "faint")
        hint.setProperty("role", "small")
        row.flow.addWidget(hint)
        return row

    # What it holds

    @property
    def refs(self) -> tuple[AttachmentRef, ...]:
        """The attachments, in order."""
        return self._refs

    @property
    def busy(self) -> bool:
        """Whether something is still being taken in."""
        return self._coming > 0

    def show_refs(
        self, refs: Sequence[AttachmentRef], *, fixed: Sequence[AttachmentRef] = ()
    ) -> None:
        """Show what an entry or a draft holds; `fixed` ones are published and stay."""
        if tuple(refs) != self._refs or frozenset(fixed) != self._fixed:
            self._refs, self._fixed = tuple(refs), frozenset(fixed)
            self._draw()

    def clear(self) -> None:
        """Start again from nothing."""
        self._trouble.hide()
        self.show_refs(())

    # What comes in

    def take(self, incoming: Incoming) -> None:
        """Take in what was dropped or pasted."""
        self._refusals.clear()
        self._trouble.hide()
        for path in incoming.files:
            self.add(Path(path).name, partial(self._read_file, Path(path)))
        for url in incoming.links:
            self._keep(AttachmentRef(name=url, url=url))
        for name, data in incoming.blobs:
            self.add(name, partial(self._read_bytes, name, data))

    def _read_file(self, path: Path) -> AttachmentRef:
        return self._desk.node.attachments.add_file(path, self._desk.node.who)

    def _read_bytes(self, name: str, data: Callable[[], bytes] | bytes) -> AttachmentRef:
        content = data if isinstance(data, bytes) else data()
        return self._desk.node.attachments.add_bytes(name, content, self._desk.node.who)

    def add(self, name: str, work: Callable[[], AttachmentRef]) -> None:
        """Check and encrypt one attachment in the background."""
        self._coming += 1
        self._busy.setText(_("Ajout de {name}…").format(name=name))
        self._busy.show()
        self._desk.tasks.run(work, self._arrived, self._refused, touches_store=True)

    def _arrived(self, ref: AttachmentRef) -> None:
        self._landed()
        self._keep(ref)
        if ref.media_type.startswith("image/"):
            attachments = self._desk.node.attachments
            self._desk.tasks.run(
                lambda: attachments.exif_position(ref.sha256),
                partial(self._placed, ref.name),
            )

    def _placed(self, name: str, position: PhotoPosition | None) -> None:
        if position is not None:
            self.position_found.emit(name, position)

    def _keep(self, ref: AttachmentRef) -> None:
        if ref not in self._refs:
            self._refs = (*self._refs, ref)
            self._draw()
            self.changed.emit()

    def _landed(self) -> None:
        self._coming -= 1
        self._busy.setVisible(self._coming > 0)

    def _refused(self, error: BaseException) -> None:
        self._landed()
        if not isinstance(error, BeffroiError):
            self.refuse(_("Cette pièce n’a pas pu être jointe : essayez d’en faire une copie."))
            raise error
        self.refuse(str(error))

    def refuse(self, sentence: str) -> None:
        """Say why something was not taken in; several things of one drop are all told."""
        self._refusals.append(sentence)
        self._trouble.setText("\n".join(self._refusals))
        self._trouble.show()

    @property
    def trouble_text(self) -> str:
        """The last refusal, if it still shows."""
        return "" if self._trouble.isHidden() else self._trouble.text()

    def remove(self, ref: AttachmentRef) -> None:
        """Take one out; published ones stay."""
        if ref not in self._fixed:
            self._refs = tuple(r for r in self._refs if r != ref)
            self._draw()
            self.changed.emit()

    def choose_files(self) -> None:
        """Choose files beside the main window, which stays usable."""
        dialog = QFileDialog(self.window(), _("Joindre des fichiers"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(False)
        dialog.filesSelected.connect(lambda paths: self.take(Incoming(files=tuple(paths))))
        dialog.show()

    def take_screenshot(self) -> None:
        """Let the person draw a part of the screen, or take it whole."""
        self._picker = ScreenPicker(self._desk.theme, self)
        self._picker.taken.connect(self.take)
        self._picker.start()

    def _draw(self) -> None:
        self._row.clear()
        for ref in self._refs:
            small = Thumbnail(self._desk, ref, fixed=ref in self._fixed)
            small.removed.connect(self.remove)
            self._row.flow.addWidget(small)
            small.show()
        self._row.setVisible(bool(self._refs))
        self._row.updateGeometry()
