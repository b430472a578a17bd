"""A profile is backed up and a password changed from the desk itself."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from beffroi.node import open_node
from desktop.api import Desk
from desktop.shell.backup import back_up_into, backup_folder
from desktop.shell.secret_change import SecretChange
from desktop.shell.window import Window

SECRET = "mot-de-passe-de-test"
FRESH = "un tout autre mot de passe"


def test_a_backup_opens_like_the_profile(
    desk: Desk, heard: list[tuple[str, str]], tmp_path: Path, qtbot: QtBot
) -> None:
    target = backup_folder(desk, tmp_path)
    back_up_into(desk, tmp_path)
    qtbot.waitUntil(lambda: any(level == "done" for level, _words in heard))
    copy = open_node(target, "c.marchand", SECRET, clock=desk.node.clock)
    assert copy.info == desk.node.info
    copy.close()


def test_a_backup_that_cannot_be_written_says_why(
    desk: Desk, heard: list[tuple[str, str]], tmp_path: Path, qtbot: QtBot
) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_text("")
    back_up_into(desk, blocked)
    qtbot.waitUntil(lambda: any(level == "warning" for level, _words in heard))


def test_a_new_password_opens_and_the_old_one_no_more(
    desk: Desk, window: Window, heard: list[tuple[str, str]], qtbot: QtBot
) -> None:
    window.show()
    desk.commands.run("profile.secret")
    panel = window.findChildren(SecretChange)[0]
    panel.old.setText(SECRET)
    panel.new.setText(FRESH)
    panel.again.setText("autre chose")
    panel.button.click()
    assert "diffèrent" in panel.message.text()
    panel.again.setText(FRESH)
    panel.button.click()
    qtbot.waitUntil(lambda: any(level == "done" for level, _words in heard))
    assert not panel.isVisible()
    assert panel.new.text() == ""
