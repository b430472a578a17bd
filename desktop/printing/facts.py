"""Gathers what every copy of a map says of itself, in the background: it reads the logbook."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from beffroi.clock import to_datetime
from beffroi.exchange.mapped import marking_of, shown_rids
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.taxonomy import DOMAINS, Tag
from beffroi.text import N_, _
from desktop.kit.stack import ENTRIES, Stack
from desktop.printing.legend import attributions
from desktop.printing.plan import Facts, Plan

_MARKINGS = {
    "NP": N_("NON PROTÉGÉ"),
    "DR": N_("DIFFUSION RESTREINTE"),
    "DR_SF": N_("DIFFUSION RESTREINTE – SPÉCIAL FRANCE"),
}
_MODES = {"exercise": N_("EXERCICE"), "test": N_("TEST"), "training": N_("FORMATION")}


def visible_sheets(node: Node, stack: Stack) -> list[Sheet]:
    """The calques that people made and that are shown."""
    return [s for s in node.sheets.all("layer") if s.uid in stack and stack[s.uid].visible]


def gather(
    node: Node,
    plan: Plan,
    sheets: list[Sheet],
    sources: tuple[str, ...],
    *,
    entries: bool,
    moment: int,
) -> Facts:
    """The facts of a plan; `moment` is the one that the map shows (UTC ms, 0: now).

    The marking is the highest of the profile, of the calques shown and of the entries on the map.
    """
    now = node.clock.now()
    rids = shown_rids(node, plan.ground.box(plan.sheet.map)) if entries else []
    place = f"geo:{plan.ground.lat:.5f},{plan.ground.lon:.5f}"
    stamp = to_datetime(now).strftime("%Y-%m-%dT%H:%MZ")
    where = f"{place} 1:{round(plan.ground.scale)} R{round(plan.ground.rotation)}"
    return Facts(
        marking=marking_words(marking_of(node, rids, sheets)),
        exercise=mode_words(node),
        workspace=node.info.title,
        author=" – ".join(part for part in (node.who.person, node.who.post) if part),
        data_at=said(moment or now, node.info.zone),
        printed_at=said(now, node.info.zone),
        attributions=sources,
        projection=_("Web Mercator, échelle vraie au centre – WGS 84"),
        themes=_themes(node, rids),
        reference=f"{plan.number or node.info.workspace} {stamp}\n{where}",
    )


def _themes(node: Node, rids: list[int]) -> tuple[Tag, ...]:
    """The domains of these entries, in their usual order."""
    if not rids:
        return ()
    there = {int(n) for n in node.points.columns(rids=np.array(sorted(rids))).theme} - {0}
    codes = {DOMAINS[number - 1] for number in there}
    return tuple(tag for tag in node.taxonomy.all() if tag.code in codes)


def marking_words(marking: str) -> str:
    """A marking as it is written on paper."""
    return _(_MARKINGS[marking])


def mode_words(node: Node) -> str:
    """« EXERCICE » and the like; nothing in a real one."""
    return _(_MODES[node.info.mode]) if node.info.mode in _MODES else ""


def said(moment: int, zone: str) -> str:
    """A moment as it is written on paper: day, 24 hours, zone."""
    local: datetime = to_datetime(moment).astimezone(ZoneInfo(zone))
    return local.strftime("%d/%m/%Y %H:%M") + f" ({zone.rpartition('/')[2].replace('_', ' ')})"


def sources_of(stack: Stack, sheets: list[Sheet]) -> tuple[str, ...]:
    """Whose data are on the map."""
    return attributions(stack, sheets)


def has_entries(stack: Stack) -> bool:
    """Whether entries are shown."""
    return stack[ENTRIES].visible
