"""What the list says when it has nothing to show: empty, not found, or still on its way."""

from beffroi.sync.status import LinkStatus
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.empty import EmptyState


class ListEmpty(EmptyState):
    """Follows the link: while a new desk fills, its list is not empty, it is coming."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._link = desk.link
        self._yet = False
        desk.link.status_changed.connect(self._follow)

    def nothing_yet(self) -> None:
        """The main courante is empty, or has not come yet."""
        self._yet = True
        if self._link.joined and self._link.status.state == "catching_up":
            self._coming(self._link.status)
            return
        self.say(
            "notebook",
            _("La main courante est vide"),
            _("Tapez la première entrée dans la ligne du haut (Ctrl+N), puis Entrée."),
        )

    def _coming(self, status: LinkStatus) -> None:
        done = _("{done} sur {total}. ").format(done=status.done, total=status.total)
        hint = _("Vous pouvez déjà écrire\u00a0: tout prendra sa place.")
        self.say(
            "download",
            _("La main courante arrive du centre…"),
            (done if status.total else "") + hint,
        )

    def nothing_found(self) -> None:
        """The search leaves nothing."""
        self._yet = False
        self.say(
            "search",
            _("Aucune entrée ne répond à cette recherche"),
            _("Retirez un filtre ci-dessus, élargissez la période, ou cherchez un début de mot."),
            _("Tout afficher"),
        )

    def not_searched(self) -> None:
        """The search failed."""
        self._yet = False
        self.say(
            "alert-triangle",
            _("La recherche n’a pas abouti"),
            _("Rien n’est perdu. Réessayez\u202f; si cela persiste, prévenez l’administrateur."),
            _("Réessayer"),
        )

    def _follow(self, _status: LinkStatus) -> None:
        if self._yet:
            self.nothing_yet()
