"""Writes traces out of Beffroi: the whole file or none, readable by its owner alone."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.text import _


def write_traces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put `pieces` into the file at `path`, replacing it at the end.

    Raises:
        BeffroiError: there is no room, or no right to write there.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as out:
            out.writelines(pieces)
        temporary.replace(path)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier {path} ne peut pas être écrit\u00a0: vérifiez le dossier et la place."
            ).format(path=path)
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
