"""Only one hub serves an embedded database, and nobody changes its key meanwhile."""

import contextlib
import sys
from collections.abc import Iterator
from typing import IO

from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.settings import Settings

if sys.platform != "win32":
    import fcntl

LOCK_FILE = "hub.lock"


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the hub's folder until the block ends.  Hubs on PostgreSQL may be many.

    Raises:
        BeffroiError: a hub runs there, or the folder cannot be written.
    """
    if settings.database:
        yield
        return
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (settings.data / LOCK_FILE).open("ab")
    except OSError as error:
        raise BeffroiError(
            _("Le dossier {folder} ne peut pas être écrit\u00a0: vérifiez vos droits.").format(
                folder=settings.data
            )
        ) from error
    with lock:
        if not _locked(lock):
            raise BeffroiError(
                _(
                    "Un hub tourne déjà sur {folder}\u00a0: arrêtez-le, ou prenez un autre --data."
                ).format(folder=settings.data)
            )
        yield


def _locked(lock: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
