"""What a person may do with content, asked at the doors through which content comes and goes."""

from beffroi.errors import BeffroiError
from beffroi.journal.operation import Identity
from beffroi.text import _


def writing(who: Identity) -> None:
    """Let `who` write.

    Raises:
        BeffroiError: they only read.
    """
    if not who.may_write:
        raise BeffroiError(
            _(
                "Votre rôle permet de lire, pas d’écrire : "
                "demandez un compte de rédaction à l’administrateur."
            )
        )


def exporting(who: Identity) -> None:
    """Let `who` carry content out of the profile.

    Raises:
        BeffroiError: their role verifies and takes nothing away.
    """
    if not who.may_export:
        raise BeffroiError(
            _(
                "Votre rôle ne permet pas de sortir des contenus : "
                "demandez l’export à un compte de rédaction."
            )
        )
