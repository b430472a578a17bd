"""The words for what traces say: acts by name and by family, verdicts in sentences."""

from beffroi.access.trace import Verdict
from beffroi.access.trail_acts import ACTS, FAMILIES
from beffroi.text import N_, _, ngettext, number

_WHY = {
    "missing": N_("il manque une ligne"),
    "unlinked": N_("la ligne ne suit pas la précédente"),
    "altered": N_("la ligne a été modifiée"),
    "cut": N_("les dernières lignes ont été retirées"),
    "seal": N_("le scellé ne correspond pas"),
}
_NAMES = {
    "journal": N_("Journal"),
    "audit": N_("Traces"),
}


def act(code: str) -> str:
    """The name of an act."""
    return _(ACTS[code]) if code in ACTS else code


def codes(family: str) -> tuple[str, ...]:
    """The codes of a family of acts; none when it is not known."""
    return FAMILIES[family][1] if family in FAMILIES else ()


def why(code: str) -> str:
    """What is wrong with a link, in words."""
    return _(_WHY[code]) if code in _WHY else code


def sentence(verdict: Verdict, *, hub: bool = False) -> str:
    """A verdict for a person: what is whole, or the first broken link and what to do about it.

    `hub` says that the chain is the hub's and not that of a profile.
    """
    match verdict.chain:
        case "entries":
            return _entries(verdict)
        case "store":
            if verdict.whole:
                return _("Base\u00a0: intacte.")
            return _(
                "Base\u00a0: des pages sont abîmées. Restaurez la dernière sauvegarde du profil."
            )
        case "station":
            return _station(verdict)
        case "seals":
            return _seals(verdict)
        case _:
            return _chain(verdict, hub=hub)


def _entries(verdict: Verdict) -> str:
    if verdict.whole:
        return _("Entrées\u00a0: conformes au journal.")
    return _(
        "Entrées\u00a0: {label} ne dit pas ce que dit le journal. "
        "Conservez le profil et prévenez le RSSI."
    ).format(label=verdict.label)


def _station(verdict: Verdict) -> str:
    return _(
        "Poste {source}\u00a0: chaîne rompue à sa ligne {seq} ({why}). "
        "Conservez ce poste et examinez-le."
    ).format(source=verdict.source, seq=verdict.seq, why=why(verdict.why))


def _seals(verdict: Verdict) -> str:
    if verdict.whole:
        said = ngettext(
            "Scellés\u00a0: {n} scellé vrai.", "Scellés\u00a0: {n} scellés vrais.", verdict.lines
        )
        return said.format(n=number(verdict.lines))
    return _(
        "Scellés\u00a0: le scellé n°\u00a0{seq} ({name}) est rompu ({why}). "
        "Conservez la base et ses sauvegardes, et comparez-les."
    ).format(
        seq=verdict.seq, name=_(_NAMES.get(verdict.label, verdict.label)), why=why(verdict.why)
    )


def _chain(verdict: Verdict, *, hub: bool) -> str:
    name = _(_NAMES[verdict.chain]) if verdict.chain in _NAMES else verdict.chain
    if not verdict.whole:
        said = _(
            "{name}\u00a0: chaîne rompue à la ligne {seq} ({why}). "
            "Conservez le profil et prévenez le RSSI."
        )
        if hub:
            said = _(
                "{name}\u00a0: chaîne rompue à la ligne {seq} ({why}). "
                "Conservez la base et ses sauvegardes, et comparez-les."
            )
        return said.format(name=name, seq=verdict.seq, why=why(verdict.why))
    if not verdict.lines:
        return _("{name}\u00a0: chaîne entière.").format(name=name)
    said = ngettext(
        "{name}\u00a0: chaîne entière ({n} ligne).",
        "{name}\u00a0: chaîne entière ({n} lignes).",
        verdict.lines,
    )
    return said.format(name=name, n=number(verdict.lines))
