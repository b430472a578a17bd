"""Colours, phenomena and départements of the Vigilance map, in words."""

from beffroi.plugin import Scalar
from beffroi.plugin.severity import GRAVE, MAJOR, NOTHING, SIGNIFICANT
from beffroi.plugin.words import N_, _

COLOURS = {
    1: (N_("vert"), NOTHING),
    2: (N_("jaune"), SIGNIFICANT),
    3: (N_("orange"), GRAVE),
    4: (N_("rouge"), MAJOR),
}
"""Météo-France gives yellow as Moderate, orange as Severe and red as Extreme in its own CAP."""

PHENOMENA = {
    1: N_("vent violent"),
    2: N_("pluie-inondation"),
    3: N_("orages"),
    4: N_("crues"),
    5: N_("neige-verglas"),
    6: N_("canicule"),
    7: N_("grand froid"),
    8: N_("avalanches"),
    9: N_("vagues-submersion"),
}

_NAMES = (
    "01 Ain|02 Aisne|03 Allier|04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes|"
    "07 Ardèche|08 Ardennes|09 Ariège|10 Aube|11 Aude|12 Aveyron|13 Bouches-du-Rhône|14 Calvados|"
    "15 Cantal|16 Charente|17 Charente-Maritime|18 Cher|19 Corrèze|21 Côte-d’Or|22 Côtes-d’Armor|"
    "23 Creuse|24 Dordogne|25 Doubs|26 Drôme|27 Eure|28 Eure-et-Loir|29 Finistère|2A Corse-du-Sud|"
    "2B Haute-Corse|30 Gard|31 Haute-Garonne|32 Gers|33 Gironde|34 Hérault|35 Ille-et-Vilaine|"
    "36 Indre|37 Indre-et-Loire|38 Isère|39 Jura|40 Landes|41 Loir-et-Cher|42 Loire|43 Haute-Loire|"
    "44 Loire-Atlantique|45 Loiret|46 Lot|47 Lot-et-Garonne|48 Lozère|49 Maine-et-Loire|50 Manche|"
    "51 Marne|52 Haute-Marne|53 Mayenne|54 Meurthe-et-Moselle|55 Meuse|56 Morbihan|57 Moselle|"
    "58 Nièvre|59 Nord|60 Oise|61 Orne|62 Pas-de-Calais|63 Puy-de-Dôme|64 Pyrénées-Atlantiques|"
    "65 Hautes-Pyrénées|66 Pyrénées-Orientales|67 Bas-Rhin|68 Haut-Rhin|69 Rhône|70 Haute-Saône|"
    "71 Saône-et-Loire|72 Sarthe|73 Savoie|74 Haute-Savoie|75 Paris|76 Seine-Maritime|"
    "77 Seine-et-Marne|78 Yvelines|79 Deux-Sèvres|80 Somme|81 Tarn|82 Tarn-et-Garonne|83 Var|"
    "84 Vaucluse|85 Vendée|86 Vienne|87 Haute-Vienne|88 Vosges|89 Yonne|90 Territoire de Belfort|"
    "91 Essonne|92 Hauts-de-Seine|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d’Oise|99 Andorre|"
    "971 Guadeloupe|972 Martinique|973 Guyane|974 La Réunion|975 Saint-Pierre-et-Miquelon|"
    "976 Mayotte|977 Saint-Barthélemy|978 Saint-Martin"
)
NAMES = dict(entry.split(" ", 1) for entry in _NAMES.split("|"))


def colour(number: float | None) -> str:
    """`vert` to `rouge`; empty when the number is none of the map's."""
    return _(COLOURS[int(number)][0]) if number in COLOURS else ""


def severity(number: float | None) -> Scalar:
    """The colour on the common scale, 0 to 4."""
    return COLOURS[int(number)][1] if number is not None and number in COLOURS else None


def phenomenon(number: float | None) -> str:
    """The name of a phenomenon by its number."""
    if number is None:
        return ""
    return _(PHENOMENA[int(number)]) if number in PHENOMENA else str(int(number))


def place(domain: str) -> tuple[str, str, bool]:
    """The département of a domain, its name, and whether it is its coast alone (`2910`)."""
    coast = len(domain) == 4 and domain.endswith("10")
    code = domain[:2] if coast else domain
    if code in NAMES:
        name = NAMES[code]
        return code, _("{name} (littoral)").format(name=name) if coast else name, coast
    return "", _("France") if code in ("FRA", "FR") else code, False
