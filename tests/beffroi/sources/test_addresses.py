"""What is typed is recognised as it is typed, without asking anybody."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beffroi.sources import words
from beffroi.sources.addresses import format_of, recognise, shown


@pytest.mark.parametrize(
    ("said", "transport", "format_id"),
    [
        ("https://data.example.fr/wfs?SERVICE=WFS&REQUEST=GetCapabilities", "http", "wfs"),
        ("https://ogc.example.fr/ogc/features/collections", "http", "ogc-api-features"),
        ("http://example.fr/export/sites.geojson", "http", "geojson"),
        ("data.example.fr/incidents.csv", "http", "csv"),
        ("wss://flux.example.org/subscribe", "websocket", ""),
        ("tcp://10.1.2.3:8087", "tcp", ""),
        ("udp://239.2.3.1:6969", "udp", ""),
        ("imaps://veille@mail.example.fr/INBOX", "imap", ""),
        ('{"type":"FeatureCollection","features":[]}', "paste", ""),
        ("nom\tlat\tlon\nGymnase\t48,85\t2,35", "paste", ""),
        ("Bonjour", "", ""),
        ("", "", ""),
    ],
)
def test_what_is_typed_says_its_transport_and_format(
    said: str, transport: str, format_id: str
) -> None:
    origin = recognise(said)
    assert (origin.transport, origin.format) == (transport, format_id)


def test_a_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "sites.kml"
    file.write_text("<kml/>")
    assert recognise(str(file)).transport == "file"
    assert recognise(file.as_uri()).format == "kml"
    assert recognise(str(tmp_path)).transport == "folder"


@given(st.text())
@example("~0")
def test_nothing_that_can_be_typed_is_an_error(said: str) -> None:
    assert recognise(said).transport in words.TRANSPORTS or not recognise(said).known
    assert isinstance(shown(said), str)
    assert isinstance(format_of(said), str)


def test_an_address_is_shown_without_its_secrets() -> None:
    said = shown("https://moi:secret@api.example.fr/v1?apikey=abcdef&ligne=A")
    assert said == "https://api.example.fr/v1?apikey=…&ligne=A"


def test_an_origin_is_called_by_its_file_else_by_its_host() -> None:
    assert recognise("https://example.fr/export/sites%20jop.geojson").name == "sites jop.geojson"
    assert recognise("https://example.fr/wfs?service=WFS").name == "example.fr"
    assert recognise("tcp://10.1.2.3:8087").name == "10.1.2.3"


def test_lengths_of_time_are_said_in_their_largest_unit() -> None:
    assert words.ago(0, 1_000_000) == "jamais"
    assert words.ago(1_000_000 - 240_000, 1_000_000) == "il y a 4\u00a0min"
    assert words.every(300) == "toutes les 5\u00a0min"
    assert words.every(3600) == "toutes les heures"
    assert words.kept(7 * words.DAY) == "7 jours"
