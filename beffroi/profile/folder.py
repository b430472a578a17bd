"""Profile folders appear whole or not at all, and are copied whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beffroi.basemaps import FETCHED
from beffroi.basemaps import FOLDER as BASEMAPS_FOLDER
from beffroi.errors import BeffroiError
from beffroi.profile.info import (
    ATTACHMENTS_FOLDER,
    DESK_FILE,
    INFO_FILE,
    KEYRING_FILE,
    STORE_FILE,
)
from beffroi.store import Store
from beffroi.taxonomy import OWN_FILE
from beffroi.text import _


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A folder to work in, that takes the place of `folder` when all went well, else vanishes.

    Nobody but its owner may look into it.

    Raises:
        BeffroiError: `folder` holds something already, or cannot be written.
    """
    folder = folder.absolute()
    workshop = folder.parent / f".{folder.name}.new"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BeffroiError(
                _("Le dossier {folder} n’est pas vide : choisissez-en un autre.").format(
                    folder=folder
                )
            )
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.parent.mkdir(parents=True, exist_ok=True)
        workshop.mkdir(mode=0o700)
        yield workshop
        if folder.is_dir():
            folder.rmdir()
        workshop.rename(folder)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le dossier {folder} ne peut pas être écrit : "
                "vérifiez vos droits et la place libre."
            ).format(folder=folder)
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def copy_profile(folder: Path, store: Store, to: Path) -> None:
    """Copy an open profile whole, encrypted as it is; the copy opens with the same secrets.

    Raises:
        BeffroiError: `to` holds something already, or the copy failed (nothing is left of it).
    """
    with made_whole(to) as workshop:
        for name in (INFO_FILE, KEYRING_FILE):
            shutil.copyfile(folder / name, workshop / name)
        for name in (OWN_FILE, DESK_FILE):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, workshop / name)
        store.copy_to(workshop / STORE_FILE)
        for beside in (ATTACHMENTS_FOLDER, BASEMAPS_FOLDER):
            if (folder / beside).is_dir():
                shutil.copytree(
                    folder / beside,
                    workshop / beside,
                    ignore=shutil.ignore_patterns("*.new", FETCHED),
                )
        os.sync()  # the key that carries it may be pulled out at once
