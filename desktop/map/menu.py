"""The right-click menu of the map."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from beffroi.places import coordinates
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.canvas import Offer, Spot
from desktop.kit.shared import Prefill
from desktop.map.bridge import Bridge
from desktop.map.status_bar import SYSTEM_WORDS


def context_menu(
    desk: Desk,
    bridge: Bridge,
    parent: QWidget,
    spot: Spot,
    open_entry: Callable[[], None] | None,
    groups: Sequence[Sequence[Offer]] = (),
) -> QMenu:
    """What can be done at a place: write an entry, copy, measure, and what capabilities offer."""
    lon, lat = spot.lon, spot.lat
    menu = QMenu(parent)
    for group in groups:
        for offer in group:
            action = menu.addAction(offer.title, offer.run)
            action.setEnabled(offer.enabled)
            if offer.icon:
                action.setIcon(desk.theme.icon(offer.icon))
        menu.addSeparator()
    if open_entry:
        menu.addAction(desk.theme.icon("file-text"), _("Ouvrir l’entrée"), open_entry)
    menu.addAction(
        desk.theme.icon("message-plus"), _("Écrire une entrée ici"), partial(_write, desk, lon, lat)
    )
    menu.addSeparator()
    copy = menu.addMenu(desk.theme.icon("copy"), _("Copier les coordonnées"))
    for system, words in SYSTEM_WORDS.items():
        written = coordinates.format(lon, lat, system)
        action = copy.addAction(f"{written}\t{_(words)}")
        action.triggered.connect(partial(_copy, desk, written))
    menu.addSeparator()
    menu.addAction(
        desk.theme.icon("ruler-measure"),
        _("Mesurer une distance"),
        partial(bridge.tell, "measure"),
    )
    menu.addAction(
        desk.theme.icon("focus-2"),
        _("Centrer ici"),
        partial(bridge.tell, "go", {"lon": lon, "lat": lat}),
    )
    return menu


def _copy(desk: Desk, written: str, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(written)
    desk.notices.info(_("Coordonnées copiées\u00a0: {written}").format(written=written))


def _write(desk: Desk, lon: float, lat: float) -> None:
    desk.shared.entry_asked.emit(Prefill(lon=lon, lat=lat))
