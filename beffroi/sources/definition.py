"""A source as people define it: where from, in what format, how often, how far it is trusted."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from beffroi.errors import BeffroiError
from beffroi.text import _

Family = Literal[
    "", "ministry", "interministerial", "organiser", "prefecture", "open_data", "media", "operator",
    "field", "visov",
]  # fmt: skip
Reliability = Literal["A", "B", "C", "D", "E", "F"]
KEPT = ("paste", "manual", "attachment")
"""Transports whose bytes are an attachment of the profile: they go where the source goes."""
LOCAL = ("file", "folder")
"""Transports that mean this machine alone: such a source is followed where it was made."""
SHORTEST_S = 5
LONGEST_S = 31 * 86_400
MAX_OPTIONS = 50


class Roles(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which fields of the source say what; "" leaves what the format itself says."""

    id: str = ""
    time: str = ""
    until: str = ""
    title: str = ""
    severity: str = ""
    lon: str = ""
    lat: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source; the fields of its sheet bear the same names.

    `refresh_s` 0: only when somebody asks (a stream needs none).  `expect_s`: nothing new for
    longer than that is late (0: it may be silent).
    `retention_s` and `max_count` 0 set no bound.  `secret` names a sealed setting of the profile
    that holds it.  `attachment` is the SHA-256 of bytes kept with the profile.
    """

    uid: str = ""
    title: str = ""
    transport: str = "http"
    address: str = ""
    format: str = ""
    options: dict[str, str | int | float | bool] = {}
    mapping: Roles = Roles()
    refresh_s: int = 0
    expect_s: int = 0
    family: Family = ""
    reliability: Reliability = "F"
    licence: str = ""
    attribution: str = ""
    retention_s: int = 0
    max_count: int = 0
    enabled: bool = True
    secret: str = ""
    attachment: str = ""


def source_of(uid: str, fields: Mapping[str, Any]) -> Source:
    """The source of a sheet.

    Raises:
        BeffroiError: a field is not as it must be; names it.
    """
    known = {
        name: fields[name] for name in Source.__struct_fields__ if fields.get(name) is not None
    }
    try:
        source = msgspec.convert({**known, "uid": uid}, Source)
    except msgspec.ValidationError as error:
        raise BeffroiError(
            _(
                "La source «\u202f{title}\u202f» est mal définie ({field})\u00a0: corrigez-la."
            ).format(title=str(fields.get("title", uid))[:80], field=_field(error))
        ) from error
    return checked(source)


def checked(source: Source) -> Source:
    """The source, with its periods within bounds.

    Raises:
        BeffroiError: it has no title, no address, or too many options.
    """
    if not source.title.strip():
        raise BeffroiError(_("Une source a besoin d’un titre\u00a0: donnez-lui-en un."))
    if not (source.attachment if source.transport in KEPT else source.address).strip():
        raise BeffroiError(
            _(
                "La source «\u202f{title}\u202f» n’a pas d’adresse\u00a0: indiquez d’où elle vient."
            ).format(title=source.title[:80])
        )
    if len(source.options) > MAX_OPTIONS:
        raise BeffroiError(
            _("La source «\u202f{title}\u202f» a trop d’options\u00a0: 50 au plus.").format(
                title=source.title[:80]
            )
        )
    return msgspec.structs.replace(
        source,
        refresh_s=_bounded(source.refresh_s, SHORTEST_S),
        expect_s=_bounded(source.expect_s, SHORTEST_S),
        retention_s=max(0, source.retention_s),
        max_count=max(0, source.max_count),
    )


def fields_of(source: Source) -> dict[str, Any]:
    """The fields of the source's sheet."""
    told = msgspec.to_builtins(source)
    told.pop("uid", None)
    return dict(told)


def _bounded(seconds: int, least: int) -> int:
    return 0 if seconds <= 0 else min(max(seconds, least), LONGEST_S)


def _field(error: msgspec.ValidationError) -> str:
    """The name of the field in msgspec's words (« … - at `$.refresh_s` »)."""
    return str(error).rpartition("`$.")[2].rstrip("`") or "?"
