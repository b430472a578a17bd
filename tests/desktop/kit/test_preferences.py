"""What a person prefers is found again, and a spoilt file never stops Beffroi."""

from pathlib import Path

import pytest

from desktop.kit.preferences import PreferenceFile, Preferences


def test_preferences_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "here" / "preferences.toml"
    PreferenceFile(path).change(theme="dark", text_size=125, single_keys=False)
    again = PreferenceFile(path).now
    assert (again.theme, again.text_size, again.single_keys) == ("dark", 125, False)


@pytest.mark.parametrize("content", ["theme = 'pink'", "not toml at all [", "text_size = 1000", ""])
def test_a_spoilt_file_counts_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(content)
    assert PreferenceFile(path).now == Preferences()


def test_the_last_profile_account_and_post_come_first(tmp_path: Path) -> None:
    file = PreferenceFile(tmp_path / "preferences.toml")
    for name in ("a", "b", "a"):
        file.remember(tmp_path / name, "c.marchand", "Chef de salle")
    again = PreferenceFile(file.path).now
    assert [Path(p).name for p in again.profiles] == ["a", "b"]
    assert again.accounts[str(tmp_path / "a")] == "c.marchand"


def test_a_disk_that_refuses_keeps_them_until_closing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    file = PreferenceFile(blocked / "preferences.toml")
    file.change(theme="dark")
    assert file.now.theme == "dark"
