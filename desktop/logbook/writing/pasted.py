"""What a drop or a paste brings: files, links, an image, text too long to be a line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from beffroi.text import _

MAX_ADDRESS = 2_000
WEB = frozenset({"http", "https"})
Blob = tuple[str, bytes | Callable[[], bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Things to attach; blobs are bytes, or a function that makes them off the main thread."""

    files: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    blobs: tuple[Blob, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.files or self.links or self.blobs)


def attachable(mime: QMimeData, now: datetime) -> Incoming:
    """What of a paste or a drop is to be attached rather than typed."""
    urls = mime.urls() if mime.hasUrls() else []
    files = tuple(url.toLocalFile() for url in urls if url.isLocalFile())
    links = tuple(url.toString() for url in urls if url.scheme() in WEB)
    if files or links:
        return Incoming(files=files, links=links)
    # A word processor copies its text as a picture too: the text is what was meant.
    text = mime.text() if mime.hasText() else ""
    if text.strip():
        return link_in(text)
    if mime.hasImage():
        image = QImage(mime.imageData())
        if not image.isNull():
            return of_image(image, now, _("image collée"))
    return Incoming()


def link_in(text: str) -> Incoming:
    """The address that a text is, if it is nothing else."""
    bare = text.strip() if len(text) < MAX_ADDRESS else ""
    return Incoming(links=(bare,)) if is_link(bare) else Incoming()


def is_link(text: str) -> bool:
    """Whether `text` is nothing but the address of a page."""
    if not text.startswith(("http://", "https://")) or any(c.isspace() for c in text):
        return False
    return QUrl(text, QUrl.ParsingMode.StrictMode).isValid()


def of_image(image: QImage, now: datetime, word: str) -> Incoming:
    """An image to attach as a PNG; it is encoded where the attachment is taken in."""
    name = f"{word} {now:%Y-%m-%d %Hh%Mm%S}.png"
    return Incoming(blobs=((name, lambda: _png(image)),))


def _png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(kept.data())


def of_text(text: str, now: datetime) -> Incoming:
    """A long text to attach as a file."""
    name = _("texte collé {moment}.txt").format(moment=f"{now:%Y-%m-%d %Hh%Mm%S}")
    return Incoming(blobs=((name, text.encode),))
