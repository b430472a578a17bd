"""Credibility 1 needs an independent second source: ten repetitions of one source are one source."""

from beffroi.errors import BeffroiError
from beffroi.logbook import rows
from beffroi.logbook.entry import Content, Lifecycle, Qualification
from beffroi.logbook.facets import fold
from beffroi.store import Connection
from beffroi.text import _

_WORTHLESS = (Qualification.REFUTED, Qualification.DUPLICATE)


def source_of(content: Content, post: str) -> tuple[str, str]:
    """Who says it: organisation and origin, or failing both the post that wrote it down."""
    said = (fold(content.organisation).strip(), fold(content.origin).strip())
    return said if any(said) else ("", fold(post))


def check_corroboration(connection: Connection, content: Content, uid: str, post: str) -> None:
    """Refuse a corroborating entry that corroborates nothing.

    Raises:
        BeffroiError: it is the entry itself, unknown, void, refuted, a duplicate, or it comes from
            the same source.
    """
    other = rows.one(connection, "e.uid = ?", content.corroborated_by)
    if other is None or other.uid == uid:
        raise BeffroiError(
            _("L’entrée qui corrobore est introuvable : choisissez-en une autre que celle-ci.")
        )
    if other.lifecycle == Lifecycle.VOID or other.qualification in _WORTHLESS:
        raise BeffroiError(
            _(
                "L’entrée {label} est annulée, infirmée ou en doublon : "
                "elle ne corrobore rien, choisissez-en une autre ou cotez 2."
            ).format(label=other.label)
        )
    if content.credibility == 1 and source_of(other.content, other.post) == source_of(
        content, post
    ):
        raise BeffroiError(
            _(
                "L’entrée {label} vient de la même source : "
                "la cote 1 demande une source indépendante, sinon cotez 2."
            ).format(label=other.label)
        )
