"""An administrator who has never seen a hub: starts it, fills it, backs it up, loses a laptop."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from beffroi import admin
from beffroi.clock import Clock
from hub.keys import Keys
from hub.main import main as hub_main
from hub.starting.first import SECRETS_FILE
from tests.faults.world import HubProcess
from tests.hub.admin.conftest import Type
from tests.hub.cluster import Cluster


def test_the_first_start_tells_two_secrets_and_a_code_once(tmp_path: Path) -> None:
    with HubProcess(tmp_path / "hub") as running:
        first_start(running.start())


def first_start(running: HubProcess) -> None:
    told = running.data / SECRETS_FILE
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    secrets = re.findall(r"^  (?:admin|rssi) +(\S+)$", told.read_text("utf-8"), re.M)
    assert len(set(secrets)) == 2
    assert re.search(
        r"https://127\.0\.0\.1:\d+#[a-z0-9-]{24}\.[0-9a-f]{64}", told.read_text("utf-8")
    )
    log = (running.data / "hub.log").read_text("utf-8")
    assert SECRETS_FILE in log
    assert not any(secret in log for secret in secrets)
    told.unlink()
    running.stop()
    running.start()
    assert not told.exists()


def test_a_hub_is_filled_from_the_command_line(type_: Type) -> None:
    assert type_("workspace", "add", "jop-2024", "--title", "Paris 2024").code == 0
    made = type_("account", "add", "c.durand", "--display", "Claire Durand", "--json").json
    assert re.fullmatch(r"([a-z0-9]{4}-){4}[a-z0-9]{4}", made["secret"])
    assert (
        type_("grant", "add", "c.durand", "jop-2024", "room_chief", "--marking", "DR_SF").code == 0
    )
    listed = type_("account", "list").out
    assert "room_chief@jop-2024" in listed
    assert made["secret"] not in listed
    assert "Paris 2024" in type_("workspace", "list").out
    assert type_("post", "add", "Chef de salle").code == 0
    assert "Chef de salle" in type_("post", "list").out
    status = type_("status", "--json").json
    assert (status["accounts"], status["workspaces"], status["devices"]) == (3, 1, 0)


def test_a_station_joins_and_is_revoked(
    type_: Type,
    running: HubProcess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    type_("workspace", "add", "jop-2024")
    secret = type_("account", "add", "c.durand", "--post", "MC", "--json").json["secret"]
    type_("grant", "add", "c.durand", "jop-2024", "writer")
    code = type_("device", "invite", "--note", "bureau 12", "--json").json["code"]
    assert "bureau 12" in type_("device", "list").out
    monkeypatch.setenv("BEFFROI_PASSPHRASE", secret)
    profile, station = tmp_path / "profile", tmp_path / "station"
    joined = admin.main(["join", str(profile), "--code", code, "--station", str(station),
                         "--name", "Bureau 12", "--account", "c.durand"])  # fmt: skip
    assert joined == 0, capsys.readouterr().err
    (device,) = type_("device", "list", "--json").json["devices"]
    assert (device["code"], device["station"], device["revoked_at"]) == ("S1", "Bureau 12", 0)
    assert "c.durand" in type_("session", "list").out
    assert type_("device", "revoke", "S1", "--why", "volé dans le train", who="rssi").code == 0
    assert "volé dans le train" in type_("device", "list").out
    assert type_("session", "list").out.strip() == "Aucune session n’est ouverte."
    monkeypatch.setenv("BEFFROI_PASSPHRASE", secret)
    assert admin.main(["sync", str(profile), "--once", "--account", "c.durand"]) != 0
    assert "effac" in capsys.readouterr().err
    assert not (profile / "store.db").exists()


def test_a_session_is_closed_by_its_account(type_: Type) -> None:
    gone = type_("session", "revoke", "personne")
    assert (gone.code, len(gone.err.splitlines())) == (2, 1)


def test_a_hub_is_backed_up_while_it_runs_and_restored_elsewhere(
    type_: Type, tmp_path: Path
) -> None:
    type_("workspace", "add", "jop-2024")
    file = tmp_path / "sauvegarde"
    assert type_("backup", str(file)).code == 0
    there = tmp_path / "elsewhere"
    assert type_("restore", str(file), "--data", str(there)).code == 0
    assert stat.S_IMODE(there.stat().st_mode) == 0o700
    assert "jop-2024" in type_("workspace", "list", "--data", str(there)).out
    again = type_("restore", str(file), "--data", str(there))
    assert (again.code, again.err.count("\n")) == (2, 1)
    with HubProcess(there) as restored:
        said = httpx.get(f"{restored.start().url}/api/v1/hello", verify=False).headers
    assert re.fullmatch(r"[0-9a-f]{16}:0", said["beffroi-restored"])


def test_keys_change_and_the_hub_still_opens(type_: Type, running: HubProcess) -> None:
    for what in ("server", "authority", "seal"):
        assert type_("rotate", what).code == 0
    busy = type_("rotate", "store")
    assert busy.code == 2
    assert "Un hub tourne déjà" in busy.err
    running.stop()
    before = (running.data / "keys" / "store.key").read_text()
    assert type_("rotate", "store").code == 0
    assert (running.data / "keys" / "store.key").read_text() != before
    assert type_("migrate").code == 0
    running.start()
    assert type_("status").code == 0


def test_the_officer_verifies_and_a_changed_trail_is_named(
    type_: Type, running: HubProcess
) -> None:
    assert type_("seal", "make", who="rssi").code == 0
    whole = type_("seal", "verify", who="rssi")
    assert whole.code == 0, whole.err
    running.stop()
    from beffroi.store import open_connection

    key = bytes.fromhex((running.data / "keys" / "store.key").read_text())
    connection = open_connection(running.data / "hub.db", key)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail'").fetchall():  # fmt: skip
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute("UPDATE trail SET account = 'quelqu’un' WHERE seq = 2")
    connection.close()
    broken = type_("seal", "verify", who="rssi")
    assert broken.code == 1
    assert "2" in broken.out


REFUSED = [
    (("account", "add", "x.y"), "rssi"), (("account", "secret", "admin"), "rssi"),
    (("grant", "add", "rssi", "*", "technical_admin"), "rssi"), (("workspace", "add", "x"), "rssi"),
    (("device", "invite"), "rssi"), (("backup", "b"), "rssi"), (("rotate", "seal"), "rssi"),
    (("seal", "verify"), "admin"),
]  # fmt: skip


def test_the_officer_administers_nothing_and_the_administrator_proves_nothing(type_: Type) -> None:
    for words, who in REFUSED:
        refused = type_(*words, who=who)
        assert refused.code == 2, words
        assert "n’a pas ce droit" in refused.err, words


def test_nobody_grants_themselves_or_holds_what_excludes(type_: Type) -> None:
    type_("workspace", "add", "jop-2024")
    for words, why in (
        (("grant", "add", "admin", "*", "authority"), "à soi-même"),
        (("grant", "add", "rssi", "*", "functional_admin"), "ne se cumulent pas"),
        (("grant", "add", "rssi", "jop-2024", "writer"), "ne se cumulent pas"),
        (("grant", "add", "rssi", "jop-2024", "empereur"), "n’existe pas"),
        (("grant", "add", "rssi", "nulle-part", "partner"), "n’existe pas"),
        (("grant", "add", "rssi", "jop-2024", "partner", "--marking", "DR"), "convention"),
        (("grant", "add", "rssi", "jop-2024", "dpo", "--until", "demain"), "n’est pas un moment"),
        (("account", "lock", "admin"), "son propre compte"),
        (("account", "add", "É t"), "ne convient pas"),
        (("account", "secret", "personne"), "n’existe pas"),
        (("device", "revoke", "S9"), "S4"),
        (("rotate", "server", "--forget-old"), "autorité"),
        (("workspace", "add", "x", "--zone", "Mars"), "fuseau"),
    ):
        refused = type_(*words)
        assert refused.code == 2, words
        assert why in refused.err, (words, refused.err)
        assert refused.err.count("\n") == 1


def test_a_right_is_taken_back_by_its_id(type_: Type) -> None:
    type_("workspace", "add", "jop-2024")
    type_("account", "add", "c.durand")
    given = type_("grant", "add", "c.durand", "jop-2024", "writer", "--until", "2099-01-01T08:00", "--json").json  # fmt: skip
    assert given["grant"]["grace"] == 1_800_000
    assert type_("grant", "withdraw", given["id"]).code == 0
    assert type_("grant", "list", "c.durand").out == ""
    assert type_("grant", "withdraw", given["id"]).code == 2


def test_a_wrong_secret_waits_after_five_tries(type_: Type) -> None:
    found = [type_("status", secret="ce n’est pas lui").err for _try in range(6)]
    assert all("vérifiez-les" in said for said in found[:5])
    assert "recommencez dans" in found[5]


def test_there_is_no_hub_in_an_empty_folder(type_: Type, tmp_path: Path) -> None:
    none = type_("status", "--data", str(tmp_path / "nothing"))
    assert none.code == 2
    assert "lancez d’abord beffroi-hub" in none.err


@pytest.mark.parametrize(
    ("words", "why"),
    [(["--listen", "abc"], "hôte:port"), (["--database", "mysql://x"], "postgresql://"),
     (["--behind-proxy"], "16 caractères"), (["--oidc-issuer", "https://x"], "--oidc-client"),
     (["--listen", "203.0.113.9:1"], "--listen"), (["--data", "/dev/null/x"], "droits")],
)  # fmt: skip
def test_a_start_that_cannot_be_is_one_sentence_with_the_remedy(
    words: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hub_main(["--data", str(tmp_path / "hub"), "--listen", "127.0.0.1:0", *words]) == 2
    said = capsys.readouterr()
    assert why in said.err
    assert "Traceback" not in said.err


def test_a_hub_never_makes_new_keys_beside_an_old_base(
    data: Path, tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(data / "keys")
    assert hub_main(["--data", str(data), "--listen", "127.0.0.1:0", "--init"]) == 2
    assert "restaurez la dernière sauvegarde" in capsys.readouterr().err
    first = ["--data", str(tmp_path / "a"), "--database", postgres_url, "--listen", "127.0.0.1:0"]
    assert hub_main([*first, "--init"]) == 0
    again = ["--data", str(tmp_path / "b"), *first[2:], "--init"]
    assert hub_main(again) == 2
    assert "restaurez la dernière sauvegarde" in capsys.readouterr().err


def test_two_hubs_never_share_a_folder(running: HubProcess) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "hub", "--data", str(running.data), "--listen", "127.0.0.1:0"],
        capture_output=True, text=True, timeout=60, env={**os.environ, "LANG": "fr_FR.UTF-8"},
    )  # fmt: skip
    assert second.returncode == 2
    assert "Un hub tourne déjà" in second.stderr


def test_on_postgresql_a_hub_is_backed_up_and_restored_too(
    type_: Type, tmp_path: Path, postgres_url: str, cluster: Cluster
) -> None:
    data = tmp_path / "central"
    here = ("--data", str(data), "--database", postgres_url)
    assert hub_main([*here, "--listen", "127.0.0.1:0", "--init"]) == 0
    told = re.search(r"^  admin +(\S+)$", (data / SECRETS_FILE).read_text("utf-8"), re.M)
    assert told is not None
    assert type_("workspace", "add", "jop-2024", *here, secret=told[1]).code == 0
    file = tmp_path / "central.sauvegarde"
    assert type_("backup", str(file), *here, secret=told[1]).code == 0
    there = ("--data", str(tmp_path / "elsewhere"), "--database", cluster.fresh("template0"))
    restored = type_("restore", str(file), *there)
    assert restored.code == 0, restored.err
    assert "jop-2024" in type_("workspace", "list", *there, secret=told[1]).out
    assert type_("rotate", "store", *here, secret=told[1]).code == 2
    with HubProcess(tmp_path / "elsewhere", database=there[3]) as again:
        again.start()


def test_an_administrator_cannot_become_the_officer_nor_put_them_out(type_: Type) -> None:
    type_("account", "add", "complice")
    for refused in (
        ("account", "secret", "rssi"),
        ("account", "lock", "rssi"),
        ("grant", "add", "complice", "*", "security"),
        ("grant", "withdraw", _grant_of(type_, "rssi")),
    ):
        answer = type_(*refused)
        assert answer.code != 0, refused
        assert "RSSI" in answer.err
    assert type_("grant", "list", "complice", "--json").json == []


def test_an_officer_names_another_and_touches_nobody_else(type_: Type) -> None:
    type_("account", "add", "rssi.second")
    type_("account", "add", "c.durand")
    assert type_("grant", "add", "rssi.second", "*", "security", who="rssi").code == 0
    assert type_("account", "secret", "rssi.second", who="rssi").code == 0
    for refused in (
        ("account", "secret", "c.durand"),
        ("grant", "add", "c.durand", "*", "authority"),
        ("grant", "withdraw", _grant_of(type_, "admin")),
    ):
        assert type_(*refused, who="rssi").code != 0, refused


def _grant_of(type_: Type, account: str) -> str:
    return str(type_("grant", "list", account, "--json").json[0]["id"])


def test_keys_for_several_replicas_are_made_once_and_a_hub_only_reads_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shared, data = tmp_path / "shared", tmp_path / "replica"
    assert admin.main(["hub", "keys", str(shared)]) == 0
    made = {file.name: file.read_bytes() for file in shared.iterdir()}
    assert admin.main(["hub", "keys", str(shared)]) == 2
    started = ["--data", str(data), "--keys", str(shared), "--listen", "127.0.0.1:0", "--init"]
    assert hub_main(started) == 0
    keys = Keys(shared, Clock(), data)
    keys.tls(["hub.example"])
    assert (data / "server.pem").is_file()
    assert {file.name: file.read_bytes() for file in shared.iterdir()} == made
    assert "--from-file" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["--blobs", "ftp://truc"], "s3://seau"),
        (["--database", "postgresql://personne@127.0.0.1:1/x"], "vérifiez --database"),
        (["--monitor", "truc"], "--monitor"),
    ],
)
def test_a_hub_that_cannot_start_says_which_option_to_correct(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], told: list[str], said: str
) -> None:
    asked = ["--data", str(tmp_path / "hub"), "--listen", "127.0.0.1:0", "--init", *told]
    assert hub_main(asked) == 2
    assert said in capfd.readouterr().err


def test_replicas_that_start_at_once_make_the_first_accounts_once(
    tmp_path: Path, postgres_url: str
) -> None:
    shared = tmp_path / "keys"
    assert admin.main(["hub", "keys", str(shared)]) == 0
    words = ["--keys", str(shared), "--database", postgres_url, "--listen", "127.0.0.1:0", "--init"]
    program = "import sys; from hub.main import main; sys.exit(main(sys.argv[1:]))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, "--data", str(tmp_path / name), *words],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for name in ("a", "b")
    ]  # fmt: skip
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in running]
    assert [code for _said, code in ended] == [0, 0], ended
    told = [(tmp_path / name / SECRETS_FILE).exists() for name in ("a", "b")]
    assert sorted(told) == [False, True]
