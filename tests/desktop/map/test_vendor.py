"""The web files of others are those that were reviewed, each with its licence."""

import hashlib

from beffroi import resources


def test_every_vendored_file_has_the_hash_that_was_written_down() -> None:
    vendor = resources.root() / "web" / "vendor"
    lines = (vendor / "HASHES.txt").read_text(encoding="utf-8").splitlines()
    written = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "HASHES.txt"
    }
    assert there == written
    for folder in (path for path in vendor.iterdir() if path.is_dir()):
        assert list(folder.glob("LICEN*")), f"no licence in {folder.name}"
