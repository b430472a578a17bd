"""How an officer qualifies an entry: tags, gravity, grading, impacts, who must know."""

from random import Random
from typing import Any

import msgspec

from beffroi.logbook.entry import Content, Impact

JSON = dict[str, Any]
_GRADES = (("A", 2), ("B", 2), ("B", 3), ("C", 3), ("C", 2), ("F", 6), ("D", 4))
_GRADE_WEIGHTS = (16, 38, 16, 12, 6, 10, 2)
_IMPACTS = {
    "SEC": (Impact.PUBLIC_ORDER, Impact.EVENT),
    "SDC": (Impact.HUMAN, Impact.OPERATIONAL),
    "TRA": (Impact.OPERATIONAL, Impact.EVENT),
    "RES": (Impact.OPERATIONAL, Impact.HUMAN),
    "CYB": (Impact.OPERATIONAL, Impact.REPUTATION),
    "MET": (Impact.HUMAN, Impact.ENVIRONMENT),
    "ORG": (Impact.EVENT, Impact.REPUTATION),
    "ENV": (Impact.ENVIRONMENT, Impact.HUMAN),
    "MED": (Impact.REPUTATION, Impact.PUBLIC_ORDER),
}
_CONCERNED = {
    "SEC": ("OL-DGPN", "OL-DGGN", "OL-PP", "OL-CNSJ"),
    "SDC": ("OL-COGIC", "OL-Santé"),
    "TRA": ("OL-Transports", "OL-SNCF", "OL-RATP"),
    "RES": ("OL-Énergie", "OL-Zones"),
    "CYB": ("OL-Cyber",),
    "MET": ("OL-Météo", "OL-COGIC", "OL-Zones"),
    "ORG": ("OL-Paris 2024", "OL-PP"),
    "MED": ("Com/RS",),
    "OUT": ("OL-Outre-mer",),
}


def judgement(tags: tuple[str, ...], gravity: int, rng: Random) -> JSON:
    """The fields that qualification fills, as JSON values."""
    grade, credibility = rng.choices(_GRADES, _GRADE_WEIGHTS)[0]
    changes: JSON = {
        "tags": list(tags),
        "gravity": gravity,
        "source_grade": grade,
        "credibility": credibility,
    }
    domain = tags[0].split(".")[0]
    if gravity >= 1 and domain in _IMPACTS:
        first, second = _IMPACTS[domain]
        changes["impacts"] = {first.value: gravity, second.value: max(0, gravity - 1)}
    if gravity >= 2 and domain in _CONCERNED:
        posts = _CONCERNED[domain]
        changes["for_action"] = [rng.choice(posts)]
        changes["for_info"] = ["Chef de salle"]
    if gravity >= 3:
        changes["key_event"] = True
    return changes


def judged(content: Content, changes: JSON) -> Content:
    """`content` with those fields filled."""
    return msgspec.convert({**msgspec.to_builtins(content), **changes}, Content)
