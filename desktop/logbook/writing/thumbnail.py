"""One attachment seen small, with its name and a cross."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.attachments import AttachmentRef
from beffroi.text import _
from desktop.api import Desk
from desktop.logbook import wording
from desktop.logbook.writing.icons import Cross

SIDE = 40


class Thumbnail(QWidget):
    """A picture or an icon, the name, the size."""

    removed = Signal(object)

    def __init__(self, desk: Desk, ref: AttachmentRef, *, fixed: bool) -> None:
        super().__init__()
        self._desk, self._ref = desk, ref
        theme = desk.theme
        self.setObjectName("thumb")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#thumb {{ background: {theme.hex('raised')}; border-radius: {theme.px(6)}px;"
            f" border: 1px solid {theme.hex('border')}; }}"
            f"#thumb:focus {{ border: 1px solid {theme.hex('accent')}; }}"
        )
        self.setAccessibleName(ref.name)
        self.setToolTip(ref.url or ref.name)
        self._picture = QLabel(self)
        self._picture.setFixedSize(theme.px(SIDE), theme.px(SIDE))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icon = "link" if ref.url else "photo" if _is_image(ref) else "file-text"
        self._picture.setPixmap(theme.icon(icon).pixmap(QSize(theme.px(20), theme.px(20))))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(3), theme.px(3), theme.px(3), theme.px(3))
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._picture)
        layout.addLayout(self._words())
        if not fixed:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            cross = Cross(theme, _("Retirer {what}").format(what=ref.name), self)
            cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            cross.clicked.connect(lambda: self.removed.emit(self._ref))
            layout.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        if _is_image(ref):
            self._load()

    def _words(self) -> QVBoxLayout:
        theme = self._desk.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        font = theme.font("small")
        name = QFontMetrics(font).elidedText(
            self._ref.name, Qt.TextElideMode.ElideMiddle, theme.px(132)
        )
        detail = wording.size(self._ref.size) if self._ref.size else _("lien")
        for text, ink in ((name, "text"), (detail, "faint")):
            label = QLabel(text, self)
            label.setFont(font)
            label.setProperty("ink", ink)
            label.setProperty("role", "small")
            words.addWidget(label)
        return words

    def _load(self) -> None:
        attachments, sha256 = self._desk.node.attachments, self._ref.sha256
        self._desk.tasks.run(lambda: attachments.thumbnail(sha256), self._paint)

    def _paint(self, data: bytes | None) -> None:
        if data is None:
            return
        ratio = self._picture.devicePixelRatioF()
        small = QImage.fromData(data).scaled(
            self._picture.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small.setDevicePixelRatio(ratio)
        self._picture.setPixmap(QPixmap.fromImage(small))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self._ref)
            return
        super().keyPressEvent(event)


def _is_image(ref: AttachmentRef) -> bool:
    return ref.media_type.startswith("image/")
