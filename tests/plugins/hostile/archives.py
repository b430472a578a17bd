"""ZIP files made to harm: lies about sizes, archives in archives, names that leave their folder."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

MEGA = 1024 * 1024
Bomb = tuple[str, Callable[[], bytes]]
PATHS = ("../../etc/passwd", "/etc/passwd", "C:\\evil.csv", "a/../../b.csv", "..\\b.csv")
_CENTRAL = b"PK\x01\x02"


def bombs() -> Iterator[Bomb]:
    yield (
        "declared-10-gigas.zip",
        lambda: _declared(_zipped({"a.csv": b"a;b\n1;2\n"}), 10 * 1024**3),
    )
    yield "declared-nothing.zip", lambda: _declared(_blanks(), 1)
    yield "blanks.zip", _blanks
    yield "nested.zip", lambda: _nested(6)
    yield "many.zip", lambda: _zipped({f"{n}.csv": b"" for n in range(5_000)})
    yield (
        "workbook.xlsx",
        lambda: _zipped(
            {
                "[Content_Types].xml": b"<Types/>",
                "xl/workbook.xml": b"<workbook/>",
                "xl/worksheets/sheet1.xml": b" " * 30 * MEGA,
            }
        ),
    )
    yield "repeated.ods", _repeated
    yield "fields.docx.kmz", lambda: _zipped({"doc.kml": b"<kml>" + b"<a>" * 100_000})
    for number, name in enumerate(PATHS):
        yield f"path-{number}.zip", lambda n=name: _zipped({n: b"lat;lon\n1;2\n"})
    yield "link.zip", _link
    yield "nameless.zip", lambda: _zipped({"x": b"lat;lon\n1;2\n"}).replace(b"x", b"\0")
    yield (
        "stops.zip",
        lambda: _zipped({"stops.txt": b"stop_id,stop_lat,stop_lon\n" + b"a,1e300,2\n" * 99}),
    )
    yield "overlapping.zip", _overlapping


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _blanks() -> bytes:
    return _zipped({"a.csv": b" " * 60 * MEGA})


def _declared(data: bytes, size: int) -> bytes:
    """The same archive, whose index tells another size for its first member."""
    at = data.index(_CENTRAL)
    lied = min(size, 2**32 - 2)
    return data[: at + 24] + struct.pack("<I", lied) + data[at + 28 :]


def _nested(depth: int) -> bytes:
    data = _zipped({"a.geojson": b'{"type":"FeatureCollection","features":[]}'})
    for _ in range(depth):
        data = _zipped({f"{n}.zip": data for n in range(3)})
    return data


def _repeated() -> bytes:
    """A table of one cell, repeated a billion times both ways."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    cell = "<table:table-cell table:number-columns-repeated='1000000000'><text:p>x</text:p></table:table-cell>"
    content = (
        f"<office:document-content xmlns:office='{office}office:1.0' xmlns:table='{office}table:1.0' "
        f"xmlns:text='{office}text:1.0'><office:body><office:spreadsheet><table:table table:name='a'>"
        f"<table:table-row table:number-rows-repeated='1000000000'>{cell}</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return _zipped({"mimetype": kind, "content.xml": content.encode()})


def _link() -> bytes:
    """A member that is a symbolic link to a file of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.geojson")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _overlapping() -> bytes:
    """Many index entries that share one body, as the bomb of Fifield does."""
    data = _zipped({"a.csv": b" " * 3 * MEGA})
    at, end = data.index(_CENTRAL), data.index(b"PK\x05\x06")
    entry, count = data[at:end], 1_500
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, at, 0)
    return data[:at] + entry * count + tail
