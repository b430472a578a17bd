"""What goes wrong with a database, in words for a person."""

from beffroi.errors import BeffroiError
from beffroi.text import _


class Unavailable(BeffroiError):
    """The database does not answer now; trying again is right."""

    @classmethod
    def now(cls) -> "Unavailable":
        """The sentence for it."""
        return cls(
            _(
                "La base de données du hub ne répond pas\u00a0: recommencez dans un instant, "
                "et prévenez l’administrateur si cela dure."
            )
        )

    @classmethod
    def because(cls, error: Exception) -> "Unavailable":
        """What the server, or the way to it, says of why it does not open: for administrators alone.

        No password is in it.
        """
        why = "".join(str(error).strip().splitlines()[:1])[:300]
        return cls(
            _(
                "La base PostgreSQL ne s’ouvre pas ({why})\u00a0: vérifiez --database, le mot de "
                "passe et le serveur."
            ).format(why=why)
        )


class Full(BeffroiError):
    """The disk of the hub is full; nothing that was acknowledged is lost."""

    @classmethod
    def now(cls) -> "Full":
        """The sentence for it."""
        return cls(
            _(
                "Le disque du hub est plein\u00a0: l’administrateur doit libérer de la place. "
                "Rien de ce qui est enregistré n’est perdu."
            )
        )
