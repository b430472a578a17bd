"""`beffroi-admin source` on a profile: what a headless post does without a window."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.admin import main
from tests.conftest import SECRET
from tests.loopback import Web, web_server

POINTS = json.dumps({"type": "FeatureCollection", "features": [
    {"type": "Feature", "id": name, "properties": {"nom": name},
     "geometry": {"type": "Point", "coordinates": [2, 48]}} for name in "ab"]}).encode()  # fmt: skip


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setenv("BEFFROI_PASSPHRASE", SECRET)
    monkeypatch.setenv("BEFFROI_ACCOUNT", "c.marchand")


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as made:
        made.routes["/points.geojson"] = lambda r: r.say(POINTS)
        yield made


def called(*arguments: object) -> int:
    return main(["source", *(str(argument) for argument in arguments)])


def test_a_source_is_added_checked_followed_and_listed(profile_dir: Path, web: Web, capsys):  # type: ignore[no-untyped-def]
    assert (
        called("add", profile_dir, web.at("/points.geojson"), "--title", "Points", "--refresh", 5)
        == 0
    )
    assert called("check", profile_dir, "Points") == 1
    assert "machines autorisées" in capsys.readouterr().out
    assert called("allow", profile_dir, "127.0.0.0/8") == 0
    assert called("check", profile_dir, "Points") == 0
    assert "2 enregistrements lus" in capsys.readouterr().out
    assert called("run", profile_dir, "--for", 5) == 0
    assert "Points : données nouvelles" in capsys.readouterr().out.replace("\u00a0", " ")
    assert called("list", profile_dir, "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["title"], told["health"], told["count"]) == ("Points", "ok", 2)


def test_what_cannot_be_is_one_sentence(profile_dir: Path, capsys):  # type: ignore[no-untyped-def]
    assert called("check", profile_dir, "Inconnue") == 2
    assert "source list" in capsys.readouterr().err
    assert called("allow", profile_dir, "http://sig.example") == 2
    assert called("allow", profile_dir, "10.0.0.0/8", ".rie.example") == 0
    assert called("allow", profile_dir, "--none") == 0
    assert "Aucune machine" in capsys.readouterr().out
    assert called("proxy", profile_dir, "ftp://x") == 2
    assert called("proxy", profile_dir, "http://moi:secret@mandataire.exemple:3128") == 0
    assert "secret" not in capsys.readouterr().out
    assert called("proxy", profile_dir, "--none") == 0


def test_an_address_is_read_only_where_it_may_go(web: Web, capsys):  # type: ignore[no-untyped-def]
    assert called("read", web.at("/points.geojson"), "--json") == 2
    assert "administrateur" in capsys.readouterr().err
    assert called("read", web.at("/points.geojson"), "--json", "--allow", "127.0.0.1") == 0
    assert json.loads(capsys.readouterr().out)["read"] == 2


def test_a_key_in_an_address_is_never_shown(profile_dir: Path, capsys):  # type: ignore[no-untyped-def]
    for address in (
        "https://api.example/v1/trafic?apikey=s3cr3t",
        "https://moi:s3cr3t@api.example/flux",
    ):
        assert called("add", profile_dir, address) == 0
    assert called("list", profile_dir) == 0
    assert called("list", profile_dir, "--json") == 0
    told = capsys.readouterr()
    assert "s3cr3t" not in told.out + told.err
    assert "trafic?apikey=…" in told.out
