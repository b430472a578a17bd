"""Restrictions in words, and those one may choose: who, beyond the marking, may read a thing."""

from collections.abc import Iterable

from beffroi.access.buckets import EVERY_ORG, org_caveat
from beffroi.text import N_, _
from desktop.kit.link import Link

_ORG = "ORG:"
_WORDS = {
    "MEDICAL": N_("Médical"),
    "ENQUETE": N_("Enquête"),
    "CNCS": N_("CNCS"),
}
KNOWN = tuple(_WORDS)
"""The restrictions that everybody knows; a centre may have others."""


def caveat_word(code: str) -> str:
    """« Médical », « réservé SNCF », or the code itself when nobody gave it a word."""
    if code.startswith(_ORG):
        return _("réservé {organisation}").format(organisation=code.removeprefix(_ORG))
    return _(_WORDS[code]) if code in _WORDS else code


def caveat_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Several restrictions, in words."""
    return tuple(caveat_word(code) for code in codes)


def offered_caveats(link: Link, organisation: str) -> tuple[str, ...]:
    """What may be chosen: with a hub, what this person may read back; else what everybody knows."""
    held = [caveat for caveat in link.caveats if caveat != EVERY_ORG]
    own = org_caveat(organisation)
    return tuple(dict.fromkeys([*(held or KNOWN), *([own] if own else [])]))
