"""Turns a reading into what the wizard shows: roles, parts, proposals, a style."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from beffroi.layers.classing import breaks, graduated, numbers
from beffroi.layers.style import Style
from beffroi.plugin import Record
from beffroi.sources.addresses import SUFFIXES, Origin
from beffroi.sources.definition import Roles
from beffroi.sources.mapping import mapped
from beffroi.sources.severity import classes_of, is_scale
from beffroi.sources.understood import Understood
from beffroi.sources.words import DAY, HOUR
from desktop.sources.finding import SHOWN, Choice, Finding, Part, columns_of

_ROLES = set(Roles.__struct_fields__)
_LOOKED_AT = 2_000
_CLASSES = 5
TILES = ("raster", "tiles")
REQUEST = "request"
"""The field in which a service's list says where each of its layers is."""


def finding(told: Understood, origin: Origin, choice: Choice, zone: str, now: int) -> Finding:
    """A reading in the wizard's terms at `now` (UTC ms); the officer's roles win over those proposed."""
    proposed = {one.role: one for one in told.proposals if one.role in _ROLES}
    names = set(columns_of(told.first(SHOWN)))
    found: dict[str, str] = {
        role: one.value for role, one in proposed.items() if one.value in names
    }
    places: dict[str, str] = {role: found[role] for role in ("lon", "lat") if role in found}
    roles = {**places, **choice.mapping} if choice.mapping else found
    chosen = msgspec.convert({k: v for k, v in roles.items() if k in _ROLES}, Roles)
    records = list(islice(mapped(told.first(SHOWN), chosen, zone), SHOWN))
    parts = _parts(told)
    return Finding(
        format=told.plugin,
        format_title=told.format_title,
        read=told.read,
        located=max(told.located, sum(1 for one in records if one.geometry)),
        skipped=told.skipped,
        records=records,
        columns=columns_of(records),
        roles=roles,
        reasons={one.role: one.reason for one in told.proposals},
        problems=told.problems,
        parts=parts,
        part=_present(told, parts, choice),
        crs="" if told.crs == "EPSG:4326" else told.crs,
        encoding=told.encoding,
        attribution=told.attribution,
        proposal=_proposal(told, origin, rhythm(records, origin, now)),
        style=_style(told),
        tiles=told.hints.get("calque") in TILES,
        hints=told.hints,
        whole=told,
    )


def is_list(told: Understood) -> bool:
    """Whether these records only say where the data are (a service's capabilities)."""
    first = told.first(1)
    return bool(first) and bool(first[0].properties.get(REQUEST))


def with_layer(found: Finding, layer: Finding) -> Finding:
    """The list of a service with the data of its first layer."""
    title = found.parts[0].title or layer.proposal.get("title", "")
    proposal = {**found.proposal, **layer.proposal, "title": title}
    return replace(layer, parts=found.parts, part=found.parts[0].id, proposal=proposal)


def _parts(told: Understood) -> list[Part]:
    if is_list(told):
        listed = told.first(_LOOKED_AT)
        return [_listed(record) for record in listed if record.properties.get(REQUEST)]
    return [
        Part(
            id=part.value, title=part.title or part.value, count=part.count,
            options={part.option: part.value},
        )
        for part in told.parts
    ]  # fmt: skip


def _listed(record: Record) -> Part:
    # Services of tiles say how one tile is asked for beside how they are asked themselves.
    address = str(record.properties.get("tiles") or record.properties[REQUEST])
    return Part(id=record.id or address, title=record.title or record.id, address=address)


def _present(told: Understood, parts: list[Part], choice: Choice) -> str:
    """The part that was read: the one asked for, else the first."""
    asked = {part.id for part in parts if part.options.items() <= dict(choice.options).items()}
    named = [part.id for part in parts if part.options and part.id in asked]
    return next(iter(named or [part.id for part in parts]), "")


def rhythm(records: Sequence[Record], origin: Origin, now: int) -> tuple[int, int]:
    """How often to ask and after how long its silence is odd, in seconds, by the age of what it told.

    What tells of the last hour is asked every five minutes and is odd when silent; what is older,
    or tells no hour, is a file that changes now and then: its silence means nothing.
    """
    if not origin.refresh_s:
        return 0, 0
    newest = max((one.time for one in records if one.time is not None), default=None)
    age_s = None if newest is None else max(0, now - newest) / 1000
    if age_s is not None and age_s <= HOUR:
        return origin.refresh_s, 3 * origin.refresh_s
    if age_s is not None and age_s <= DAY:
        return origin.refresh_s, DAY
    return HOUR, 0


def _proposal(told: Understood, origin: Origin, pace: tuple[int, int]) -> dict[str, Any]:
    """The fields of the source to be, as far as the reading suggests them."""
    said = {one.role: one.value for one in told.proposals}
    proposal: dict[str, Any] = {
        "title": _spoken(told.title or origin.name),
        "attribution": told.attribution,
        "family": said.get("family") or ("field" if origin.transport == "manual" else "open_data"),
        "reliability": "F",
        "licence": said.get("licence", ""),
        "refresh_s": _seconds(said.get("refresh", ""), pace[0]),
        "expect_s": pace[1],
        "retention_s": 0 if told.snapshot else 7 * 86_400,
    }
    if origin.transport in ("websocket", "tcp", "udp"):
        proposal |= {"refresh_s": 0, "expect_s": 300, "retention_s": 6 * 3600}
    return proposal


def _spoken(name: str) -> str:
    """A name one can say: « lieux_importants.geojson » is « Lieux importants »."""
    stem = Path(name).stem if Path(name).suffix.lower() in SUFFIXES else name
    said = stem if " " in stem else stem.replace("_", " ").strip()
    return said[:1].upper() + said[1:]


def _seconds(said: str, usual: int) -> int:
    return max(0, int(float(said))) if said.replace(".", "", 1).isdigit() else usual


def _style(told: Understood) -> dict[str, Any]:
    """The style proposed, its classes made from the first values."""
    proposed = told.style
    if proposed is None:
        return Style().to_fields()
    values = [one.properties.get(proposed.field) for one in told.first(_LOOKED_AT)]
    if proposed.mode == "values" or is_scale(proposed.field, values):
        style = Style(
            mode="values", field=proposed.field, classes=classes_of(proposed.field, values)
        )
    elif proposed.mode == "graduated":
        bounds = breaks(numbers(values), _CLASSES, "jenks")
        classes = graduated(bounds, Style().ramp) if len(bounds) > 1 else ()
        style = Style(mode="graduated", field=proposed.field, classes=classes)
    else:
        style = Style(mode=proposed.mode)
    return style.to_fields()
