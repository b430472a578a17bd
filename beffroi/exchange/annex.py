"""The map as one HTML file that opens anywhere, without Beffroi and without a network.

Made with folium; Leaflet is inside (its hash is in `resources/web/vendor/HASHES.txt`), and a policy in
the page forbids it to reach anything.  Whatever people wrote is shown as words, never as markup.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from beffroi.exchange.annex_page import Bands, assembled
from beffroi.exchange.annex_things import Box, Group, of_calque, of_entries, of_shipped
from beffroi.exchange.leaving import leave
from beffroi.exchange.mapped import marking_of, shown_entries, shown_rids
from beffroi.journal import rights
from beffroi.layers.catalogue import catalogue
from beffroi.layers.mercator import mercator
from beffroi.logbook.entry import Lifecycle
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.text import N_, _, ngettext

MOST_BYTES = 5_000_000
_PAGE_BYTES = 400_000
"""What the page takes without any thing on it, with room to spare."""
_GROUND = "basemap_land"
_MARKINGS = {
    "NP": N_("NON PROTÉGÉ"),
    "DR": N_("DIFFUSION RESTREINTE"),
    "DR_SF": N_("DIFFUSION RESTREINTE – SPÉCIAL FRANCE"),
}
_MODES = {"exercise": N_("EXERCICE"), "test": N_("TEST"), "training": N_("FORMATION")}


@dataclass(frozen=True, kw_only=True)
class View:
    """What the map shows: a box of degrees, the visible layers from bottom to top, entries or not."""

    box: Box
    layers: tuple[str, ...]
    entries: bool
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class AnnexReport:
    """What was written, and what had to be left out, in sentences."""

    path: str
    bytes: int
    things: int
    marking: str
    left_out: tuple[str, ...]
    sha256: str


def write_annex(node: Node, view: View, path: Path) -> AnnexReport:
    """Write what the map shows to an HTML file; it is in the audit trail before it is in its place.

    Raises:
        BeffroiError: the person may not export, or the file cannot be written.
    """
    rights.exporting(node.who)
    sheets = [sheet for sheet in node.sheets.all("layer") if sheet.uid in view.layers]
    west, south, east, north = view.box
    rids = (
        shown_rids(node, (*mercator(west, south), *mercator(east, north))) if view.entries else []
    )
    marking = marking_of(node, rids, sheets)
    groups, left_out = fitted(_groups(node, view, sheets, rids))
    bands = _bands(node, view, sheets, marking, left_out)
    data = assembled(groups, view.box, bands).encode()
    digest = leave(
        path,
        lambda unfinished: _write(unfinished, data),
        lambda digest: node.audit.record(
            node.who, "export", path.name, format="annex", marking=marking, sha256=digest
        ),
    )
    return AnnexReport(
        path=str(path), bytes=len(data), things=sum(len(g.features) for g in groups if not g.ground),
        marking=marking, left_out=left_out, sha256=digest,
    )  # fmt: skip


def fitted(
    groups: Sequence[Group], most: int = MOST_BYTES - _PAGE_BYTES
) -> tuple[list[Group], tuple[str, ...]]:
    """As much as may be in one file, and what was left out: the heaviest calques first, entries last."""
    kept = list(groups)
    left_out: list[str] = []
    while (size := sum(map(_size, kept))) > most:
        heavy = [group for group in kept[:-1] if group.features]
        if heavy:
            gone = max(heavy, key=_size)
            kept.remove(gone)
            left_out.append(
                _("Calque laissé de côté, trop lourd\u00a0: «\u202f{title}\u202f».").format(
                    title=gone.title
                )
            )
            continue
        last = kept[-1]
        count = max(1, len(last.features) - int(len(last.features) * most / size))
        kept[-1] = replace(last, features=last.features[count:])
        words = ngettext(
            "{n} objet le moins grave laissé de côté.",
            "{n} objets les moins graves laissés de côté.",
            count,
        )
        left_out.append(words.format(n=count))
        if not last.features:
            break
    return kept, tuple(left_out)


def _size(group: Group) -> int:
    return len(json.dumps(group.features, ensure_ascii=True))


def _groups(node: Node, view: View, sheets: list[Sheet], rids: list[int]) -> list[Group]:
    shipped = {spec.id: spec for spec in catalogue()}
    made = {sheet.uid: sheet for sheet in sheets}
    groups = [of_shipped(shipped[_GROUND], view.box, ground=True)]
    for layer in view.layers:
        if layer in shipped and layer != _GROUND and shipped[layer].kind != "communes":
            is_ground = shipped[layer].group == "basemap"
            groups.append(of_shipped(shipped[layer], view.box, ground=is_ground))
        elif layer in made and (group := of_calque(node, made[layer], view.box)):
            groups.append(group)
    if view.entries:
        groups.append(
            of_entries(e for e in shown_entries(node, rids) if e.lifecycle is not Lifecycle.VOID)
        )
    return [group for group in groups if group.features]


def _bands(
    node: Node, view: View, sheets: list[Sheet], marking: str, left_out: tuple[str, ...]
) -> Bands:
    now = to_datetime(node.clock.now()).astimezone(ZoneInfo(node.info.zone))
    sources = [spec.attribution for spec in catalogue() if spec.id in view.layers]
    sources += [str(sheet.fields.get("attribution") or "") for sheet in sheets]
    parts = dict.fromkeys(
        part.strip() for told in sources for part in told.split(";") if part.strip()
    )
    return Bands(
        title=view.title or node.info.title,
        marking=_(_MARKINGS[marking]),
        exercise=_(_MODES[node.info.mode]) if node.info.mode in _MODES else "",
        who=f"{node.who.person} – {node.who.post} – {now:%d/%m/%Y %H:%M}",
        sources=", ".join(parts),
        left_out=left_out,
    )


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
