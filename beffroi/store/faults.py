"""What the driver's errors mean for a person."""

from beffroi.store.connection import StoreError
from beffroi.text import _


def is_full(error: Exception) -> bool:
    """Whether the disk had no room left."""
    return any(word in str(error) for word in ("full", "disk I/O"))


def explain(error: Exception) -> Exception:
    """The sentence for `error`, or `error` itself when it is a bug of ours."""
    words = str(error)
    if is_full(error):
        return StoreError(
            _(
                "Le disque est plein : libérez de la place puis recommencez. "
                "Rien de ce qui est enregistré n’est perdu."
            )
        )
    if any(word in words for word in ("malformed", "not a database", "corrupt")):
        return StoreError(
            _("La base du profil est abîmée : fermez Beffroi et restaurez la dernière sauvegarde.")
        )
    if "readonly" in words:
        return StoreError(
            _("Le dossier du profil est en lecture seule : vérifiez vos droits puis recommencez.")
        )
    if "locked" in words or "busy" in words:
        return StoreError(
            _("Un autre programme écrit dans ce profil : attendez un instant puis recommencez.")
        )
    return error
