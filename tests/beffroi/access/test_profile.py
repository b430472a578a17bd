"""A profile is a folder that says what it is and refuses to be mistaken."""

from pathlib import Path

import pytest

from beffroi.access import Account
from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import INFO_FILE, ProfileInfo, create_profile, read_info
from tests.conftest import CHEAP, SECRET, HeldClock


def test_a_profile_tells_its_title_without_a_secret(profile_dir: Path, info: ProfileInfo) -> None:
    assert read_info(profile_dir) == info


def test_another_folder_is_no_profile(tmp_path: Path, clock: HeldClock) -> None:
    with pytest.raises(BeffroiError, match="choisissez-en un autre"):
        open_node(tmp_path, "c.marchand", SECRET, clock=clock)


def test_a_profile_is_never_made_over_another(
    profile_dir: Path, info: ProfileInfo, clock: HeldClock
) -> None:
    account = Account(name="x", display="X", organisation="", posts=("P",))
    with pytest.raises(BeffroiError, match="déjà un profil"):
        create_profile(profile_dir, info, [(account, SECRET)], clock, cost=CHEAP)


def test_a_profile_needs_an_account_and_a_writable_place(
    tmp_path: Path, info: ProfileInfo, clock: HeldClock
) -> None:
    with pytest.raises(BeffroiError, match="compte"):
        create_profile(tmp_path / "p", info, [], clock)
    (tmp_path / "file").write_text("")
    account = Account(name="x", display="X", organisation="", posts=("P",))
    with pytest.raises(BeffroiError, match="droits"):
        create_profile(tmp_path / "file" / "p", info, [(account, SECRET)], clock, cost=CHEAP)


def test_a_profile_that_could_not_be_made_leaves_nothing_behind(
    tmp_path: Path, info: ProfileInfo, clock: HeldClock
) -> None:
    account = Account(name="x", display="X", organisation="", posts=("P",))
    with pytest.raises(BeffroiError, match="12 caractères"):
        create_profile(tmp_path / "p", info, [(account, "court")], clock, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "lettre").write_text("chère tante")
    with pytest.raises(BeffroiError, match="pas vide"):
        create_profile(tmp_path / "p", info, [(account, SECRET)], clock, cost=CHEAP)


@pytest.mark.parametrize("damage", ["", "title = 3", "\x00", "mode = 'war'", "x" * 200_000])
def test_a_damaged_description_says_what_to_restore(profile_dir: Path, damage: str) -> None:
    (profile_dir / INFO_FILE).write_text(damage)
    with pytest.raises(BeffroiError, match="restaurez"):
        read_info(profile_dir)


def test_a_post_that_is_not_theirs_is_refused(profile_dir: Path, clock: HeldClock) -> None:
    with pytest.raises(BeffroiError, match="ne peut pas tenir"):
        open_node(profile_dir, "m.leroy", SECRET, post="Chef de salle", clock=clock)


def test_the_security_officer_reads_and_never_writes(node: Node) -> None:
    node.accounts.put(
        Account(name="rssi", display="RSSI", organisation="CNCS", posts=("RSSI",), role="security")
    )
    officer = node.accounts.identity("rssi", "", "poste-3")
    entry = node.logbook.publish(Content(text="x"), node.who)
    for act in (
        lambda: node.logbook.publish(Content(text="y"), officer),
        lambda: node.logbook.qualify(entry.uid, {"gravity": 1}, officer),
        lambda: node.logbook.void(entry.uid, "parce que", officer),
        lambda: node.logbook.open_dossier("x", [], 0, officer),
    ):
        with pytest.raises(BeffroiError, match="pas d’écrire"):
            act()
    node.audit.record(officer, "audit.read")
    assert node.logbook.total() == 1


def test_settings_keep_any_json(profile_dir: Path, clock: HeldClock) -> None:
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    node.settings.put("map/view", {"lon": 2.35, "layers": ["a", "b"]})
    node.close()
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert node.settings.get("map/view") == {"lon": 2.35, "layers": ["a", "b"]}
    node.settings.put("map/view", None)
    assert node.settings.get("map/view", "none") == "none"
    node.close()
