"""WMS asked for tiles: the frame of a tile, in metres or degrees, in the order of each version."""

from urllib.parse import parse_qs, urlsplit

import pytest

from beffroi.basemaps.online import Online, address, checked
from beffroi.basemaps.wms import is_request, tile_address
from beffroi.errors import BeffroiError

ASKED = "https://sig.example/wms?map=/a&SERVICE=WMS&VERSION={v}&REQUEST=GetMap&LAYERS=zones&STYLES=&FORMAT=image/png&{c}={s}"


def asked(
    version: str, name: str, system: str, z: int = 1, x: int = 1, y: int = 0
) -> dict[str, str]:
    found = tile_address(ASKED.format(v=version, c=name, s=system), z, x, y, 512)
    return {key: values[0] for key, values in parse_qs(urlsplit(found).query).items()}


def test_a_tile_is_asked_for_in_web_mercator():
    told = asked("1.3.0", "CRS", "EPSG:3857")
    assert told["BBOX"] == "0.000,0.000,20037508.343,20037508.343"
    assert (told["WIDTH"], told["HEIGHT"], told["CRS"]) == ("512", "512", "EPSG:3857")
    assert (told["LAYERS"], told["map"]) == ("zones", "/a")


def test_other_metres_are_asked_for_as_web_mercator_too():
    told = asked("1.1.1", "SRS", "EPSG:2154")
    assert told["SRS"] == "EPSG:3857"
    assert "CRS" not in told


@pytest.mark.parametrize(
    ("version", "name", "system", "box"),
    [
        ("1.1.1", "SRS", "EPSG:4326", (0, 0, 180, 85.0511288)),
        ("1.3.0", "CRS", "CRS:84", (0, 0, 180, 85.0511288)),
        ("1.3.0", "CRS", "EPSG:4326", (0, 0, 85.0511288, 180)),
    ],
)
def test_degrees_are_in_the_order_of_the_version(
    version: str, name: str, system: str, box: tuple[float, ...]
):
    told = asked(version, name, system)
    assert [float(part) for part in told["BBOX"].split(",")] == pytest.approx(box)
    assert told[name] == system


def test_a_frame_that_was_there_is_replaced():
    words = ASKED.format(v="1.3.0", c="CRS", s="EPSG:3857") + "&BBOX=1,2,3,4&width=10&HEIGHT=20"
    told = parse_qs(urlsplit(tile_address(words, 0, 0, 0, 256)).query)
    assert (told["WIDTH"], told["HEIGHT"]) == (["256"], ["256"])
    assert len(told["BBOX"]) == 1
    assert "width" not in told


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        (ASKED.format(v="1.3.0", c="CRS", s="EPSG:3857"), True),
        ("https://a.example/?service=WMS&request=getmap&layers=x", True),
        ("https://a.example/?SERVICE=WMS&REQUEST=GetCapabilities", False),
        ("https://a.example/?REQUEST=GetMap&LAYERS=", False),
        ("https://[", False),
    ],
)
def test_a_request_for_a_map_is_known_from_others(words: str, yes: bool):
    assert is_request(words) is yes


def test_a_ground_may_be_a_wms_or_a_wmts_in_its_own_words():
    wms = Online(title="Zones", template=ASKED.format(v="1.3.0", c="CRS", s="EPSG:3857"))
    assert checked(wms).size == 512
    assert "BBOX=" in address(wms, 3, 1, 2)
    wmts = Online(
        title="Plan",
        template="https://a.example/w?TILEMATRIX=%7BTileMatrix%7D&TILEROW={TileRow}&TILECOL={TileCol}",
    )
    assert checked(wmts).size == 256
    assert address(wmts, 3, 1, 2).endswith("TILEMATRIX=3&TILEROW=2&TILECOL=1")
    with pytest.raises(BeffroiError):
        checked(
            Online(title="Rien", template="https://a.example/?SERVICE=WMS&REQUEST=GetCapabilities")
        )
