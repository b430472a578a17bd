"""Writes traces out of Beffroi: the whole file or none, readable by its owner alone."""

import os
from collections.abc import Iterable
from pathlib import Path

from beffroi.store.whole_file import whole_file


def write_traces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put `pieces` into the file at `path`, replacing it at the end.

    Raises:
        BeffroiError: there is no room, or no right to write there.
    """
    with whole_file(path) as unfinished:
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as out:
            out.writelines(pieces)
