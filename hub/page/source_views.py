"""The page's section of sources: how many there are, and those that are not well."""

from beffroi.text import N_, _, ngettext, number
from hub.health.sources import Followed, SourceFacts
from hub.page import wording
from hub.page.html import Html, joined, table, tag

_WORDS = {
    "ok": N_("à jour"),
    "late": N_("en retard"),
    "down": N_("en panne"),
    "suspended": N_("suspendue"),
}
_SIGNS = {"ok": "ok", "late": "warning", "down": "danger", "suspended": "warning"}
_WORST = ("down", "late", "suspended", "ok")
SHOWN = 100


def section(sources: SourceFacts, now: int) -> Html:
    """What one reads of them, the worst first; never what they are called, nor what they tell."""
    troubled = sorted(
        (one for one in sources.followed if one.health != "ok"),
        key=lambda one: (_WORST.index(one.health), -one.since),
    )
    heads = (_("État"), _("Compartiment"), _("Depuis"), _("Dernière donnée"), _("Ce qui ne va pas"))
    rows = [_row(one, now) for one in troubled[:SHOWN]]
    listed = table(_("Sources"), heads, rows, _in_short(sources))
    return joined((listed, tag("p", _in_short(sources)))) if troubled else listed


def _in_short(sources: SourceFacts) -> str:
    count = len(sources.followed)
    if not count:
        return _("Aucune source partagée n’est suivie par le hub.")
    told = ngettext("{n} source suivie", "{n} sources suivies", count).format(n=number(count))
    well = _("{n} à jour").format(n=number(sources.count("ok")))
    by = (
        _("une réplique les relit")
        if sources.held
        else _("aucune réplique ne les relit\u00a0: redémarrez le hub")
    )
    return f"{told}, {well}\u202f; {by}."


def _row(one: Followed, now: int) -> tuple[object, ...]:
    return (
        tag("span", _(_WORDS[one.health]), class_=_SIGNS[one.health]),
        one.bucket,
        wording.ago(one.since, now),
        wording.ago(one.last_data, now),
        one.sentence or _("rien de nouveau"),
    )
