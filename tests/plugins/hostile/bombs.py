"""Samples made to harm who reads them, built when asked: each a name, an extension and its bytes."""

import gzip
import io
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.plugins.hostile import archives, markup

MEGA = 1024 * 1024
SECRET = "the-secret-of-this-machine"
"""What files near the reader hold, and no report may ever tell."""
Bomb = tuple[str, Callable[[], bytes]]


def bombs(secret_file: Path) -> Iterator[Bomb]:
    """All of them; those that try to read a file try that one."""
    yield from _json()
    yield from markup.bombs(secret_file)
    yield from archives.bombs()
    yield from _tables()
    yield from _streams()
    yield from _binary()


def _json() -> Iterator[Bomb]:
    yield "deep.json", lambda: b"[" * MEGA
    yield "deep-objects.json", lambda: b'{"a":' * 200_000
    yield "deep-quoted.json", lambda: b'["' + b"[" * MEGA + b'"]'
    yield "huge-numbers.json", lambda: b'[{"lat": 1e999999, "lon": -1e999999}]'
    yield "huge-integer.json", lambda: b'[{"n": ' + b"9" * MEGA + b"}]"
    yield "huge-key.json", lambda: b'[{"' + b"k" * 4 * MEGA + b'": 1}]'
    yield (
        "many-keys.json",
        lambda: b"{" + b",".join(b'"k%d":%d' % (n, n) for n in range(100_000)) + b"}",
    )
    yield "same-key.json", lambda: b"{" + b",".join(b'"k":1' for _ in range(200_000)) + b"}"
    yield "far.geojson", lambda: _feature(b'{"type":"Point","coordinates":[1e300,-1e300]}')
    yield "nan.geojson", lambda: _feature(b'{"type":"Point","coordinates":[NaN,Infinity]}')
    yield "words.geojson", lambda: _feature(b'{"type":"Point","coordinates":["a",{}]}')
    yield (
        "dense.geojson",
        lambda: _feature(
            b'{"type":"LineString","coordinates":[' + b"[0,0]," * 600_000 + b"[0,0]]}"
        ),
    )
    yield (
        "nested.geojson",
        lambda: _feature(b'{"type":"GeometryCollection","geometries":[' * 40 + b"]}" * 40),
    )
    yield (
        "crossing.geojson",
        lambda: _feature(
            b'{"type":"LineString","coordinates":['
            + b",".join(b"[%d,%d]" % (179 if n % 2 else -179, n % 90) for n in range(4_000))
            + b"]}"
        ),
    )
    yield (
        "crs.geojson",
        lambda: (
            b'{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"'
            + b"PROJCS[" * 5_000
            + b'"}},"features":[]}'
        ),
    )
    yield "surrogates.json", lambda: b'[{"id":"\\ud800","name":"\\udfff\\u0000"}]'


def _feature(shape: bytes) -> bytes:
    return b'{"type":"Feature","properties":{},"geometry":' + shape + b"}"


def _tables() -> Iterator[Bomb]:
    yield "wide.csv", lambda: b";".join(b"c%d" % n for n in range(100_000)) + b"\n1;2\n"
    yield "one-line.csv", lambda: b"a" * 8 * MEGA
    yield "quote.csv", lambda: b'lat;lon;"' + b"x;" * 2 * MEGA
    yield "nul.csv", lambda: b"lat;lon\n" + b"\x00;\x00\n" * 100_000
    yield "formula.csv", lambda: b"lat;lon;nom\n48,8;2,3;=cmd|'/c calc'!A1\n"
    yield "far.csv", lambda: b"lat;lon\n1e300;1e300\n999999999999;nan\n"


def _streams() -> Iterator[Bomb]:
    yield "unended.cot", lambda: b"<event uid='a' how='m-g' stale='x'>" * 60_000
    yield "lengths.tak", lambda: b"\xbf\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x0a" * 50_000
    yield "mesh.tak", lambda: b"\xbf\x01\xbf\x12\xff\xff\xff\xff\x0f" * 50_000
    yield "escapes.beast", lambda: b"\x1a3" * 2 * MEGA
    yield "doubled.beast", lambda: b"\x1a" * 2 * MEGA
    yield "parts.nmea", lambda: b"!AIVDM,2,1,1,A,55?MbV0,0*00\r\n" * 50_000
    yield "seconds.ics", lambda: _calendar(b"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")
    yield "unended.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 30_000
    yield "folded.ics", lambda: _calendar(b"SUMMARY:" + b"x\r\n " * MEGA)
    yield "zone.ics", lambda: _calendar(b"DTSTART;TZID=../../../../etc/passwd:20240726T120000")
    yield "posts.jsonl", lambda: b'{"did":"did:plc:a","time_us":1e400,"kind":"commit"}\n' * 2_000


def _calendar(line: bytes) -> bytes:
    event = b"BEGIN:VEVENT\r\nDTSTART:16010101T000000\r\n" + line + b"\r\nEND:VEVENT\r\n"
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + event + b"END:VCALENDAR\r\n"


def _binary() -> Iterator[Bomb]:
    yield "bomb.json.gz", lambda: _gzip_of_blanks(300)
    yield "rebomb.gz", lambda: gzip.compress(_gzip_of_blanks(300))
    yield "members.gz", lambda: gzip.compress(b" ") * 50_000
    yield "cut.gz", lambda: gzip.compress(b"[1,2,3]" * 1_000)[:-9]
    yield "absurd.pmtiles", lambda: b"PMTiles\x03" + struct.pack("<8Q", *([2**60] * 8)) + bytes(55)
    yield "lying.shp", lambda: struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 2**31 - 1) + bytes(72)
    yield (
        "lying.dbf",
        lambda: b"\x03\x7c\x01\x01" + struct.pack("<IHH", 2**32 - 1, 65535, 65535) + bytes(40),
    )
    yield "lying.pb", lambda: b"\x0a\xff\xff\xff\xff\x7f" * 1_000
    yield "layers.gpkg", _package
    yield "endless.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\xff" * 1_000


def _gzip_of_blanks(megas: int) -> bytes:
    """Blanks, that make a document one that never begins."""
    packer, out = zlib.compressobj(1, zlib.DEFLATED, 31), io.BytesIO()
    for _ in range(megas):
        out.write(packer.compress(b" " * MEGA))
    out.write(packer.flush())
    return out.getvalue()


def _package() -> bytes:
    """A GeoPackage whose view never ends."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.gpkg"
        base = sqlite3.connect(file)
        base.executescript(
            "PRAGMA application_id=1196444487;"
            "CREATE TABLE gpkg_contents(table_name, data_type, identifier, srs_id);"
            "CREATE TABLE gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id, z, m);"
            "CREATE TABLE gpkg_spatial_ref_sys(srs_name, srs_id, organization, organization_coordsys_id, definition);"
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
            "SELECT i AS fid, x'47500001' AS geom FROM n;"
            "INSERT INTO gpkg_contents VALUES('endless','features','endless',4326);"
            "INSERT INTO gpkg_geometry_columns VALUES('endless','geom','POINT',4326,0,0);"
        )
        base.commit()
        base.close()
        return file.read_bytes()


def zipped(members: dict[str, bytes], level: int = 1) -> bytes:
    """A ZIP file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
