"""What the driver's errors mean for a person."""

import shutil
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from beffroi.errors import BeffroiError
from beffroi.text import _

SCANT_BYTES = 1_000_000
BAD_VALUES = (
    driver.IntegrityError, driver.DataError, driver.InterfaceError, OverflowError, ValueError,
)  # fmt: skip
"""What a statement raises because of the values that it is given, the store being sound."""


class StoreError(BeffroiError):
    """The store could not be opened or written; nothing already stored was lost."""


def is_full(error: Exception, folder: Path) -> bool:
    """Whether the disk had no room left; an I/O error counts when `folder` has next to none."""
    words = str(error)
    if "full" in words:
        return True
    return "disk I/O" in words and shutil.disk_usage(folder).free < SCANT_BYTES


def unopened(folder: Path) -> StoreError:
    """The sentence for a store that the system does not let us open."""
    return StoreError(
        _("La base du profil ne peut pas être ouverte : vérifiez vos droits sur {folder}.").format(
            folder=folder
        )
    )


def explain(error: Exception, folder: Path) -> Exception:
    """The sentence for `error`, or `error` itself when it is a bug of ours."""
    words = str(error)
    if is_full(error, folder):
        return StoreError(
            _(
                "Le disque est plein : libérez de la place puis recommencez. "
                "Rien de ce qui est enregistré n’est perdu."
            )
        )
    if "disk I/O" in words:
        return StoreError(
            _(
                "Le disque ne répond pas comme il faut : vérifiez qu’il est branché et sain, "
                "puis recommencez. Rien de ce qui est enregistré n’est perdu."
            )
        )
    if any(word in words for word in ("malformed", "not a database", "corrupt")):
        return StoreError(
            _("La base du profil est abîmée : fermez Beffroi et restaurez la dernière sauvegarde.")
        )
    if "readonly" in words:
        return StoreError(
            _("Le dossier du profil est en lecture seule : vérifiez vos droits puis recommencez.")
        )
    if "unable to open" in words:
        return unopened(folder)
    if words == "erased":
        return StoreError(_("Ce profil a été effacé : rejoignez à nouveau l’espace de travail."))
    if "locked" in words or "busy" in words:
        return StoreError(
            _("Un autre programme écrit dans ce profil : attendez un instant puis recommencez.")
        )
    return error
