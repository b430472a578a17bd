"""The words of what one does to a drawing, for « Annuler : … » and « Rétablir : … »."""

from beffroi.layers.shapes import Kind
from beffroi.text import N_, _

DRAW: dict[Kind, str] = {
    "point": N_("tracer le point"),
    "line": N_("tracer la ligne"),
    "area": N_("tracer la zone"),
    "rectangle": N_("tracer le rectangle"),
    "circle": N_("tracer le cercle"),
    "sector": N_("tracer le secteur"),
    "arrow": N_("tracer la flèche"),
    "text": N_("écrire le texte"),
    "symbol": N_("poser le symbole"),
}
CHANGE = N_("modifier")
MOVE = N_("déplacer")
RESHAPE = N_("déformer")
TURN = N_("tourner")
COPY = N_("copier")
ERASE = N_("supprimer")
IMPORT = N_("importer le dessin")


def undo_title(words: str) -> str:
    """« Annuler : tracer la zone », or « Annuler » alone."""
    if not words:
        return _("Annuler le dessin")
    return _("Annuler\u00a0: {deed}").format(deed=_(words))


def redo_title(words: str) -> str:
    """« Rétablir : tracer la zone », or « Rétablir » alone."""
    if not words:
        return _("Rétablir le dessin")
    return _("Rétablir\u00a0: {deed}").format(deed=_(words))
