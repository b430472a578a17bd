"""The driver's errors become sentences with a remedy; the rest stays a bug."""

from pathlib import Path

import pytest

from beffroi.store import StoreError
from beffroi.store.faults import explain


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("database or disk is full", "libérez de la place"),
        ("disk I/O error", "vérifiez qu’il est branché"),
        ("database disk image is malformed", "restaurez"),
        ("file is not a database", "restaurez"),
        ("attempt to write a readonly database", "vérifiez vos droits"),
        ("database is locked", "attendez"),
    ],
)
def test_each_fault_has_its_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    told = explain(RuntimeError(words), tmp_path)
    assert isinstance(told, StoreError)
    assert sentence in str(told)


def test_a_bug_stays_a_bug(tmp_path: Path) -> None:
    bug = RuntimeError("no such column: foo")
    assert explain(bug, tmp_path) is bug
