"""Attachments come in checked and lie encrypted."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from beffroi.attachments import photo
from beffroi.attachments.attachments import safe_name
from beffroi.attachments.sniff import kind_of
from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from tests.conftest import SECRET


def picture(width: int = 640, height: int = 480, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, kind, **options)
    return out.getvalue()


def photo_with(gps: dict[int, Any], **details: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update(gps)
    for name, value in details.items():
        exif.get_ifd(0x8769)[{"taken": 0x9003, "offset": 0x9011}[name]] = value
    return picture(64, 48, "JPEG", exif=exif)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def test_an_attachment_comes_back_as_it_was(node: Node, who: Identity) -> None:
    data = picture()
    ref = node.attachments.add_bytes("photo.png", data, who)
    assert (ref.media_type, ref.size, ref.name) == ("image/png", len(data), "photo.png")
    assert node.attachments.open_bytes(ref.sha256) == data
    described = node.attachments.describe(ref.sha256)
    assert (described.kind, described.added_at) == ("image", node.clock.now())


def test_the_same_content_is_kept_once(node: Node, who: Identity) -> None:
    first = node.attachments.add_bytes("a.txt", b"bonjour", who)
    second = node.attachments.add_bytes("b.txt", b"bonjour", who)
    assert first.sha256 == second.sha256
    assert len(files(node)) == 1


def files(node: Node) -> list[Path]:
    return [path for path in (node.folder / "attachments").rglob("*") if path.is_file()]


def test_nothing_is_readable_on_the_disk(node: Node, who: Identity) -> None:
    secret = b"compte rendu confidentiel " * 10
    ref = node.attachments.add_bytes("cr.txt", secret, who)
    (path,) = files(node)
    assert b"confidentiel" not in path.read_bytes()
    assert ref.sha256 not in str(path)


def test_another_session_opens_it_and_the_entry_keeps_it(
    profile_dir: Path, node: Node, who: Identity, clock: Any
) -> None:
    ref = node.attachments.add_bytes("plan.pdf", b"%PDF-1.7 ...", who)
    entry = node.logbook.publish(Content(text="x", attachments=(ref,)), who)
    node.close()
    again = open_node(profile_dir, "m.leroy", SECRET, clock=clock)
    assert again.logbook.entry(entry.uid).content.attachments == (ref,)
    assert again.attachments.open_bytes(ref.sha256) == b"%PDF-1.7 ..."
    again.close()


def test_a_damaged_or_missing_content_says_what_to_do(node: Node, who: Identity) -> None:
    ref = node.attachments.add_bytes("a.txt", b"bonjour", who)
    (path,) = files(node)
    sealed = bytearray(path.read_bytes())
    sealed[-1] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(BeffroiError, match="abîmée"):
        node.attachments.open_bytes(ref.sha256)
    path.unlink()
    with pytest.raises(BeffroiError, match="manque"):
        node.attachments.open_bytes(ref.sha256)


def test_a_picture_has_a_small_one_turned_the_right_way_up(node: Node, who: Identity) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    ref = node.attachments.add_bytes("p.jpg", picture(800, 400, "JPEG", exif=exif), who)
    small = node.attachments.thumbnail(ref.sha256)
    assert small is not None
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.size) == ("PNG", (128, 256))
    text = node.attachments.add_bytes("a.txt", b"bonjour", who)
    assert node.attachments.thumbnail(text.sha256) is None


def test_a_copy_taken_out_is_in_the_trail(node: Node, who: Identity, tmp_path: Path) -> None:
    ref = node.attachments.add_bytes("a.txt", b"bonjour", who)
    copy = node.attachments.export_copy(ref.sha256, tmp_path / "copie.txt", who)
    assert copy.read_bytes() == b"bonjour"
    assert [line.action for line in node.audit.lines(2)] == ["attachment.export", "attachment.add"]
    with pytest.raises(BeffroiError, match="copie"):
        node.attachments.export_copy(ref.sha256, tmp_path / "absent" / "x", who)


def bomb_png() -> bytes:
    """A valid PNG header that announces 60,000 × 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    body = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + body + b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e"


def overlapping_zip() -> bytes:
    data = bytearray(zipped(a=b"x" * 50_000))
    out = io.BytesIO(bytes(data))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("b", b"y" * 50_000)
        twin = zipfile.ZipInfo("c")
        original = archive.infolist()[1]
        twin.header_offset, twin.compress_size = original.header_offset, original.compress_size
        twin.file_size, twin.CRC = original.file_size, original.CRC
        twin.compress_type = original.compress_type
        archive.filelist.append(twin)
        archive._didModify = True
    return out.getvalue()


def nested_zip() -> bytes:
    inner = zipped(a=b"\0" * 1_000_000)
    return zipped(**{f"{n}_dot_zip": inner for n in range(30)})


REFUSED = {
    "too many pixels": ("bombe.png", bomb_png(), "millions de pixels"),
    "a truncated picture": ("p.png", picture()[:200], "abîmée"),
    "a zip of zeros": ("b.zip", zipped(a=b"\0" * 200_000_000), "démesuré"),
    "a zip of zips": ("n.zip", nested_zip(), "démesuré"),
    "a zip whose members overlap": ("o.zip", overlapping_zip(), "démesuré"),
    "a zip with thousands of members": (
        "m.zip", zipped(**{f"f{n}": b"" for n in range(2_001)}), "démesuré",
    ),
    "a bomb dressed as a document": ("d.docx", zipped(word__document_dot_xml=b"\0" * 99_000_000), "démesuré"),
    "a damaged zip": ("z.zip", zipped(a=b"abc" * 99)[:80], "abîmée"),
    "a zip with a program": ("z.zip", zipped(facture_dot_exe=b"MZ"), "programme"),
    "a document with macros": ("r.docx", zipped(word__vbaProject_dot_bin=b"x"), "macros"),
    "a program": ("tool.exe", b"MZ\x90\x00", "programme"),
    "a program called a picture": ("photo.jpg", b"MZ\x90\x00" + b"\0" * 99, "programme"),
    "an ELF without a name": ("outil", b"\x7fELF" + b"\0" * 99, "programme"),
    "a script": ("x.txt", b"#!/bin/sh\nrm -rf ~", "programme"),
    "a page with scripts": ("page.html", b"<script>", "page active"),
    "a drawing with scripts": ("d.svg", b"<svg onload=''/>", "page active"),
    "a PDF called a picture": ("p.jpg", b"%PDF-1.4", "n’est pas du type"),
    "a picture called a PDF": ("p.pdf", picture(), "n’est pas du type"),
    "text called a picture": ("p.png", b"hello", "n’est pas du type"),
    "bytes called text": ("p.csv", b"\x00\x01\x02", "n’est pas du type"),
    "a plain zip called a document": ("d.docx", zipped(a=b"x"), "n’est pas du type"),
    "nothing": ("vide.txt", b"", "est vide"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_dangerous_or_lying_file_stays_out(node: Node, who: Identity, case: str) -> None:
    name, data, sentence = REFUSED[case]
    with pytest.raises(BeffroiError, match=sentence):
        node.attachments.add_bytes(name, data, who)
    assert files(node) == []


def test_a_file_too_big_is_refused_before_it_is_read(
    node: Node, who: Identity, tmp_path: Path
) -> None:
    big = tmp_path / "gros.bin"
    with big.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(BeffroiError, match="50\xa0Mo"):
        node.attachments.add_file(big, who)
    with pytest.raises(BeffroiError, match="50\xa0Mo"):
        node.attachments.add_bytes("x", bytes(50_000_001), who)


def test_a_file_that_cannot_be_read_is_named(node: Node, who: Identity, tmp_path: Path) -> None:
    with pytest.raises(BeffroiError, match=r"absent\.png"):
        node.attachments.add_file(tmp_path / "absent.png", who)
    with pytest.raises(BeffroiError, match="dossier"):
        node.attachments.add_file(tmp_path, who)


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("a.csv", b"a;b\n", "text/csv"),
        ("sans extension", "reçu".encode(), "text/plain"),
        ("latin1.txt", "reçu à 8 h".encode("latin-1"), "text/plain"),
        ("trace.gpx", b"<gpx/>", "application/gpx+xml"),
        ("son.mp3", b"ID3\x03", "audio/mpeg"),
        ("v.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("mesures.dat", b"\x00\x01", "application/octet-stream"),
        ("cr.txt", b"BMPM : feu de cale", "text/plain"),
        ("mz.txt", b"MZ, sigle de la ZDS", "text/plain"),
        ("voix.amr", b"#!AMR\n\x3c", "audio/amr"),
        ("vieux.mov", b"\x00\x00\x00\x08wide", "video/mp4"),
        ("scan.pdf", b"\r\n%PDF-1.4", "application/pdf"),
        ("photo.jfif", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("photo.inconnu", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("carte.gpkg", b"SQLite format 3\x00", "application/vnd.sqlite3"),
    ],
)
def test_ordinary_files_are_recognised(name: str, data: bytes, media: str) -> None:
    assert kind_of(name, data).media_type == media


def test_office_documents_are_recognised_from_their_parts(node: Node, who: Identity) -> None:
    docx = zipped(**{"[Content_Types]_dot_xml": b"<x/>", "word__document_dot_xml": b"<x/>"})
    assert node.attachments.add_bytes("a.docx", docx, who).media_type.endswith(
        "wordprocessingml.document"
    )
    odt = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<x/>")
    assert node.attachments.add_bytes("a.odt", odt, who).media_type.endswith("opendocument.text")
    assert node.attachments.add_bytes("a.zip", zipped(a=b"x"), who).media_type == "application/zip"


STADE = {1: "N", 2: (48.0, 55.0, 28.2), 3: "E", 4: (2.0, 21.0, 36.0)}


def test_a_photo_tells_where_and_when(node: Node, who: Identity) -> None:
    gps = STADE | {7: (19.0, 30.0, 0.0), 29: "2024:07:26"}
    ref = node.attachments.add_bytes("p.jpg", photo_with(gps), who)
    found = node.attachments.exif_position(ref.sha256)
    assert found is not None
    assert (round(found.lon, 4), round(found.lat, 4)) == (2.36, 48.9245)
    assert found.taken_at == 1_722_022_200_000


def test_a_photo_from_the_pacific_is_west_and_south() -> None:
    found = photo.position(photo_with({1: "S", 2: (17, 32, 0), 3: "W", 4: (149, 34, 0)}))
    assert found is not None
    assert found.lon < -149
    assert found.lat < -17


def test_a_camera_s_local_time_is_paris_time_unless_it_says_otherwise() -> None:
    local = photo.position(photo_with(STADE, taken="2024:07:26 21:30:00"))
    zoned = photo.position(photo_with(STADE, taken="2024:07:26 21:30:00", offset="-10:00"))
    assert local is not None
    assert zoned is not None
    assert local.taken_at == 1_722_022_200_000
    assert zoned.taken_at == 1_722_022_200_000 + 12 * 3_600_000


@pytest.mark.parametrize(
    "gps",
    [{}, {2: (48, 0, 0)}, {1: "N", 2: (480, 0, 0), 3: "E", 4: (2, 0, 0)}, {2: (48.0,), 4: (2.0,)},
     {1: "N", 2: (0, 0, 0), 3: "E", 4: (0, 0, 0)}],
)  # fmt: skip
def test_a_photo_without_a_true_position_tells_none(gps: dict[int, Any]) -> None:
    assert photo.position(photo_with(gps)) is None


@given(
    data=st.binary(max_size=400),
    head=st.sampled_from([b"", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"II*\x00"]),
)
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_photo_reader_crash(data: bytes, head: bytes) -> None:
    photo.position(head + data)
    try:
        photo.thumbnail(head + data)
    except BeffroiError:
        return


@given(name=st.text(max_size=300))
def test_a_name_is_always_safe_to_show_and_to_write(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 200
    assert not set(safe) & set('/\\:*?"<>|\x00\n\u202e')
    assert safe not in {".", ".."}


def test_a_full_disk_refuses_the_attachment_and_leaves_no_half(
    node: Node, who: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("beffroi.attachments.vault.os.fsync", full)
    with pytest.raises(BeffroiError, match="libérez de la place"):
        node.attachments.add_bytes("a.txt", b"bonjour", who)
    assert files(node) == []


@pytest.fixture(autouse=True)
def _no_leftovers(node: Node) -> Iterator[None]:
    yield
    assert not [path for path in files(node) if path.suffix == ".new"]


def test_a_damaged_copy_is_replaced_when_its_content_comes_again(node: Node, who: Identity) -> None:
    ref = node.attachments.add_bytes("note.txt", b"bonjour", who)
    (kept,) = (path for path in (node.folder / "attachments").rglob("*") if path.is_file())
    kept.write_bytes(bytes(20))
    with pytest.raises(BeffroiError, match="abîmée"):
        node.attachments.open_bytes(ref.sha256)
    node.attachments.add_bytes("note.txt", b"bonjour", who)
    assert node.attachments.open_bytes(ref.sha256) == b"bonjour"


def test_an_attachment_and_its_name_are_on_the_disk_before_its_entry(
    node: Node, who: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import stat

    synced: list[bool] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr("beffroi.attachments.vault.os.fsync", fsync)
    node.attachments.add_bytes("note.txt", b"bonjour", who)
    assert synced == [False, True, True]


def test_a_name_in_any_bytes_comes_in(node: Node, who: Identity, tmp_path: Path) -> None:
    path = tmp_path / b"caf\xe9.txt".decode(errors="surrogateescape")
    path.write_bytes(b"bonjour")
    ref = node.attachments.add_file(path, who)
    assert ref.name == "caf_.txt"
    content = Content(text="x", attachments=(ref,))
    assert node.logbook.publish(content, who).content.attachments == (ref,)


def test_what_is_no_file_is_refused_unread(node: Node, who: Identity) -> None:
    with pytest.raises(BeffroiError, match="pas un fichier"):
        node.attachments.add_file(Path("/dev/zero"), who)


def test_an_archive_of_countless_members_is_refused_unlisted(node: Node, who: Identity) -> None:
    member = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *[0] * 16) + b""
    data = b"PK\x03\x04" + member * 50_000
    with pytest.raises(BeffroiError, match="démesuré"):
        node.attachments.add_bytes("beaucoup.zip", data, who)


def test_a_satellite_time_beyond_any_clock_leaves_the_place() -> None:
    where = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}
    found = photo.position(photo_with({**where, 29: "2024:07:26", 7: (4e9, 0.0, 0.0)}))
    assert found is not None
    assert found.taken_at is None


def test_a_copy_that_fails_leaves_what_was_there(
    node: Node, who: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = node.attachments.add_bytes("note.txt", b"bonjour", who)
    (tmp_path / "copie.txt").write_text("autre chose")

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BeffroiError, match="place libre"):
        node.attachments.export_copy(ref.sha256, tmp_path / "copie.txt", who)
    assert [path.name for path in tmp_path.glob("*copie*")] == ["copie.txt"]
    assert (tmp_path / "copie.txt").read_text() == "autre chose"
