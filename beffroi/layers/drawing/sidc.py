"""Symbol identification codes of APP-6(D) and later: twenty digits put together from choices.

Source: MIL-STD-2525D appendix A, which STANAG 2019 shares: version, context, identity, symbol set,
status, headquarters, echelon, entity, two modifiers.
"""

import re
from dataclasses import dataclass

from beffroi.text import N_

AFFILIATIONS = {
    "3": N_("Ami"),
    "6": N_("Hostile"),
    "4": N_("Neutre"),
    "1": N_("Inconnu"),
    "2": N_("Présumé ami"),
    "5": N_("Suspect"),
    "0": N_("En attente"),
}
"""Standard identity, the digit and its word."""
ECHELONS = {
    "00": N_("Sans échelon"),
    "11": N_("Équipe"),
    "12": N_("Groupe de combat"),
    "13": N_("Section (demi-section)"),
    "14": N_("Section, peloton"),
    "15": N_("Compagnie, escadron"),
    "16": N_("Bataillon"),
    "17": N_("Régiment"),
    "18": N_("Brigade"),
    "21": N_("Division"),
    "22": N_("Corps d’armée"),
}
STATUSES = {
    "0": N_("Présent"),
    "1": N_("Prévu"),
    "2": N_("Présent, apte"),
    "3": N_("Présent, endommagé"),
    "4": N_("Présent, détruit"),
    "5": N_("Présent, au complet"),
}
_CODE = re.compile(r"\d{20}(\d{10})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is chosen beside the entity."""

    affiliation: str = "3"
    echelon: str = "00"
    status: str = "0"
    exercise: bool = False
    headquarters: bool = False


def code(entity: str, choice: Choice | None = None) -> str:
    """The SIDC of an entity (two digits of the symbol set and six of its own) with its choices."""
    made = choice or Choice()
    context = "1" if made.exercise else "0"
    staff = "2" if made.headquarters else "0"
    return (
        f"10{context}{made.affiliation}{entity[:2]}{made.status}{staff}{made.echelon}"
        f"{entity[2:]}0000"
    )


def entity_of(sidc: str) -> str:
    """The symbol set and entity inside a code; empty when it is no code of numbers."""
    return sidc[4:6] + sidc[10:16] if is_code(sidc) else ""


def choice_of(sidc: str) -> Choice:
    """What was chosen in a code of twenty digits."""
    if not is_code(sidc):
        return Choice()
    return Choice(
        affiliation=sidc[3],
        echelon=sidc[8:10],
        status=sidc[6],
        exercise=sidc[2] == "1",
        headquarters=sidc[7] == "2",
    )


def is_code(text: str) -> bool:
    """Whether this is a code of numbers (twenty digits, thirty in later editions)."""
    return _CODE.fullmatch(text) is not None
