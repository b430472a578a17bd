"""What a trace says, in the words of the desk."""

import json
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from beffroi.access import trail_words
from beffroi.access.trace import AUDIT, Trace
from beffroi.clock import to_datetime
from beffroi.text import N_, _, number

_KEYS = {
    "account": N_("compte"),
    "action": N_("acte"),
    "address": N_("adresse"),
    "asked": N_("demandé"),
    "broken": N_("rompu"),
    "chain": N_("chaîne"),
    "count": N_("nombre"),
    "day": N_("jour"),
    "digest": N_("empreinte"),
    "failures_before": N_("échecs avant"),
    "family": N_("famille"),
    "failures": N_("échecs"),
    "format": N_("format"),
    "head": N_("position"),
    "how": N_("par"),
    "last": N_("dernier"),
    "line": N_("ligne"),
    "marking": N_("mention"),
    "name": N_("nom"),
    "object": N_("objet"),
    "post": N_("poste"),
    "posts": N_("postes"),
    "published": N_("publiées"),
    "query": N_("recherche"),
    "read": N_("lues"),
    "role": N_("rôle"),
    "roles": N_("rôles"),
    "sha256": N_("empreinte du fichier"),
    "since": N_("depuis"),
    "station": N_("poste de travail"),
    "text": N_("texte"),
    "times": N_("fois"),
    "until": N_("jusqu’à"),
    "wait_s": N_("attente (s)"),
    "whole": N_("entier"),
    "why": N_("motif"),
    "workspace": N_("espace"),
}


def moment(at: int, zone: ZoneInfo) -> str:
    """`26/07/2024 05:32:10`."""
    return f"{to_datetime(at, zone):%d/%m/%Y %H:%M:%S}"


def pairs(trace: Trace) -> list[tuple[str, str]]:
    """What the trace adds, as (name, value); nested values are told one by one."""
    try:
        told = json.loads(trace.detail or "{}")
    except ValueError:
        return [(_("Précisions"), trace.detail)]
    return list(_flat(told)) if isinstance(told, dict) else [(_("Précisions"), trace.detail)]


def _flat(told: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in told.items():
        if isinstance(value, dict):
            yield from _flat(value)
        elif value not in ("", None, []):
            yield _(_KEYS[key]) if key in _KEYS else key, _value(value)


def _value(value: object) -> str:
    match value:
        case bool():
            return _("oui") if value else _("non")
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def details(trace: Trace) -> str:
    """The same on one line."""
    told = [f"{name}\u00a0: {value}" for name, value in pairs(trace)]
    if trace.flaw:
        told.insert(0, trail_words.why(trace.flaw))
    return " · ".join(told)


def chain_name(trace: Trace) -> str:
    """« traces, ligne 12 »."""
    name = _("traces") if trace.chain == AUDIT else _("journal")
    return _("{name}, ligne {seq}").format(name=name, seq=number(trace.seq))


def sentence(trace: Trace, zone: ZoneInfo) -> str:
    """A trace for whoever does not see the table."""
    said = [
        moment(trace.at, zone), trace.account, trace.post, trail_words.act(trace.action),
        trace.label or trace.object,
    ]  # fmt: skip
    return ", ".join(part for part in said if part)
