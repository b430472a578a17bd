"""The security officer takes the trail away as CEF or JSON, and that shows in the trail."""

import json
import stat
from pathlib import Path

import pytest

from beffroi import demo
from beffroi.admin import main


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profil") / "demo"
    demo.make_demo(folder, days=1)
    return folder


@pytest.fixture
def called(made: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BEFFROI_PASSPHRASE", demo.DEMO_PASSPHRASE)

    def call(act: str, *words: object, account: str = "rssi") -> int:
        return main(["audit", act, str(made), *map(str, words), "--account", account])

    return call


def test_the_export_is_cef_oldest_first_and_traced(called, tmp_path: Path, capsys) -> None:
    file = tmp_path / "traces.cef"
    assert called("export", file) == 0
    lines = file.read_text().splitlines()
    assert f"{len(lines)}" in capsys.readouterr().out.replace("\u202f", "")
    assert all(line.startswith("CEF:0|Beffroi|Beffroi|") for line in lines)
    moments = [int(line.split(" rt=")[0].split("rt=")[-1].split()[0]) for line in lines]
    assert moments == sorted(moments)
    assert "|audit.export|" in lines[-1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_export_keeps_what_was_asked(called, tmp_path: Path) -> None:
    file = tmp_path / "traces.json"
    assert called("export", file, "--format", "json", "--action", "entry.publish") == 0
    told = json.loads(file.read_text())
    assert told["made_by"] == "rssi"
    assert {trace["action"] for trace in told["traces"]} == {"entry.publish"}
    assert all(trace["label"] for trace in told["traces"])
    one = told["traces"][0]
    assert called("export", file, "--format", "json", "--object", one["label"]) == 0
    assert {t["object"] for t in json.loads(file.read_text())["traces"]} == {one["object"]}


def test_nobody_else_takes_the_trail_away(called, tmp_path: Path, capsys) -> None:
    file = tmp_path / "traces.cef"
    assert called("export", file, account=demo.DEMO_ACCOUNT) == 2
    assert "RSSI" in capsys.readouterr().err
    assert not file.exists()
    assert called("show", "--action", "audit.refused") == 0
    assert demo.DEMO_ACCOUNT in capsys.readouterr().out


def test_a_moment_that_means_nothing_and_a_folder_that_is_not_there_are_sentences(
    called, tmp_path: Path, capsys
) -> None:
    assert called("export", tmp_path / "t.cef", "--since", "jamais") == 2
    assert "jamais" in capsys.readouterr().err
    assert called("export", tmp_path / "rien" / "t.cef") == 2
    assert "ne peut pas être écrit" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
