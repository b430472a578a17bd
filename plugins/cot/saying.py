"""Says a Cursor on Target type, its origin and its symbol in words and codes people know."""

from beffroi.plugin.words import N_, _

_AFFILIATIONS = {
    "f": N_("ami"), "h": N_("hostile"), "n": N_("neutre"), "u": N_("inconnu"), "p": N_("en attente"),
    "a": N_("présumé ami"), "s": N_("suspect"),
    "j": N_("ami jouant un suspect (joker)"), "k": N_("ami jouant un hostile (faker)"),
}  # fmt: skip
_DOMAINS = {
    "A": N_("aérien"), "G": N_("terrestre"), "S": N_("en surface"), "U": N_("sous-marin"),
    "P": N_("spatial"), "F": N_("forces spéciales"), "X": N_("autre"),
}  # fmt: skip
_TYPES = {
    "b-a-o-can": N_("alerte annulée"), "b-a-o-tbl": N_("appel d’urgence (911)"),
    "b-a-o-pan": N_("appel à l’aide"), "b-a-o-opn": N_("troupes au contact"), "b-a-o": N_("alerte"),
    "b-a-g": N_("alerte de périmètre"), "b-a": N_("alarme"),
    "b-f-t-a": N_("accusé de réception d’un fichier"), "b-f-t-r": N_("envoi d’un fichier"),
    "b-m-p-s-m": N_("repère"), "b-m-p-s-p-i": N_("point d’intérêt"),
    "b-m-p-s-p-loc": N_("caméra"), "b-m-p-w": N_("point de passage"),
    "b-m-p-c": N_("point de contrôle"), "b-m-p": N_("point"), "b-m-r": N_("itinéraire"),
    "b-r-f-h-c": N_("évacuation sanitaire"), "b-t-f": N_("message"), "b-i-v": N_("vidéo"),
    "b-i-x-i": N_("photographie"), "b-d": N_("détection"), "b-w": N_("météo"),
    "u-d-c-c": N_("cercle"), "u-d-r": N_("rectangle"), "u-d-f": N_("tracé"), "u-d-v": N_("véhicule"),
    "u-d": N_("dessin"), "u-r-b-c-c": N_("cercle de portée"), "u-r-b-bullseye": N_("rose des vents"),
    "u-rb-a": N_("relèvement"), "u-r-b": N_("relèvement"), "t-x-d-d": N_("suppression"),
    "t-x-c-t": N_("signe de vie"), "t-x": N_("message de service"), "t": N_("tâche"),
    "r": N_("capacité"), "c": N_("réseau"), "y": N_("réponse"),
}  # fmt: skip
_ORIGINS = {
    "h-e": N_("estimé par une personne"), "h-c": N_("calculé par une personne"),
    "h-t": N_("transcrit par une personne"), "h-p": N_("collé par une personne"),
    "h-g": N_("saisi par une personne"), "h": N_("saisi par une personne"),
    "m-g": N_("mesuré par GPS"), "m-f": N_("fusion de capteurs"), "m-s": N_("simulé"),
    "m-p": N_("prédit"), "m-r": N_("relayé"), "m-i": N_("centrale inertielle"),
    "m-l": N_("laser"), "m-m": N_("magnétique"), "m-v": N_("visuel"), "m-a": N_("radio"),
    "m": N_("mesuré par une machine"),
}  # fmt: skip
_STANDARD = {
    "f": "F",
    "h": "H",
    "n": "N",
    "u": "U",
    "p": "P",
    "a": "A",
    "s": "S",
    "j": "J",
    "k": "K",
}
_FUNCTION_LETTERS = 6


def kind_words(kind: str) -> str:
    """What an event is: “ami, terrestre”, “repère”, “itinéraire”…; empty when nobody knows."""
    parts = kind.split("-")
    if parts[0] != "a":
        return _nearest(kind, _TYPES)
    words = [_AFFILIATIONS.get(part.lower()) for part in parts[1:2]]
    words += [_DOMAINS.get(part) for part in parts[2:3]]
    return ", ".join(_(word) for word in words if word)


def origin_words(how: str) -> str:
    """Where a position comes from."""
    return _nearest(how, _ORIGINS)


def symbol_code(kind: str) -> str:
    """The 15-letter symbol code (APP-6B, MIL-STD-2525C) of an `a-…` type; empty for others.

    `a-f-G-U-C` is `SFGPUC---------`.
    """
    parts = kind.split("-")
    if len(parts) < 3 or parts[0] != "a" or parts[2] not in "PAGSUFX":
        return ""
    function = "".join(part for part in parts[3:] if len(part) == 1 and part.isupper())
    affiliation = _STANDARD.get(parts[1].lower(), "U")
    return f"S{affiliation}{parts[2]}P{function[:_FUNCTION_LETTERS]:-<6}-----"


def _nearest(code: str, words: dict[str, str]) -> str:
    """The words of the code, or of the longest beginning of it that has some."""
    while code:
        if code in words:
            return _(words[code])
        code = code.rpartition("-")[0]
    return ""
