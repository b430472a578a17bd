"""A station becomes known once, to the hub that the code names and to no other."""

import asyncio
import stat
from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.sync.blocking import ask
from beffroi.sync.enrolment import enrol, read_code
from beffroi.sync.station import KEY_FILE, Station, read_station
from beffroi.sync.trouble import HubUnreachable
from tests.beffroi.sync.fake_hub import FakeHub, running


def test_an_enrolled_station_is_found_again(hub: FakeHub, station: Station) -> None:
    assert read_station(station.folder) == station
    assert (station.device, station.code, station.url) == ("device-1", "S1", hub.url)


def test_the_private_key_is_for_its_owner_alone(station: Station) -> None:
    assert stat.S_IMODE((station.folder / KEY_FILE).stat().st_mode) == 0o600


def test_the_code_is_never_said_to_a_hub_that_is_not_the_one_it_names(
    hub: FakeHub, tmp_path: Path
) -> None:
    with running(tmp_path / "other") as other:
        lure = hub.code.replace(hub.url, other.url)
        with pytest.raises(BeffroiError, match="n’est pas celui"):
            asyncio.run(enrol(tmp_path / "poste", lure, "poste 4"))
        assert [asked.path for asked in other.asked] == ["/hello"]
        assert not any(b"ABCD" in asked.body for asked in other.asked)
    assert read_station(tmp_path / "poste") is None


def test_a_station_speaks_to_no_hub_of_another_authority(station: Station, tmp_path: Path) -> None:
    with running(tmp_path / "other") as other:
        elsewhere = Station(folder=station.folder, url=other.url, device="", code="", name="")
        with pytest.raises(HubUnreachable, match="certificat"):
            ask(elsewhere, lambda hub: hub.log_in("claire", "secret"))
        assert other.asked == []


@pytest.mark.parametrize(
    "text",
    [
        "", "https://hub:8443", "hub#ABCD.0", "https://hub#ABCD", "https://hub#ABCD.12",
        "http://hub#ABCD-1234." + "0" * 64, "https://a:b@hub#ABCD-1234." + "0" * 64,
        "https://hub:99999#ABCD-1234." + "0" * 64, "https://[::1#ABCD-1234." + "0" * 64,
    ],
)  # fmt: skip
def test_a_code_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BeffroiError):
        read_code(text)


def test_a_code_pasted_over_several_lines_is_understood() -> None:
    code = read_code("https://hub.interieur:8443\n#ABCD-1234.\n" + "AB" * 32)
    assert (code.url, code.code, code.digest) == (
        "https://hub.interieur:8443",
        "ABCD-1234",
        "ab" * 32,
    )


def test_a_used_code_says_why(hub: FakeHub, tmp_path: Path) -> None:
    with pytest.raises(BeffroiError, match="Code inconnu"):
        asyncio.run(enrol(tmp_path / "poste", hub.code.replace("ABCD", "EFGH"), "poste 4"))
    assert not (tmp_path / "poste").exists()
