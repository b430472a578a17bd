"""The words of the bandeau: modes, markings and armement levels."""

from beffroi.text import N_

MODE_WORDS = {
    "real": N_("RÉEL"),
    "exercise": N_("EXERCICE"),
    "test": N_("TEST"),
    "training": N_("FORMATION"),
}
MARKING_WORDS = {
    "NP": N_("NON PROTÉGÉ"),
    "DR": N_("DIFFUSION RESTREINTE"),
    "DR_SF": N_("DIFFUSION RESTREINTE – SPÉCIAL FRANCE"),
}
LEVEL_WORDS = (
    N_("En sommeil"),
    N_("Veille"),
    N_("Veille renforcée"),
    N_("Pré-alerte"),
    N_("Activation niveau 1"),
    N_("Activation niveau 2"),
    N_("Activation niveau 3"),
    N_("Désactivation"),
)
LEVEL_SETTING = "armement/level"
ZONE_WORDS = {
    "Europe/Paris": N_("Paris"),
    "UTC": N_("UTC"),
    "Pacific/Tahiti": N_("Tahiti"),
    "Pacific/Marquesas": N_("Marquises"),
    "Pacific/Gambier": N_("Gambier"),
    "Pacific/Noumea": N_("Nouméa"),
    "Pacific/Wallis": N_("Wallis"),
    "Indian/Reunion": N_("La Réunion"),
    "Indian/Mayotte": N_("Mayotte"),
    "Indian/Kerguelen": N_("Kerguelen"),
    "America/Cayenne": N_("Cayenne"),
    "America/Martinique": N_("Martinique"),
    "America/Guadeloupe": N_("Guadeloupe"),
    "America/Marigot": N_("Saint-Martin"),
    "America/St_Barthelemy": N_("Saint-Barthélemy"),
    "America/Miquelon": N_("Miquelon"),
}
