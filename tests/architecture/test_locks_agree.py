"""The hub's container runs what the tests ran."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;\\]+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    return dict(PIN.findall(path.read_text()))


def test_every_part_of_the_hub_is_the_one_that_was_tested() -> None:
    tested, shipped = (
        pins(ROOT / "requirements.lock"),
        pins(ROOT / "installer/hub/requirements.lock"),
    )
    assert shipped
    assert {name: tested.get(name) for name in shipped} == shipped


def test_no_window_comes_with_the_hub() -> None:
    assert not [name for name in pins(ROOT / "installer/hub/requirements.lock") if "pyside" in name]
