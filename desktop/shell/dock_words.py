"""French for the docking library, which only speaks English."""

from PySide6.QtCore import QTranslator
from typing_extensions import override

_FRENCH = {
    "Close": "Fermer",
    "Close Active Tab": "Fermer l’onglet",
    "Close Group": "Fermer le groupe",
    "Close Other Groups": "Fermer les autres groupes",
    "Close Others": "Fermer les autres",
    "Close Tab": "Fermer l’onglet",
    "Detach": "Détacher",
    "Detach Group": "Détacher le groupe (autre écran)",
    "List All Tabs": "Tous les onglets",
    "Pin Active Tab (Press Ctrl to Pin Group)": "Replier l’onglet (Ctrl : tout le groupe)",
    "Pin Group": "Replier le groupe",
    "Pin Group To...": "Replier le groupe…",
    "Pin To...": "Replier…",
    "Show View": "Montrer le panneau",
    "Unpin (Dock)": "Déplier",
    "Top": "En haut",
    "Left": "À gauche",
    "Right": "À droite",
    "Bottom": "En bas",
}


class DockWords(QTranslator):
    """Answers for the library's own classes; install it first, so that it is asked last.

    From Python an empty answer counts as a translation: what is not known is said as it is.
    """

    @override
    def translate(
        self,
        context: str,
        sourceText: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        return _FRENCH.get(sourceText, sourceText) if context.startswith("ads::") else sourceText

    @override
    def isEmpty(self) -> bool:
        return False
