"""`beffroi-admin` as an administrator or a cron job calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from beffroi import resources, text
from beffroi.access import Account
from beffroi.admin import main
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import create_profile
from tests.conftest import CHEAP

SECRET = "mot-de-passe-de-test"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setenv("BEFFROI_PASSPHRASE", SECRET)
    monkeypatch.delenv("BEFFROI_ACCOUNT", raising=False)


@pytest.fixture
def folder(tmp_path: Path, info, clock) -> Path:  # type: ignore[no-untyped-def]
    """A profile with one entry, an officer and a security officer."""
    folder = tmp_path / "bureau"
    accounts = [
        (Account(name="c.marchand", display="Claire Marchand", organisation="CNCS", posts=("MC",)), SECRET),
        (Account(name="rssi", display="RSSI", organisation="CNCS", posts=("RSSI",), role="security"), SECRET),
    ]  # fmt: skip
    create_profile(folder, info, accounts, clock, cost=CHEAP)
    node = open_node(folder, "c.marchand", SECRET)
    node.logbook.publish(Content(text="Vergigny : rien à signaler", gravity=2), node.who)
    node.logbook.publish(Content(text="Arrivée des délégations"), node.who)
    node.close()
    return folder


def tampered(folder: Path, sql: str) -> None:
    node: Node = open_node(folder, "c.marchand", SECRET)
    with node.store.write() as connection:
        connection.execute(sql)
    node.close()


def called(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_whole_chains_are_told_and_exit_zero(folder: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert called("audit", "verify", folder, "--account", "c.marchand") == 0
    assert capsys.readouterr().out.count("chaîne entière") == 2


def test_the_secret_alone_is_enough(folder: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert called("audit", "verify", folder) == 0
    assert "chaîne entière" in capsys.readouterr().out


def test_a_secret_that_opens_nothing_is_one_sentence(
    folder: Path,
    capsys,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BEFFROI_PASSPHRASE", "un-autre-mot-de-passe")
    assert called("audit", "verify", folder) == 2
    assert "n’ouvre aucun compte" in capsys.readouterr().err


def test_the_demo_takes_the_secret_it_is_given(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert called("demo", tmp_path / "demo", "--days", 1) == 0
    assert SECRET not in capsys.readouterr().out
    assert called("audit", "verify", tmp_path / "demo") == 0


@pytest.mark.parametrize(
    ("sql", "chain"),
    [
        (
            "UPDATE operation SET payload = replace(payload, 'rien', 'tout') WHERE seq = 1",
            "journal",
        ),
        ("DELETE FROM operation WHERE seq = 1", "journal"),
        ("DELETE FROM operation WHERE seq = 2", "journal"),
        ("UPDATE audit SET actor = 'personne' WHERE seq = 1", "audit"),
        ("DELETE FROM audit WHERE seq = 2", "audit"),
    ],
)
def test_the_first_broken_link_is_named_and_exits_one(
    folder: Path, capsys, sql: str, chain: str
) -> None:  # type: ignore[no-untyped-def]
    tampered(folder, sql)
    assert called("audit", "verify", folder, "--account", "c.marchand", "--json") == 1
    verdicts = {v["chain"]: v for v in json.loads(capsys.readouterr().out)}
    assert not verdicts[chain]["whole"]
    assert verdicts[chain]["seq"] in (1, 2)


def test_a_broken_chain_is_a_sentence(folder: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    tampered(folder, "UPDATE operation SET author = 'x' WHERE seq = 2")
    assert called("audit", "verify", folder, "--account", "c.marchand") == 1
    assert "rompue à la ligne 2 (la ligne a été modifiée)" in capsys.readouterr().out


def test_a_damaged_store_answers_no(folder: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    store = folder / "store.db"
    data = bytearray(store.read_bytes())
    data[:4096] = os.urandom(4096)
    store.write_bytes(data)
    assert called("audit", "verify", folder, "--account", "c.marchand") == 1
    assert "Traceback" not in capsys.readouterr().err


def test_only_the_security_officer_reads_the_trail(folder: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert called("audit", "show", folder, "--account", "c.marchand") == 2
    assert "RSSI" in capsys.readouterr().err
    assert called("audit", "show", folder, "--account", "rssi", "--json") == 0
    actions = [line["action"] for line in json.loads(capsys.readouterr().out)]
    assert "audit.refused" in actions
    assert called("audit", "show", folder, "--account", "rssi", "--action", "audit.read") == 0
    assert "audit.read" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg"])
def test_export_then_import_elsewhere(
    folder: Path, tmp_path: Path, node: Node, profile_dir: Path, capsys, kind: str
) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / f"sortie.{kind}"
    assert called("export", folder, file, "--account", "c.marchand", "--json") == 0
    assert json.loads(capsys.readouterr().out)["count"] == 2
    node.close()
    assert called("import", profile_dir, file, "--account", "m.leroy", "--json") == 0
    assert json.loads(capsys.readouterr().out)["published"] == 2
    assert called("import", profile_dir, file, "--account", "m.leroy") == 1
    assert "Déjà dans ce profil" in capsys.readouterr().out


def test_an_export_takes_what_the_query_says(folder: Path, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "s.csv"
    assert called("export", folder, file, "--account", "c.marchand", "--query", "vergigny") == 0
    assert "1 entrée (DR)" in capsys.readouterr().out
    assert len(file.read_text("utf-8-sig").splitlines()) == 2


def test_a_dry_run_publishes_nothing(folder: Path, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "e.csv"
    file.write_text("texte\nun\n")
    assert called("import", folder, file, "--account", "c.marchand", "--dry-run") == 0
    assert "à publier" in capsys.readouterr().out
    assert called("export", folder, tmp_path / "tout.csv", "--account", "c.marchand") == 0
    assert "2 entrées" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("inconnue",),
        ("demo",),
        ("audit",),
        ("demo", "{tmp}/d", "--days", "0"),
        ("demo", "{tmp}/d", "--days", "onze"),
        ("demo", "{folder}"),
        ("audit", "verify", "{tmp}/rien", "--account", "x"),
        ("audit", "verify", "{folder}", "--account", "personne"),
        ("audit", "verify", "{folder}", "--account", "c.marchand", "--post", "Ministre"),
        (
            "audit",
            "verify",
            "{folder}",
            "--account",
            "c.marchand",
            "--passphrase-file",
            "{tmp}/non",
        ),
        ("export", "{folder}", "{tmp}/a.doc", "--account", "c.marchand"),
        ("export", "{folder}", "{tmp}/non/a.csv", "--account", "c.marchand"),
        (
            "export",
            "{folder}",
            "{tmp}/a.csv",
            "--account",
            "c.marchand",
            "--query",
            "gravité>=douze",
        ),
        ("import", "{folder}", "{tmp}/absent.csv", "--account", "c.marchand"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exits_two(
    folder: Path, tmp_path: Path, capsys, arguments: tuple[str, ...]
) -> None:  # type: ignore[no-untyped-def]
    filled = [argument.format(tmp=tmp_path, folder=folder) for argument in arguments]
    assert called(*filled) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.strip().endswith(".")


def test_the_secret_may_be_in_a_file(folder: Path, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("BEFFROI_PASSPHRASE")
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    verify = ("audit", "verify", folder, "--account", "c.marchand")
    assert called(*verify) == 2
    assert called(*verify, "--passphrase-file", secret) == 0


def test_it_speaks_english_where_the_machine_does(folder: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    verify = ("audit", "verify", folder, "--account", "c.marchand")
    called(*verify)
    french = capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    try:
        assert called(*verify) == 0
        english = capsys.readouterr().out
    finally:
        text.use("fr", resources.root() / "locale")
    assert "chaîne" in french
    assert english != french
    assert "chaîne" not in english


def test_an_unforeseen_error_is_a_sentence_with_a_file(folder: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("beffroi.admin.audit.opened", broken)
    assert called("audit", "verify", folder) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    log = Path(said.split("fichier ")[1].split(" à l")[0])
    assert "ZeroDivisionError" in log.read_text()
    log.unlink()


def test_the_program_runs_as_installed(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "beffroi.admin", "demo", str(tmp_path / "d"), "--days", "1", "--json"],
        capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=120,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["entries"] > 1000
    again = subprocess.run(
        [sys.executable, "-m", "beffroi.admin", "demo", str(tmp_path / "d"), "--if-missing"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert again.returncode == 0


def spoken(shell: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`shell` run with `$ADMIN` and `$PROFILE`; its exit code is the program's."""
    names = {
        "ADMIN": f"{sys.executable} -m beffroi.admin",
        "PROFILE": str(folder),
        "LC_ALL": "C.UTF-8",
        "BEFFROI_PASSPHRASE": SECRET,
    }
    return subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, timeout=60,
        stdin=subprocess.DEVNULL, env={**os.environ, **names},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shell", "code"),
    [
        ("$ADMIN audit show $PROFILE --account rssi | true; exit ${PIPESTATUS[0]}", 0),
        ("$ADMIN audit show $PROFILE --account rssi --json | head -1; exit ${PIPESTATUS[0]}", 0),
        ("$ADMIN audit show $PROFILE --account rssi >&-", 0),
        ("$ADMIN audit show $PROFILE --account rssi >/dev/full", 2),
        ("$ADMIN audit show /nowhere 2>&-", 2),
    ],
)
def test_whoever_listens_or_not_nobody_sees_a_traceback(
    folder: Path, shell: str, code: int
) -> None:
    ended = spoken(shell, folder)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr
    assert len(ended.stderr.splitlines()) == (1 if "/dev/full" in shell else 0)


@pytest.mark.parametrize("limit", ["0", "-1", "abc", "99999999999999999999"])
def test_a_limit_that_is_none_is_a_wrong_call(folder: Path, capsys, limit: str) -> None:  # type: ignore[no-untyped-def]
    assert called("audit", "show", folder, "--account", "rssi", f"--limit={limit}") == 2
    assert "nombre entier" in capsys.readouterr().err


def test_a_file_with_a_page_gone_bad_is_told_though_the_chains_are_whole(
    folder: Path,
    capsys,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert called("audit", "verify", folder, "--account", "c.marchand") == 0
    assert "intacte" in capsys.readouterr().out
    monkeypatch.setattr("beffroi.store.Store.damaged_pages", lambda _store: 2)
    assert called("audit", "verify", folder, "--account", "c.marchand") == 1
    said = capsys.readouterr().out
    assert "chaîne entière" in said
    assert "Restaurez la dernière sauvegarde" in said


def test_leaving_the_secret_untyped_is_a_sentence(folder: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def closed(_prompt: str) -> str:
        raise EOFError

    monkeypatch.delenv("BEFFROI_PASSPHRASE")
    monkeypatch.setattr("beffroi.admin.session.sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("beffroi.admin.session.getpass.getpass", closed)
    assert called("audit", "verify", folder) == 2
    assert "--passphrase-file" in capsys.readouterr().err


def test_ctrl_c_says_what_stays(folder: Path, capsys, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("beffroi.admin.exchange.import_entries", interrupted)
    assert called("import", folder, "x.csv", "--account", "c.marchand") == 130
    assert "ce qui était enregistré le reste" in capsys.readouterr().err


def test_an_entry_rewritten_behind_the_journal_is_named(folder: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    tampered(folder, "UPDATE entry SET content = replace(content, 'rien', 'tout') WHERE number = 1")
    assert called("audit", "verify", folder, "--account", "c.marchand") == 1
    said = capsys.readouterr().out
    assert said.count("chaîne entière") == 2
    assert "-000001 ne dit pas ce que dit le journal" in said


def test_what_was_typed_elsewhere_does_not_drive_the_reader_s_terminal(
    folder: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    node = open_node(folder, "c.marchand", SECRET)
    node.audit.record(node.who, "search", "\x1b]0;piège\x07 \x9b31m\u202e")
    node.close()
    for form in ((), ("--json",)):
        assert called("audit", "show", folder, "--account", "rssi", *form) == 0
        said = capsys.readouterr().out
        assert "piège" in said
        assert not any(c in said for c in "\x1b\x07\x9b\u202e")
    assert "\x1b]0;piège\x07 \x9b31m\u202e" in [line["object"] for line in json.loads(said)]
    assert (
        called("export", folder, "x.csv", "--query", "n:\x1b[31m", "--account", "c.marchand") == 2
    )
    assert "\x1b" not in capsys.readouterr().err
