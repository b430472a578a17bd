"""The desk as it is delivered: which panels there are and where they lie."""

from dataclasses import dataclass

from beffroi.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a dock lies before anyone moves it; a `tab_of` dock shares its neighbour's place."""

    dock_id: str
    title: str
    area: str
    icon: str
    share: int = 0
    tab_of: str = ""


DEFAULT = (
    Place(dock_id="map", title=N_("Carte"), area="centre", icon="map-2", share=44),
    Place(dock_id="logbook", title=N_("Main courante"), area="left", icon="notebook", share=32),
    Place(dock_id="entry", title=N_("Entrée"), area="right", icon="file-text", share=24),
    Place(dock_id="layers", title=N_("Calques"), area="left", icon="stack-2", tab_of="logbook"),
    Place(dock_id="sources", title=N_("Sources"), area="centre", icon="antenna", tab_of="map"),
    Place(dock_id="dossiers", title=N_("Dossiers"), area="left", icon="folders", tab_of="logbook"),
    Place(dock_id="followups", title=N_("Suites"), area="left", icon="checks", tab_of="logbook"),
    Place(
        dock_id="tracks", title=N_("Pistes"), area="left", icon="current-location", tab_of="logbook"
    ),
    Place(dock_id="drawing", title=N_("Dessin"), area="right", icon="pencil", tab_of="entry"),
    Place(dock_id="basemaps", title=N_("Fonds"), area="right", icon="map-2", tab_of="entry"),
    Place(
        dock_id="form", title=N_("Formulaire"), area="right", icon="list-details", tab_of="entry"
    ),
)
"""The desk as it is delivered: reading on the left, the map large, the entry on the right."""
SHARED = (
    Place(
        dock_id="settle",
        title=N_("À départager"),
        area="centre",
        icon="arrow-merge",
        tab_of="map",
    ),
    Place(dock_id="present", title=N_("Présents"), area="right", icon="users", tab_of="entry"),
)
"""What is added where others work too."""
ORDER = {"left": 0, "centre": 1, "right": 2}
"""The columns, from left to right."""


def places(*, joined: bool) -> tuple[Place, ...]:
    """The panels of a desk; `joined` when it works with a hub."""
    return (*DEFAULT, *SHARED) if joined else DEFAULT
