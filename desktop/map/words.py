"""The words the page shows by itself."""

from beffroi.text import _, language


def page_words() -> dict[str, str]:
    """The argument of the page's `words` command, in the language spoken now."""
    return {
        "language": language(),
        "map": _("Carte"),
        "zoomIn": _("Zoomer (+)"),
        "zoomOut": _("Dézoomer (−)"),
        "zoomHere": _("Zoomer ici"),
        "escape": _("Échap"),
        "measure": _("Cliquez les points du trajet, double-clic pour finir"),
    }
