"""Everything one can do to a drawing, as commands: the menu, the palette of commands and the keys."""

from collections.abc import Callable
from functools import partial

from beffroi.layers.drawing import deeds
from beffroi.text import N_, _
from desktop.api import Desk, Offer, Spot
from desktop.drawing.palette import TOOLS
from desktop.drawing.panel import DrawingPanel
from desktop.kit.commands import Command

_MENU = "Carte"
_CATEGORY = N_("Dessin")
_TURN = 15.0


def register(desk: Desk, panel: DrawingPanel) -> None:
    """Add the commands of drawing to the desk."""
    studio = panel.studio
    hand, gestures = studio.hand, studio.gestures
    some = lambda: bool(hand.selection)  # noqa: E731
    may = lambda: desk.node.who.may_write  # noqa: E731
    desk.commands.register(
        *(
            _command(
                f"drawing.{kind}", _TOOL_TITLES[kind], partial(panel.palette_tab.take, kind),
                f"Ctrl+D, {key}", icon, may,
            )
            for kind, (icon, key) in TOOLS.items()
        ),
        _command("drawing.palette", N_("Palette de dessin et symboles"), panel.show_palette,
                 "Ctrl+D, D", "pencil", None),
        _command("drawing.queue", N_("Entrées à dessiner"), panel.show_queue, "Ctrl+D, E",
                 "checks", None),
        _command("drawing.sheet", N_("Fiche du dessin sélectionné"), panel.open_sheet, "Ctrl+D, M",
                 "list-details", some),
        _command("drawing.next", N_("Dessin suivant"), partial(gestures.step, 1),
                 "Ctrl+D, Right", "arrow-right", None),
        _command("drawing.previous", N_("Dessin précédent"), partial(gestures.step, -1),
                 "Ctrl+D, Left", "arrow-left", None),
        _command("drawing.undo", N_("Annuler le dessin"), hand.undo, "Ctrl+Z",
                 "arrow-back-up", lambda: bool(hand.undo_words), scope="map"),
        _command("drawing.redo", N_("Rétablir le dessin"), hand.redo, "Ctrl+Y",
                 "arrow-forward-up", lambda: bool(hand.redo_words), scope="map",
                 also=("Ctrl+Shift+Z",)),
        _command("drawing.copy", N_("Copier le dessin sélectionné"),
                 lambda: gestures.copy(studio.calques.current), "Ctrl+D, K", "copy", some),
        _command("drawing.turn", N_("Tourner de 15° à droite"), partial(gestures.turn, _TURN),
                 "Alt+Shift+R", "rotate", some),
        _command("drawing.turn-back", N_("Tourner de 15° à gauche"),
                 partial(gestures.turn, -_TURN), "Alt+Shift+L", "rotate", some),
        _command("drawing.erase", N_("Supprimer le dessin sélectionné"), hand.erase, "", "trash",
                 some),
        _command("drawing.share", N_("Partager ce calque…"),
                 lambda: panel.ask_share(studio.calques.current), "", "users",
                 panel.palette_tab.calques.share.isEnabled),
        _command("drawing.export", N_("Exporter ce dessin…"),
                 lambda: panel.files.export(studio.calques.current), "", "file-export",
                 lambda: bool(studio.calques.current)),
        _command("drawing.import", N_("Importer un dessin…"), panel.files.import_drawing, "",
                 "file-import", may),
    )  # fmt: skip
    desk.canvas.menu(partial(_offers, panel))


def _offers(panel: DrawingPanel, spot: Spot) -> list[Offer]:
    """The lines of the map's menu: on a shape what can be done to it, and undo with its words."""
    studio, offers = panel.studio, []
    hand = studio.hand
    if (
        spot.hit is not None
        and spot.hit.get("kind") == "shape"
        and spot.hit["uid"] in studio.shapes
    ):
        uid = str(spot.hit["uid"])
        if uid not in hand.selection:
            hand.select((uid,))
        offers += [
            Offer(title=_("Fiche du dessin"), run=panel.open_sheet, icon="list-details"),
            Offer(
                title=_("Copier"), icon="copy",
                run=partial(studio.gestures.copy, studio.calques.current),
            ),
            Offer(
                title=_("Supprimer"), run=hand.erase, icon="trash",
                enabled=bool(hand.changeable()),
            ),
        ]  # fmt: skip
    if hand.undo_words:
        words = deeds.undo_title(hand.undo_words)
        offers.append(Offer(title=words, run=hand.undo, icon="arrow-back-up"))
    if hand.redo_words:
        words = deeds.redo_title(hand.redo_words)
        offers.append(Offer(title=words, run=hand.redo, icon="arrow-forward-up"))
    return offers


def _command(
    command_id: str,
    title: str,
    run: Callable[[], None],
    shortcut: str,
    icon: str,
    enabled: Callable[[], bool] | None,
    *,
    scope: str = "",
    also: tuple[str, ...] = (),
) -> Command:
    return Command(
        id=command_id, title=title, run=run, menu=_MENU, shortcut=shortcut, icon=icon,
        category=_CATEGORY, enabled=enabled, scope=scope, also=also,
    )  # fmt: skip


_TOOL_TITLES = {
    "point": N_("Tracer un point"),
    "line": N_("Tracer une ligne"),
    "area": N_("Tracer une zone"),
    "rectangle": N_("Tracer un rectangle"),
    "circle": N_("Tracer un cercle"),
    "sector": N_("Tracer un secteur"),
    "arrow": N_("Tracer une flèche"),
    "text": N_("Écrire un texte sur la carte"),
}
