"""Gives SpatiaLite to every sqlcipher3 connection without letting it touch the rest of the process.

Loaded the usual way, mod_spatialite drags Debian's libsqlite3 and libproj into the global scope:
sqlcipher3 then writes plain text without a word, and pyproj or pyogrio crash.  RTLD_LOCAL with
RTLD_DEEPBIND, registered through `sqlite3_auto_extension`, does neither (six import orders tried).
"""

import ctypes
import os
import sys
from functools import cache
from pathlib import Path

import sqlcipher3.dbapi2
from sqlcipher3 import _sqlite3 as _driver

from beffroi.errors import BeffroiError
from beffroi.text import _

_NAMES = ("mod_spatialite.so", "mod_spatialite.so.7", "mod_spatialite.so.8")
_FOLDERS = (
    Path("/usr/lib/x86_64-linux-gnu"),
    Path("/usr/lib/aarch64-linux-gnu"),
    Path("/usr/lib64"),
    Path("/usr/lib"),
)


def _candidates() -> list[str]:
    bundled = [Path(getattr(sys, "_MEIPASS", sys.prefix)) / "spatialite"]
    folders = [Path(os.environ["BEFFROI_SPATIALITE"])] if "BEFFROI_SPATIALITE" in os.environ else []
    found = [f / n for f in (*folders, *bundled, *_FOLDERS) for n in _NAMES if (f / n).is_file()]
    return [str(path) for path in found] or list(_NAMES[:1])


@cache
def register() -> None:
    """Make every connection opened from now on by sqlcipher3 speak SpatiaLite.

    Raises:
        BeffroiError: the library is missing; the sentence says which package to install.
    """
    _refuse_another_sqlite()
    if not sys.platform.startswith("linux"):
        return
    mode = os.RTLD_NOW | os.RTLD_LOCAL | os.RTLD_DEEPBIND
    try:
        library = ctypes.CDLL(_candidates()[0], mode=mode)
    except OSError as error:
        raise BeffroiError(
            _(
                "La bibliothèque SpatiaLite est introuvable : "
                "installez le paquet libsqlite3-mod-spatialite."
            )
        ) from error
    sqlite = ctypes.CDLL(_driver.__file__)
    entry_point = ctypes.cast(library.sqlite3_modspatialite_init, ctypes.c_void_p)
    if sqlite.sqlite3_auto_extension(entry_point) != 0:
        raise BeffroiError(_("SpatiaLite n’a pas pu être chargée : réinstallez Beffroi."))


def _refuse_another_sqlite() -> None:
    """Catch a plain SQLite that took sqlcipher3's place in the process before it could matter.

    Raises:
        BeffroiError: nothing is encrypted in this process.
    """
    probe = sqlcipher3.dbapi2.connect(":memory:")
    try:
        if not probe.execute("PRAGMA cipher_version").fetchone():
            raise BeffroiError(
                _(
                    "Le chiffrement est indisponible, Beffroi refuse d’écrire en clair : "
                    "relancez-le, et réinstallez-le si le message revient."
                )
            )
    finally:
        probe.close()
