"""Packs on the shelf, the command line, and the gauge of autonomy."""

import json
from pathlib import Path

import pytest

from beffroi.admin import main
from beffroi.basemaps import writing
from beffroi.basemaps.autonomy import Ground, gauge
from beffroi.basemaps.shelf import Shelf
from beffroi.basemaps.words import percent, sentence
from beffroi.errors import BeffroiError


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    to = tmp_path / "Île d’Yeu.pmtiles"
    writing.write(
        to, [(0, 0, 0, b"monde"), (1, 1, 0, b"nord-est")], form="mvt", box=(0.0, 0.0, 10.0, 10.0),
        metadata={"name": "Île d’Yeu"},
    )  # fmt: skip
    return to


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "machine"
    monkeypatch.setenv("BEFFROI_BASEMAPS", str(folder))
    return folder


def test_a_pack_is_installed_listed_read_and_removed(tmp_path: Path, pack: Path):
    shelf = Shelf(tmp_path / "profil")
    one = shelf.install(pack)
    assert (one.uid, one.shared) == ("Ile-dYeu", False)
    assert one.path.parent == tmp_path / "profil/basemaps"
    assert [found.uid for found in shelf.all()] == ["Ile-dYeu"]
    assert shelf.tiles("Ile-dYeu").tile(1, 1, 0) == b"nord-est"
    with pytest.raises(BeffroiError, match="déjà là"):
        shelf.install(pack)
    shelf.remove("Ile-dYeu")
    assert shelf.all() == []
    shelf.close()


def test_packs_of_the_machine_are_seen_by_every_profile(tmp_path: Path, pack: Path, machine: Path):
    Shelf(None).install(pack)
    assert list(machine.glob("*.pmtiles"))
    (one,) = Shelf(tmp_path / "profil").all()
    assert one.shared


def test_a_pack_that_was_damaged_says_so_and_the_others_stay(tmp_path: Path, pack: Path):
    shelf = Shelf(tmp_path / "profil")
    good = shelf.install(pack)
    good.path.with_name("casse.pmtiles").write_bytes(b"rien")
    found = {one.uid: one for one in Shelf(tmp_path / "profil").all()}
    assert found["Ile-dYeu"].pack is not None
    assert "casse" in found["casse"].problem
    shelf.close()


def test_the_command_line_does_all_of_it(
    tmp_path: Path, pack: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["basemap", "install", str(pack), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Île d’Yeu"
    assert main(["basemap", "list"]) == 0
    assert "vectoriel, zooms 0 à 1" in capsys.readouterr().out
    assert main(["basemap", "check", str(pack)]) == 0
    capsys.readouterr()
    assert main(["basemap", "remove", "Ile-dYeu"]) == 0
    assert main(["basemap", "list"]) == 0
    assert "Aucun fond" in capsys.readouterr().out
    assert main(["basemap", "check", str(tmp_path / "absent.pmtiles")]) == 2
    assert main(["basemap", "build", str(tmp_path / "absent.pbf"), "--to", "a.pmtiles"]) == 2


def ground(title: str, box: tuple[float, float, float, float], high: int, **has: bool) -> Ground:
    return Ground(
        title=title, box=box, min_zoom=0, max_zoom=high, has=lambda *_place: has.get("has", True)
    )


VIEW = (2.0, 48.0, 3.0, 49.0)


@pytest.mark.parametrize(
    ("grounds", "zoom", "share", "by"),
    [
        ([], 12, 0.0, ()),
        ([ground("Tout", VIEW, 14)], 12, 1.0, ("Tout",)),
        ([ground("Moitié", (2.0, 48.0, 2.5, 49.0), 14)], 12, 0.5, ("Moitié",)),
        ([ground("Trous", VIEW, 14, has=False)], 12, 0.0, ()),
        ([ground("Trop grossier", VIEW, 5)], 14, 0.0, ()),
        ([ground("De loin", VIEW, 5)], 6, 1.0, ("De loin",)),
        ([ground("Pays", VIEW, 10), ground("Rues", VIEW, 14)], 12, 1.0, ("Rues",)),
    ],
)
def test_the_gauge_counts_what_is_really_there_at_this_scale(
    grounds: list[Ground], zoom: float, share: float, by: tuple[str, ...]
):
    found = gauge(grounds, VIEW, zoom)
    assert (found.share, found.by) == (share, by)


def test_a_view_over_the_antimeridian_is_gauged_on_both_sides():
    east = ground("Est", (170.0, -30.0, 180.0, 0.0), 14)
    assert gauge([east], (175.0, -20.0, -175.0, -10.0), 12).share == 0.5


def test_a_share_is_never_rounded_to_all_or_nothing():
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0\u202f%", "1\u202f%", "50\u202f%", "99\u202f%", "100\u202f%",
    ]  # fmt: skip


def test_the_sentence_says_what_is_left_and_what_to_do():
    assert "Installez un fond" in sentence(gauge([], VIEW, 12))
    whole = sentence(gauge([ground("Rues", VIEW, 14)], VIEW, 12))
    assert whole == "Sans réseau, toute cette vue reste couverte, jusqu’à la rue (Rues)."
