"""A profile is a folder that says what it is and refuses to be mistaken."""

import dataclasses
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


@pytest.mark.parametrize(
    "line",
    ["marking = 'SECRET'", "zone = '../../etc/passwd'", "zone = 'Mars/Olympus'", "zone = ''"],
)
def test_a_description_with_impossible_values_says_what_to_restore(
    profile_dir: Path, line: str
) -> None:
    (profile_dir / INFO_FILE).write_text(f"title = 'x'\nworkspace = 'x'\n{line}\n")
    with pytest.raises(BeffroiError, match="restaurez"):
        read_info(profile_dir)


def test_a_forged_description_changes_nothing_but_the_login_screen(
    profile_dir: Path, info: ProfileInfo, clock: HeldClock
) -> None:
    (profile_dir / INFO_FILE).write_text(
        "title = 'Exercice'\nworkspace = 'autre'\nmode = 'exercise'\nmarking = 'NP'\njournal = 'X'\n"
    )
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert node.info == info
    assert node.logbook.publish(Content(text="x"), node.who).label == "MC-2024-000001"
    assert [line.object for line in node.audit.lines(action="profile.altered")] == [INFO_FILE]
    node.close()


def test_a_store_made_before_it_held_the_description_takes_it(
    profile_dir: Path, info: ProfileInfo, clock: HeldClock
) -> None:
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    node.settings.put("profile", None)
    node.close()
    for _ in range(2):
        node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
        assert node.info == info
        assert not list(node.audit.lines(action="profile.altered"))
        node.close()


def test_nobody_else_looks_into_a_new_profile(pristine: Path) -> None:
    assert pristine.stat().st_mode & 0o077 == 0


def test_here_is_a_place_for_a_profile(
    tmp_path: Path, info: ProfileInfo, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vide").mkdir()
    monkeypatch.chdir(tmp_path / "vide")
    account = Account(name="x", display="X", organisation="", posts=("P",))
    create_profile(Path(), info, [(account, SECRET)], clock, cost=CHEAP)
    assert read_info(tmp_path / "vide") == info
    with pytest.raises(BeffroiError, match="pas vide"):
        create_profile(Path("/"), info, [(account, SECRET)], clock, cost=CHEAP)


def test_the_security_officer_takes_no_content_in_or_out(node: Node, tmp_path: Path) -> None:
    node.accounts.put(
        Account(name="rssi", display="RSSI", organisation="CNCS", posts=("RSSI",), role="security")
    )
    officer = node.accounts.identity("rssi", "", "poste-3")
    ref = node.attachments.add_bytes("note.txt", b"bonjour", node.who)
    with pytest.raises(BeffroiError, match="pas d’écrire"):
        node.attachments.add_bytes("autre.txt", b"bonsoir", officer)
    with pytest.raises(BeffroiError, match="sortir des contenus"):
        node.attachments.export_copy(ref.sha256, tmp_path / "copie.txt", officer)
    assert list(tmp_path.glob("copie*")) == []


def test_the_right_secret_of_an_account_that_may_not_enter_is_in_the_trail(
    profile_dir: Path, clock: HeldClock
) -> None:
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    leroy = next(account for account in node.accounts.all() if account.name == "m.leroy")
    node.accounts.put(dataclasses.replace(leroy, active=False))
    node.close()
    with pytest.raises(BeffroiError, match="pas actif"):
        open_node(profile_dir, "m.leroy", SECRET, clock=clock)
    with pytest.raises(BeffroiError, match="ne peut pas tenir"):
        open_node(profile_dir, "c.marchand", SECRET, post="Préfet", clock=clock)
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    refused = [(line.actor, line.object) for line in node.audit.lines(action="login.refused")]
    assert refused == [("?", "c.marchand"), ("?", "m.leroy")]
    node.close()


@pytest.mark.parametrize(
    ("role", "writes", "exports"),
    [
        ("contributor", True, True),
        ("supervisor", True, True),
        ("room_chief", True, True),
        ("liaison", True, True),
        ("reader", False, True),
        ("authority", False, True),
        ("security", False, False),
        ("planner", False, False),
        ("one that a later Beffroi made", False, False),
    ],
)
def test_a_role_says_who_writes_and_who_takes_out(
    node: Node, role: str, writes: bool, exports: bool
) -> None:
    node.accounts.put(Account(name="x", display="X", organisation="CNCS", posts=("P",), role=role))
    who = node.accounts.identity("x", "", "poste-3")
    assert (who.may_write, who.may_export) == (writes, exports)


def test_whoever_has_no_post_enters_without_one(node: Node) -> None:
    node.accounts.put(
        Account(name="rssi", display="RSSI", organisation="CNCS", posts=(), role="security")
    )
    assert node.accounts.identity("rssi", "", "poste-3").post == ""
    with pytest.raises(BeffroiError, match="ne peut pas tenir"):
        node.accounts.identity("rssi", "Préfet", "poste-3")
