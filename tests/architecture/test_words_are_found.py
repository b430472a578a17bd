"""Words for people are never written inside an f-string: Python 3.11 would not find them there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HIDDEN = re.compile(r"""f(["']).*\{(?:_|ngettext)\(["'].*\1""")


def test_no_word_hides_in_an_f_string() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("beffroi", "desktop", "hub", "plugins")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if HIDDEN.search(line)
    ]
    assert hidden == []
