"""Files, images and links: dropped, pasted, photographed, refused with a sentence."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node
from desktop.logbook.writing import CaptureBar, EntryEditor
from desktop.logbook.writing.pasted import Incoming
from desktop.logbook.writing.thumbnail import Thumbnail

Typing = Callable[..., None]


def photo(folder: Path, *, located: bool = False) -> Path:
    path = folder / "photo.jpg"
    image = Image.new("RGB", (320, 240), "#c24d08")
    exif = Image.Exif()
    if located:
        gps = exif.get_ifd(0x8825)
        gps.update({1: "N", 2: (48.0, 55.0, 28.2), 3: "E", 4: (2.0, 21.0, 36.4)})
    image.save(path, exif=exif)
    return path


def pasted(image: QImage) -> QMimeData:
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def test_a_dropped_file_is_published_with_the_line(
    capture: CaptureBar, typing: Typing, qtbot: QtBot, tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo(tmp_path)))])
    capture.text.insertFromMimeData(mime)
    qtbot.waitUntil(lambda: bool(capture.strip.refs))
    typing(capture.text, "Fumée visible")
    kept: list[Entry] = []
    capture.published.connect(kept.append)
    typing(capture.text, "\n")
    qtbot.waitUntil(lambda: bool(kept))
    (ref,) = kept[0].content.attachments
    assert (ref.name, ref.media_type) == ("photo.jpg", "image/jpeg")
    assert capture.strip.refs == ()


def test_a_pasted_image_gets_a_thumbnail(capture: CaptureBar, qtbot: QtBot) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b6579"))
    capture.text.insertFromMimeData(pasted(image))
    qtbot.waitUntil(lambda: bool(capture.strip.refs))
    (small,) = capture.strip.findChildren(Thumbnail)

    def painted() -> bool:
        shown = small._picture.pixmap().toImage()
        return shown.pixelColor(shown.rect().center()).name() == "#0b6579"

    qtbot.waitUntil(painted)


def test_a_pasted_address_is_a_link(capture: CaptureBar) -> None:
    mime = QMimeData()
    mime.setText("https://www.sncf-voyageurs.com/fr/info-trafic")
    capture.text.insertFromMimeData(mime)
    assert capture.strip.refs[0].url.startswith("https://")
    assert capture.text.toPlainText() == ""


def test_text_copied_with_its_picture_is_pasted_as_text(capture: CaptureBar) -> None:
    mime = pasted(QImage(20, 20, QImage.Format.Format_RGB32))
    mime.setText("Trafic suspendu secteur Courtalain")
    capture.text.insertFromMimeData(mime)
    assert capture.text.toPlainText() == "Trafic suspendu secteur Courtalain"
    assert not capture.strip.busy


def test_a_program_is_refused_with_a_sentence(
    capture: CaptureBar, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"MZ\x90\x00" + b"\x00" * 200)
    capture.strip.take(Incoming(files=(str(path),)))
    qtbot.waitUntil(lambda: bool(capture.strip.trouble_text))
    assert "photo.png" in capture.strip.trouble_text
    assert capture.strip.refs == ()


def test_an_attachment_can_be_taken_out_before_publishing(
    capture: CaptureBar, qtbot: QtBot, tmp_path: Path, typing: Typing
) -> None:
    capture.strip.take(Incoming(files=(str(photo(tmp_path)),)))
    qtbot.waitUntil(lambda: bool(capture.strip.refs))
    (small,) = capture.strip.findChildren(Thumbnail)
    QTest.keyClick(small, Qt.Key.Key_Delete)
    assert capture.strip.refs == ()


def test_the_position_of_a_photo_is_proposed_not_taken(
    capture: CaptureBar, qtbot: QtBot, tmp_path: Path
) -> None:
    capture.strip.take(Incoming(files=(str(photo(tmp_path, located=True)),)))
    qtbot.waitUntil(capture.offer.isVisible)
    assert capture.content().lon is None
    capture.offer.use.click()
    qtbot.waitUntil(lambda: capture.content().lon is not None)
    assert capture.content().lon == pytest.approx(2.3601, abs=1e-3)


def test_what_is_published_cannot_be_taken_out(
    editor: EntryEditor, node: Node, tmp_path: Path, qtbot: QtBot
) -> None:
    ref = node.attachments.add_file(photo(tmp_path), node.who)
    entry = node.logbook.publish(Content(text="Avec photo", attachments=(ref,)), node.who)
    editor.qualify(entry)
    strip = editor.form.attachments.strip
    strip.remove(ref)
    assert strip.refs == (ref,)
    data = io.BytesIO()
    Image.new("RGB", (50, 50), "#fff").save(data, "PNG")
    strip.take(Incoming(blobs=(("plan.png", data.getvalue()),)))
    qtbot.waitUntil(lambda: len(node.logbook.entry(entry.uid).content.attachments) == 2)


def test_a_frame_drawn_on_the_screen_is_attached(capture: CaptureBar, qtbot: QtBot) -> None:
    capture.strip.take_screenshot()
    picker = capture.strip._picker
    assert picker is not None
    qtbot.waitUntil(picker.isVisible)
    QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    QTest.mouseMove(picker, QPoint(240, 140))
    QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=QPoint(240, 140))
    qtbot.waitUntil(lambda: bool(capture.strip.refs))
    assert capture.strip.refs[0].media_type == "image/png"
    assert capture.strip.refs[0].name.startswith("capture d’écran")


def test_every_refusal_of_one_drop_is_told(
    capture: CaptureBar, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("un.jpg", "deux.jpg"):
        (tmp_path / name).write_bytes(b"MZ\x90\x00" + bytes(400))
    files = tuple(str(tmp_path / name) for name in ("un.jpg", "deux.jpg"))
    capture.strip.take(Incoming(files=files))
    qtbot.waitUntil(lambda: "deux.jpg" in capture.strip.trouble_text)
    assert "un.jpg" in capture.strip.trouble_text
