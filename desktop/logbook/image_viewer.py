"""An image over the whole window: wheel or + and − to zoom, drag to move, arrows for the next, Esc."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from beffroi.attachments import AttachmentRef
from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.api import Desk

LONGEST_SIDE = 5_000
_STEP, _MOST = 1.25, 16.0


def decoded(data: bytes) -> QImage:
    """The image in these bytes, made smaller when it is vast (slow: off the main thread).

    Raises:
        BeffroiError: it cannot be decoded.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LONGEST_SIDE:
        size.scale(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(size)
    image = reader.read()
    if image.isNull():
        raise BeffroiError(
            _("Cette image ne s’affiche pas\u00a0: enregistrez une copie et ouvrez-la ailleurs.")
        )
    return image


class ImageViewer(QWidget):
    """Covers its window while one looks at the images of an entry."""

    def __init__(self, desk: Desk, window: QWidget, refs: Sequence[AttachmentRef], at: int) -> None:
        super().__init__(window)
        self._desk = desk
        self._refs = list(refs)
        self._at = at
        self._image = QImage()
        self._zoom = 0.0
        self._offset = QPointF()
        self._grip: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._load()

    @property
    def ready(self) -> bool:
        """Whether the image is there."""
        return not self._image.isNull()

    def _load(self) -> None:
        ref, node = self._refs[self._at], self._desk.node
        self._image, self._zoom, self._offset = QImage(), 0.0, QPointF()
        self.setAccessibleName(_("Image {name}").format(name=ref.name))
        self.update()

        def work() -> QImage:
            node.audit.note(node.who, "attachment.read", ref.sha256, name=ref.name)
            return decoded(node.attachments.open_bytes(ref.sha256))

        self._desk.tasks.run(work, self._show, self._failed)

    def _show(self, image: QImage) -> None:
        self._image = image
        self.update()

    def _failed(self, error: BaseException) -> None:
        self._desk.notices.failure(error)
        self.close()

    # --- zoom and move

    def _scale(self) -> float:
        room = QSize(self.width() - 48, self.height() - 96)
        fit = min(room.width() / self._image.width(), room.height() / self._image.height(), 1.0)
        return self._zoom or fit

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Come nearer or go away, around a point of the window."""
        if not self.ready:
            return
        before = self._scale()
        after = max(0.02, min(_MOST, before * factor))
        centre = around or QPointF(self.rect().center())
        from_middle = centre - QPointF(self.rect().center()) - self._offset
        self._offset -= from_middle * (after / before - 1)
        self._zoom = after
        self.update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        step = event.angleDelta().y() / 120
        self.zoom_by(_STEP**step, event.position())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Space:
                self.close()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(_STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / _STEP)
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                self._zoom, self._offset = 0.0, QPointF()
                self.update()
            case Qt.Key.Key_Right | Qt.Key.Key_Left if len(self._refs) > 1:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._at = (self._at + step) % len(self._refs)
                self._load()
            case _:
                super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._offset += event.position() - self._grip
            self._grip = event.position()
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.close()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(12, 14, 17, 235))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.ready:
            scale = self._scale()
            width, height = self._image.width() * scale, self._image.height() * scale
            middle = QPointF(self.rect().center()) + self._offset
            box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
            painter.drawImage(box, self._image)
        painter.setPen(QColor("#e7eaee"))
        painter.setFont(self._desk.theme.font("small"))
        line = QRectF(0, self.height() - 36, self.width(), 24)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._legend())

    def _legend(self) -> str:
        name = self._refs[self._at].name
        if len(self._refs) > 1:
            name = f"{name}  ({self._at + 1}/{len(self._refs)})"
        return _("{name} — + − zoom, 0 tout voir, Échap fermer").format(name=name)
