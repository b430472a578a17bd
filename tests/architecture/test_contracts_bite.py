"""A contract that cannot fail protects nothing: break each one on purpose."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
SINS = [
    ("The domain knows no toolkit", "beffroi/logbook/entry.py", "import PySide6"),
    ("The domain knows no toolkit", "beffroi/clock.py", "import desktop.kit.tasks"),
    ("The domain knows no toolkit", "beffroi/node/node.py", "import hub"),
    ("Nobody knows a plugin", "beffroi/sources/__init__.py", "import plugins"),
    ("A plugin sees beffroi.plugin", "plugins/__init__.py", "import beffroi.store"),
    ("The desktop and the hub", "hub/__init__.py", "import desktop.kit"),
    ("The desktop and the hub", "desktop/api.py", "import hub"),
    ("Inside the desktop", "desktop/kit/tasks.py", "import desktop.logbook"),
    ("Inside the desktop", "desktop/logbook/__init__.py", "import desktop.map"),
    ("Inside the domain", "beffroi/journal/chain.py", "import beffroi.logbook"),
    ("Inside the hub", "hub/db/database.py", "import hub.people"),
    ("Inside the hub", "hub/live/fanout.py", "import hub.ledger"),
    ("No cycles between siblings", "beffroi/changes.py", "import beffroi.logbook"),
]


def lint(root: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(root),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "200",
        },
    ).stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("beffroi", "desktop", "hub", "plugins"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_is_clean(tree: Path) -> None:
    assert "0 broken" in lint(tree)


def test_every_contract_has_its_sin() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        assert any(contract["name"].startswith(name) for name, _, _ in SINS)


@pytest.mark.parametrize(("contract", "file", "line"), SINS)
def test_a_forbidden_import_breaks_its_contract(
    tree: Path, contract: str, file: str, line: str
) -> None:
    path = tree / file
    path.write_text(path.read_text() + f"\n{line}\n")
    verdicts = [text for text in lint(tree).splitlines() if text.startswith(contract)]
    assert verdicts
    assert "BROKEN" in verdicts[0]
