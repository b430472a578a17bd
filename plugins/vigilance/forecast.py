"""The Vigilance map as JSON: one record per domain (département, coast, France) and per day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from beffroi.plugin import Record, Scalar, flat, times, tree
from beffroi.plugin.words import _
from plugins.vigilance.words import colour, phenomenon, place, severity


def records_of(product: object, zone: str) -> Iterator[Record]:
    """What is expected in each domain, for each period of the map (`J`, `J1`)."""
    updated = tree.text(product, "update_time")
    for period in tree.every(product, "periods"):
        for domain in tree.every(period, "timelaps", "domain_ids"):
            yield _record(period, domain, updated, zone)


def _record(period: object, domain: object, updated: str, zone: str) -> Record:
    name, day = tree.text(domain, "domain_id"), tree.text(period, "echeance")
    departement, where, coast = place(name)
    top = tree.number(domain, "max_color_id")
    said = colour(top)
    worst = _worst(domain, top)
    told: dict[str, object] = {
        "departement": departement,
        "place": where,
        "echeance": day,
        "colour": said,
        "severity": severity(top),
        "severity_said": said,
        "phenomenon": ", ".join(worst),
        "timeline": _timeline(domain, zone),
        "domain_id": name,
        "update_time": updated,
    }
    told |= {"coast": True} if coast else {}
    told |= dict(_by_phenomenon(domain))
    return Record(
        id=f"{day}:{name}",
        properties=flat(told),
        title=title_of(where, said, worst),
        time=times.instant(tree.text(period, "begin_validity_time"), "UTC"),
        until=times.instant(tree.text(period, "end_validity_time"), "UTC"),
    )


def title_of(where: str, said: str, worst: list[str]) -> str:
    """« Finistère : vigilance orange vent violent »."""
    if worst:
        return _("{place} : vigilance {colour} {phenomena}").format(
            place=where, colour=said, phenomena=", ".join(worst)
        )
    return _("{place} : vigilance {colour}").format(
        place=where, colour=_("verte") if said == _("vert") else said
    )


def _worst(domain: object, top: float | None) -> list[str]:
    """The phenomena that give the domain its colour; none when all is green."""
    if top is None or top < 2:
        return []
    return [
        phenomenon(tree.number(item, "phenomenon_id"))
        for item in tree.every(domain, "phenomenon_items")
        if tree.number(item, "phenomenon_max_color_id") == top
    ]


def _by_phenomenon(domain: object) -> Iterator[tuple[str, Scalar]]:
    for item in tree.every(domain, "phenomenon_items"):
        name = phenomenon(tree.number(item, "phenomenon_id"))
        if name:
            yield name, colour(tree.number(item, "phenomenon_max_color_id"))


def _timeline(domain: object, zone: str) -> str:
    """« orages : jaune 09 h-18 h, orange 18 h-00 h ; … », green hours left out, in local time."""
    lines = []
    for item in tree.every(domain, "phenomenon_items"):
        steps = [
            f"{colour(number)} {_hour(step, 'begin_time', zone)}-{_hour(step, 'end_time', zone)}"
            for step in tree.every(item, "timelaps_items")
            if (number := tree.number(step, "color_id")) is not None and number >= 2
        ]
        if steps:
            lines.append(f"{phenomenon(tree.number(item, 'phenomenon_id'))} : {', '.join(steps)}")
    return " ; ".join(lines)


def _hour(step: object, name: str, zone: str) -> str:
    moment = times.instant(tree.text(step, name), "UTC")
    if moment is None:
        return "?"
    local = datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone))
    return f"{local:%H} h" if not local.minute else f"{local:%H:%M}"
