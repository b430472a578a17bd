"""Makes a plan true: the sheets of source and calque together, and the first data at once."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from beffroi.ids import uuid7
from beffroi.layers.calques import Calque
from beffroi.layers.calques import checked as checked_calque
from beffroi.layers.calques import fields_of as calque_fields
from beffroi.layers.style import known_style
from beffroi.node import Node
from beffroi.node.sharing import for_all, share, still_for_all, tiles_for_all
from beffroi.sources.definition import KEPT, Roles, checked, fields_of, source_of
from beffroi.sources.intake import MOVING
from beffroi.sources.rows import rows_of
from beffroi.sources.settings import put_secret
from beffroi.text import _
from desktop.sources.door import Made, Plan
from desktop.sources.finding import Part, origin_of


class NodeMaker:
    """Writes into one profile."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def make(self, plan: Plan) -> Made:
        """Add sources and calques, or change one source.

        Raises:
            BeffroiError: a field cannot be, or whoever asks may not.
        """
        if plan.uid:
            return self._change(plan)
        if plan.finding.tiles:
            return self._tiles(plan)
        parts: Sequence[Part | None] = plan.parts or (None,)
        sources = {self._new(): self._source(plan, part) for part in parts}
        named = {uid: self._named(uid, fields, plan) for uid, fields in sources.items()}
        layers = {self._new(): self._calque(plan, uid, fields) for uid, fields in named.items()}
        self._put("source", named, plan)
        self._put("layer", layers, plan)
        return Made(sources=tuple(named), layers=tuple(layers), box=plan.finding.box)

    def fill(self, plan: Plan, made: Made) -> None:
        """Put what was read under the first source made: its calque is not empty until the next turn.

        It writes to the file of observations alone: no need for the store's lane.
        """
        understood = plan.finding.whole
        at = next((n for n, part in enumerate(plan.parts) if part.id == plan.finding.part), 0)
        if understood is None or plan.finding.tiles or at >= len(made.sources):
            return
        uid, now, zone = made.sources[at], self._node.clock.now(), self._node.info.zone
        self._node.observations.put_rows(
            uid, rows_of(understood, _roles(plan.choice.mapping), zone),
            snapshot=understood.snapshot, now=now, ended=understood.ended,
            moving=understood.plugin in MOVING,
        )  # fmt: skip

    def _new(self) -> str:
        return uuid7(self._node.clock.now())

    def _put(self, kind: str, sheets: Mapping[str, Mapping[str, Any]], plan: Plan) -> None:
        marking, caveats = (plan.marking, plan.caveats) if plan.shared else (None, None)
        node = self._node
        node.sheets.put_all(
            kind, sheets, node.who, shared=plan.shared, marking=marking, caveats=caveats
        )

    def _change(self, plan: Plan) -> Made:
        node, uid = self._node, plan.uid
        before = source_of(uid, node.sheets.one(uid).fields)
        said: dict[str, Any] = {
            **plan.source,
            "mapping": {k: v for k, v in plan.choice.mapping.items() if v},
            "options": dict(plan.choice.options),
            "format": plan.finding.format or before.format,
        }
        if before.transport not in KEPT:
            said["address"] = plan.origin.address or before.address
        elif plan.origin.text:
            said["attachment"] = self._kept(plan)
        address = str(said.get("address", before.address))
        said |= self._sealed(uid, plan.secret, address)
        checked(source_of(uid, {**fields_of(before), **said}))
        if node.sheets.one(uid).shared:
            said = still_for_all(node, uid, {**fields_of(before), **said})
        node.sheets.put("source", said, node.who, uid=uid)
        layers = [one for one in node.sheets.all("layer") if one.fields.get("source") == uid]
        style = known_style(dict(plan.style)).to_fields()
        for one in layers:
            node.sheets.put("layer", {"style": style}, node.who, uid=one.uid)
        if plan.shared:
            for sheet in (node.sheets.one(uid), *layers):
                if not sheet.shared:
                    share(node, sheet.uid, marking=plan.marking, caveats=plan.caveats)
        return Made(sources=(uid,), layers=tuple(one.uid for one in layers), box=plan.finding.box)

    def _source(self, plan: Plan, part: Part | None) -> dict[str, Any]:
        """The fields of one source of the plan.

        Raises:
            BeffroiError: one of them cannot be.
        """
        origin = origin_of(plan.origin, part)
        transport = origin.transport or "manual"
        keeps = transport in KEPT
        several = len(plan.parts) > 1
        said: dict[str, Any] = {
            **plan.source,
            "transport": transport,
            "address": "" if keeps else origin.address,
            "attachment": self._kept(plan) if keeps else "",
            "format": "" if part and part.address else plan.finding.format,
            "options": {
                **plan.choice.options,
                **(part.options if part else {}),
            },
            "mapping": {} if several else {k: v for k, v in plan.choice.mapping.items() if v},
        }
        if several and part:
            said["title"] = part.title
        return fields_of(checked(source_of("", said)))

    def _kept(self, plan: Plan) -> str:
        """The bytes of a paste, kept with the profile: their SHA-256."""
        node, origin = self._node, plan.origin
        name = _("{title}.csv").format(title=plan.source.get("title", "table"))
        return node.attachments.add_bytes(name, origin.text.encode(), node.who).sha256

    def _named(self, uid: str, fields: dict[str, Any], plan: Plan) -> dict[str, Any]:
        """The fields of a new source, its key sealed; as all may have them when it is shared."""
        sealed = fields | self._sealed(uid, plan.secret, str(fields.get("address", "")))
        return for_all(self._node, uid, sealed) if plan.shared else sealed

    def _sealed(self, uid: str, secret: str, address: str) -> dict[str, Any]:
        """The field that names a source's key, sealed in this profile; nothing when none is said."""
        return {"secret": put_secret(self._node.settings, uid, secret, address)} if secret else {}

    def _tiles(self, plan: Plan) -> Made:
        """Pictures of the ground are asked for by the map itself: a calque, and no source."""
        kind: Literal["raster", "tiles"] = (
            "raster" if plan.finding.hints.get("calque") == "raster" else "tiles"
        )
        several = len(plan.parts) > 1
        calques = [
            Calque(
                title=part.title if several else str(plan.source.get("title", part.title)),
                kind=kind,
                attribution=str(plan.source.get("attribution", "")),
                options={"address": part.address or plan.origin.address},
            )
            for part in plan.parts or (Part(id="", title=""),)
        ]
        layers = {self._new(): calque_fields(checked_calque(calque)) for calque in calques}
        if plan.shared:
            for fields in layers.values():
                tiles_for_all(fields)
        self._put("layer", layers, plan)
        return Made(sources=(), layers=tuple(layers), box=plan.finding.box)

    def _calque(self, plan: Plan, uid: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        validity = plan.finding.hints.get("validity", "")
        calque = Calque(
            title=str(fields["title"]),
            kind="source",
            source=uid,
            style=known_style(dict(plan.style)),
            validity_s=int(validity) if validity.isdigit() else 0,
            attribution=str(fields.get("attribution", "")),
        )
        return calque_fields(checked_calque(calque))


def _roles(mapping: Mapping[str, str]) -> Roles:
    known = {name: mapping[name] for name in Roles.__struct_fields__ if mapping.get(name)}
    return msgspec.convert(known, Roles)
