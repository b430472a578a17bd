"""A profile is made beside its place and put there when it is whole: a half-made one never stays."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.text import _


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A fresh folder to fill; it becomes `folder` if all goes well, and disappears otherwise.

    Raises:
        BeffroiError: `folder` holds something already, or cannot be written.
    """
    folder = folder.absolute()
    part = folder.with_name(f".{folder.name}.part")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BeffroiError(
                _("Le dossier {folder} n’est pas vide\u00a0: choisissez-en un autre.").format(
                    folder=folder
                )
            )
        shutil.rmtree(part, ignore_errors=True)
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            if folder.exists():
                folder.rmdir()
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le dossier {folder} ne peut pas être écrit\u00a0: vérifiez vos droits et la place."
            ).format(folder=folder)
        ) from error
