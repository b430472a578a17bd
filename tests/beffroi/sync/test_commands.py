"""`beffroi-admin join` and `sync`: a profile follows its hub from cron, from a test, from a script."""

import json
from pathlib import Path

import pytest

from beffroi.admin import program
from beffroi.sync.filling import fill
from beffroi.sync.station import read_station
from tests.beffroi.sync.conftest import rights
from tests.beffroi.sync.fake_hub import SECRET, FakeHub
from tests.beffroi.sync.kit import Desk


@pytest.fixture
def profile(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BEFFROI_PASSPHRASE", SECRET)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    folder = tmp_path / "profil"
    station = str(tmp_path / "poste")
    call = ["join", str(folder), "--code", hub.code, "--station", station, "--account", "claire"]
    assert program.run(call) == 0
    return folder


def test_a_profile_joins_and_synchronises_without_a_window(
    hub: FakeHub, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(profile, "claire", SECRET)
    desk.publish("Colis suspect")
    desk.close()
    capsys.readouterr()
    assert program.run(["sync", str(profile), "--once", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["state"] == "online"
    assert len(hub.records) == 1


def test_what_stays_to_be_sent_is_the_answer_no(
    hub: FakeHub, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.refuse = lambda _op: "rights"
    desk = Desk(profile, "claire", SECRET)
    desk.publish("Colis suspect")
    desk.close()
    assert program.run(["sync", str(profile), "--once"]) == 1
    assert "1 en quarantaine" in capsys.readouterr().out


def test_a_silent_hub_is_one_sentence_and_a_bad_call(
    hub: FakeHub, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.stop()
    assert program.run(["sync", str(profile), "--once"]) == 2
    assert "Le hub ne répond pas" in capsys.readouterr().err


def test_a_revoked_station_is_erased_and_says_so(
    hub: FakeHub, profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.revoked.add("device-1")
    assert program.run(["sync", str(profile), "--once"]) == 2
    assert "effacé" in capsys.readouterr().err
    assert not (profile / "store.db").exists()


def test_an_unknown_station_needs_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BEFFROI_PASSPHRASE", SECRET)
    call = ["join", str(tmp_path / "p"), "--station", str(tmp_path / "s"), "--account", "claire"]
    assert program.run(call) == 2
    assert "--code" in capsys.readouterr().err


def test_a_workspace_that_is_not_offered_cannot_be_joined(
    hub: FakeHub, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.people["claire"].rights = [rights()]
    call = ["join", str(tmp_path / "autre"), "--station", str(tmp_path / "poste"),
            "--account", "claire", "--workspace", "exercice"]  # fmt: skip
    assert program.run(call) == 2
    assert "exercice" in capsys.readouterr().err
    assert not (tmp_path / "autre").exists()


def test_a_hub_without_a_snapshot_leaves_the_profile_to_synchronising(
    hub: FakeHub, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beffroi.sync.filling.WORTH_FROM", 0)
    station = read_station(tmp_path / "poste")
    assert station is not None
    token = next(iter(hub.sessions))
    assert not fill(profile, bytes(32), station, token, "jop-2024", lambda _done, _total: None)
    assert not (profile / "snapshot.part").exists()
