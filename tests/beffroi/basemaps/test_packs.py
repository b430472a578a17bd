"""Packs of tiles: written and read back, checked before they are used, built from an extract."""

import json
import sqlite3
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader, all_tiles

from beffroi.basemaps import directory, writing
from beffroi.basemaps.building import build
from beffroi.basemaps.directory import Damaged, Entry
from beffroi.basemaps.geometry import tile_at
from beffroi.basemaps.hilbert import number, tile
from beffroi.basemaps.opening import open_pack
from beffroi.basemaps.pmtiles import PmTiles
from beffroi.errors import BeffroiError

EXTRACT = Path(__file__).parents[2] / "data/basemaps/extrait.osm.pbf"
BOX = (2.0, 48.0, 3.0, 49.0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of the small extract."""
    to = tmp_path_factory.mktemp("built") / "extrait.pmtiles"
    build(EXTRACT, to, title="Extrait")
    return to


def pack_of(to: Path, tiles: dict[tuple[int, int, int], bytes], **metadata: object) -> Path:
    ordered = sorted(tiles, key=lambda place: number(*place))
    writing.write(
        to, ((*place, tiles[place]) for place in ordered), form="mvt", box=BOX,
        metadata={"name": "Essai", **metadata},
    )  # fmt: skip
    return to


@given(st.integers(0, 22), st.data())
def test_a_tile_and_its_number_are_one(z: int, data: st.DataObject):
    x, y = (data.draw(st.integers(0, (1 << z) - 1)) for _n in range(2))
    assert tile(number(z, x, y)) == (z, x, y)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 50), st.integers(0, 10**9), st.integers(1, 10**6), st.integers(1, 9)
        ),
        max_size=60,
    )
)
def test_a_directory_says_what_was_written_into_it(told: list[tuple[int, int, int, int]]):
    entries, last = [], 0
    for step, offset, length, run in told:
        last += step + 10
        entries.append(Entry(last, offset, length, run))
    assert directory.read(directory.written(entries)) == entries


@given(st.binary(max_size=300))
def test_any_bytes_are_a_directory_or_damaged(data: bytes):
    try:
        entries = directory.read(data)
    except Damaged:
        return
    assert len(entries) <= len(data)


def test_what_is_written_is_read_by_us_and_by_the_makers_of_the_format(tmp_path: Path):
    tiles = {
        (z, x, y): f"{z}/{x}/{y}".encode() * 3
        for z in range(5)
        for x in range(1 << z)
        for y in range(1 << z)
    }
    tiles[4, 3, 3] = tiles[4, 3, 4]
    file = pack_of(tmp_path / "a.pmtiles", tiles, attribution="<b>© Moi</b> &amp; lui")
    ours = open_pack(file)
    assert {place: ours.tile(*place) for place in tiles} == tiles
    assert ours.tile(4, 16, 0) is None
    assert ours.tile(9, 0, 0) is None
    assert (ours.pack.min_zoom, ours.pack.max_zoom, ours.pack.tiles) == (0, 4, len(tiles))
    assert ours.pack.attribution == "© Moi & lui"
    ours.close()
    with file.open("rb") as opened:
        theirs = Reader(MmapSource(opened))
        assert theirs.header()["max_zoom"] == 4
        assert theirs.metadata()["name"] == "Essai"
        assert theirs.get(4, 3, 3) is not None
        assert sum(1 for _tile in all_tiles(MmapSource(opened))) == len(tiles)


def test_a_large_pack_has_its_directories_in_leaves(tmp_path: Path):
    tiles = {(9, x, y): f"{x}.{y}".encode() for x in range(200) for y in range(120)}
    file = pack_of(tmp_path / "grand.pmtiles", tiles)
    opened = open_pack(file)
    assert all(opened.tile(*place) == tiles[place] for place in list(tiles)[::977])
    assert opened.tile(9, 300, 300) is None
    opened.close()


def test_an_extract_becomes_a_pack_of_our_layers(built: Path):
    opened = open_pack(built)
    pack = opened.pack
    assert (pack.title, pack.form, pack.max_zoom) == ("Extrait", "mvt", 14)
    assert pack.attribution == "© contributeurs OpenStreetMap (ODbL)"
    assert {"streets", "buildings", "places", "boundaries"} <= set(pack.layers)
    found = opened.tile(14, *tile_at(5.7655, 45.1938, 14))
    assert found is not None
    assert b"streets" in found
    assert pack.tiles < 2_000  # a region's inside is no tile: only its outline, near the rest
    opened.close()


def test_a_building_that_leaves_nothing_leaves_no_file(tmp_path: Path):
    empty = tmp_path / "vide.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    for source in (empty, tmp_path / "absent.gpkg"):
        with pytest.raises(BeffroiError):
            build(source, tmp_path / "non.pmtiles")
    with pytest.raises(BeffroiError, match=r"\.pmtiles"):
        build(EXTRACT, tmp_path / "fond.zip")
    assert not list(tmp_path.glob("*.pmtiles"))


def mbtiles(to: Path, form: str = "png", bounds: str = "2,48,3,49") -> Path:
    store = sqlite3.connect(to)
    store.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    store.execute(
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
    )
    told = {"name": "Photos", "format": form, "bounds": bounds, "attribution": "© IGN"}
    store.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
    store.execute("INSERT INTO tiles VALUES (1, 0, 1, ?)", (b"\x89PNG haut",))
    store.commit()
    store.close()
    return to


def test_mbtiles_count_their_rows_from_the_south_and_become_pmtiles(tmp_path: Path):
    file = mbtiles(tmp_path / "photos.mbtiles")
    opened = open_pack(file)
    assert (opened.pack.form, opened.pack.attribution) == ("png", "© IGN")
    assert opened.tile(1, 0, 0) == b"\x89PNG haut"
    assert opened.tile(1, 0, 1) is None
    opened.close()
    build(file, tmp_path / "photos.pmtiles")
    again = open_pack(tmp_path / "photos.pmtiles")
    assert (again.pack.form, again.tile(1, 0, 0)) == ("png", b"\x89PNG haut")
    again.close()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.pmtiles", b""),
        ("court.pmtiles", b"PMTiles\x03"),
        ("autre.pmtiles", b"PMTiles\x02" + bytes(500)),
        ("zeros.pmtiles", b"PMTiles\x03" + bytes(500)),
        ("loin.pmtiles", b"PMTiles\x03" + struct.pack("<11Q", *[1 << 62] * 11) + bytes(100)),
        ("texte.mbtiles", b"bonjour"),
        ("abime.mbtiles", b"SQLite format 3\0" + bytes(200)),
        ("fond.zip", b"PK"),
    ],
)
def test_what_is_no_pack_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BeffroiError) as refusal:
        open_pack(file)
    assert str(refusal.value).endswith(".")
    assert name in str(refusal.value)


def test_an_mbtiles_that_lies_about_itself_is_refused(tmp_path: Path):
    for form, bounds in (("exe", "2,48,3,49"), ("png", "9,48,3,49"), ("png", "a,b")):
        file = tmp_path / f"{form}{len(bounds)}{bounds[0]}.mbtiles"
        with pytest.raises(BeffroiError):
            open_pack(mbtiles(file, form, bounds))


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=20))
def test_a_pack_with_wrong_bytes_is_read_or_refused(built: Path, at: int, wrong: bytes):
    data = bytearray(built.read_bytes())
    data[at : at + len(wrong)] = wrong
    file = built.with_name("abime.pmtiles")
    file.write_bytes(data)
    try:
        opened = PmTiles(file)
    except BeffroiError:
        return
    try:
        for z in range(15):
            opened.tile(z, (1 << z) // 2, (1 << z) // 3)
    except BeffroiError as error:
        refused = str(error)
        assert "abime" in refused
    finally:
        opened.close()


def test_a_bomb_in_a_tile_is_refused(tmp_path: Path):
    file = pack_of(tmp_path / "bombe.pmtiles", {(0, 0, 0): bytes(20_000_000)})
    opened = open_pack(file)
    with pytest.raises(BeffroiError, match="abîmée"):
        opened.tile(0, 0, 0)
    opened.close()


def test_metadata_of_another_kind_are_refused(tmp_path: Path):
    file = tmp_path / "liste.pmtiles"
    writing.write(file, [(0, 0, 0, b"x")], form="mvt", box=BOX, metadata=json.loads("[1]"))
    with pytest.raises(BeffroiError):
        open_pack(file)
