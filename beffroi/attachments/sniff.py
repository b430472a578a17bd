"""What a file really is, told by its first bytes; what may not come in, and files that lie."""

from dataclasses import dataclass
from pathlib import PurePath

from beffroi.errors import BeffroiError
from beffroi.text import _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXECUTABLE = (
    b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\x00\x00\x00\x01\x14\x02\x00", b"dex\n", b"!<arch>",
    b"\x00asm",
)  # fmt: skip
_PROGRAM_SUFFIXES = frozenset((
    ".exe", ".dll", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js",
    ".jse", ".wsf", ".wsh", ".hta", ".msi", ".msp", ".jar", ".apk", ".sh", ".bash", ".desktop",
    ".lnk", ".url", ".reg", ".cpl", ".so", ".dylib", ".app", ".deb", ".rpm", ".py", ".pl", ".rb",
    ".php", ".html", ".htm", ".xhtml", ".mht", ".svg", ".docm", ".xlsm", ".pptm", ".dotm", ".xltm",
    ".iso", ".img", ".chm", ".scf", ".inf",
))  # fmt: skip
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"II+\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, _OLE, "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (4, b"moov", "video/mp4"),
    (4, b"mdat", "video/mp4"),
    (4, b"wide", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (8, b"AVI ", "video/x-msvideo"),
    (8, b"WAVE", "audio/x-wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/gif": (".gif",),
    "image/tiff": (".tif", ".tiff"),
    "image/webp": (".webp",),
    "image/bmp": (".bmp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    "application/zip": (".zip", ".kmz"),
    "application/x-7z-compressed": (".7z",),
    "application/vnd.rar": (".rar",),
    "application/gzip": (".gz", ".tgz"),
    "application/x-ole-storage": (".doc", ".xls", ".ppt", ".msg", ".vsd"),
    "application/rtf": (".rtf", ".doc"),
    "video/mp4": (".mp4", ".m4v", ".m4a", ".mov", ".3gp"),
    "video/x-matroska": (".mkv", ".webm"),
    "video/x-msvideo": (".avi",),
    "audio/x-wav": (".wav",),
    "audio/mpeg": (".mp3",),
    "audio/amr": (".amr",),
    "audio/ogg": (".ogg", ".oga", ".ogv", ".opus"),
    "audio/flac": (".flac",),
    "application/vnd.sqlite3": (".gpkg", ".sqlite", ".mbtiles"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
}
_TEXT_SUFFIXES: dict[str, str] = {
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".xml": "application/xml",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".gpx": "application/gpx+xml",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".log": "text/plain",
    ".txt": "text/plain",
}
_KNOWN_SUFFIXES = {suffix for suffixes in _SUFFIXES.values() for suffix in suffixes}
_ANNOUNCING = _KNOWN_SUFFIXES | _TEXT_SUFFIXES.keys()
PDF_WITHIN = 1024
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, and its family: image, document, archive, sound, video or data."""

    media_type: str
    family: str


def kind_of(name: str, data: bytes, *, inside: str = "") -> Kind:
    """What `data`, called `name`, is; `inside` is the type told by an archive's own contents.

    Raises:
        BeffroiError: a program, or a file whose name says another type than its content.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _PROGRAM_SUFFIXES or _is_program(data):
        raise BeffroiError(
            _(
                "« {name} » est un programme ou une page active : il n’entre pas dans Beffroi. "
                "Joignez une capture d’écran ou un PDF."
            ).format(name=name)
        )
    media = inside or _by_content(data, suffix)
    if media:
        if suffix in _ANNOUNCING and suffix not in _SUFFIXES[media]:
            raise _lie(name)
        return Kind(media, _family(media))
    if suffix in _KNOWN_SUFFIXES:
        raise _lie(name)
    if _is_text(data):
        return Kind(_TEXT_SUFFIXES.get(suffix, "text/plain"), "document")
    if suffix in _TEXT_SUFFIXES:
        raise _lie(name)
    return Kind("application/octet-stream", "data")


def _lie(name: str) -> BeffroiError:
    return BeffroiError(
        _(
            "Le contenu de « {name} » n’est pas du type que son nom annonce : "
            "vérifiez sa provenance, puis renommez-le."
        ).format(name=name)
    )


def _is_program(data: bytes) -> bool:
    """Windows programs begin like the words « MZ… », but with zeros close behind."""
    if data.startswith(b"MZ"):
        return b"\x00" in data[:64]
    return data.startswith(_EXECUTABLE) and not data.startswith(b"#!AMR")


def _by_content(data: bytes, suffix: str) -> str:
    for offset, magic, media in _MAGIC:
        if data[offset : offset + len(magic)] == magic:
            return media
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "image/bmp"
    head = data[:PDF_WITHIN] if suffix == ".pdf" else data[: len(_PDF)]
    return "application/pdf" if _PDF in head else ""


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return True


def _family(media: str) -> str:
    head = media.split("/", 1)[0]
    if head in {"image", "video"}:
        return head
    if head == "audio":
        return "sound"
    if media in {
        "application/zip",
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/gzip",
    }:
        return "archive"
    return "data" if media == "application/vnd.sqlite3" else "document"
