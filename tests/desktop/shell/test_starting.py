"""Starting: what the command line says, one Beffroi per profile, and what happens to the unforeseen."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beffroi.errors import BeffroiError
from desktop.app import Application, main
from desktop.kit.notices import Notices
from desktop.kit.preferences import PreferenceFile
from desktop.shell import arguments
from desktop.shell.arguments import Arguments
from desktop.shell.crash import CrashLog
from desktop.shell.readiness import process_start
from desktop.shell.single import Occupancy, Occupied

SECRET = "mot-de-passe-de-test"


def test_the_secret_comes_from_a_file_or_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text("première ligne\nseconde\n")
    said = arguments.parse(["p", "--account", "a", "--passphrase-file", str(file)])
    assert (said.folder, said.account, said.secret) == (Path("p"), "a", "première ligne")
    monkeypatch.setenv("BEFFROI_PASSPHRASE", "de l’environnement")
    assert arguments.parse(["p", "--account", "a"]).secret == "de l’environnement"
    assert arguments.parse(["p"]).secret == ""


def test_a_secret_file_that_is_missing_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "absent")
    assert main(["p", "--account", "a", "--passphrase-file", missing]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_profile_is_open_once(tmp_path: Path) -> None:
    first, second = Occupancy(tmp_path), Occupancy(tmp_path)
    first.take()
    with pytest.raises(Occupied, match="déjà ouvert"):
        second.take()
    first.release()
    second.take()
    second.release()


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    made = Application(qapp, Arguments(), PreferenceFile(tmp_path / "preferences.toml"))
    yield made
    made.close()


def test_the_same_profile_twice_says_where_it_is_open(
    application: Application, profile_dir: Path
) -> None:
    other = Occupancy(profile_dir)
    other.take()
    with pytest.raises(Occupied):
        application.open(profile_dir, "c.marchand", SECRET)
    other.release()
    application.open(profile_dir, "c.marchand", SECRET).close()


def test_a_refused_secret_leaves_the_profile_free(
    application: Application, profile_dir: Path
) -> None:
    with pytest.raises(BeffroiError):
        application.open(profile_dir, "c.marchand", "autre chose encore")
    other = Occupancy(profile_dir)
    other.take()
    other.release()


def test_without_a_secret_the_login_panel_asks(
    application: Application, profile_dir: Path, qapp: QApplication
) -> None:
    application.ask(profile_dir, "c.marchand")
    titles = [w.windowTitle() for w in qapp.topLevelWidgets() if w.isVisible()]
    assert titles == ["Ouvrir un profil – Beffroi"]


def test_the_unforeseen_is_written_down_and_told(tmp_path: Path, qtbot: QtBot) -> None:
    notices, log = Notices(), CrashLog(tmp_path)
    log.start()
    log.tell(notices)
    try:
        raise ZeroDivisionError("surprise")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    log.stop()
    assert [n.level for n in notices.history] == ["error"]
    assert "ZeroDivisionError: surprise" in log.path.read_text("utf-8")


def test_a_folder_that_refuses_a_log_does_not_stop_beffroi(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    log = CrashLog(blocked)
    log.start()
    log.stop()


def test_the_start_of_the_process_is_in_the_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEFFROI_T0", raising=False)
    assert 0 < time.time() - process_start() < 3600
    monkeypatch.setenv("BEFFROI_T0", "12.5")
    assert process_start() == 12.5
