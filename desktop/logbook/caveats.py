"""Restrictions in words: who, beyond the marking, may read an entry."""

from collections.abc import Iterable

from beffroi.text import N_, _

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
    """The restrictions of an entry, in words."""
    return tuple(caveat_word(code) for code in codes)
