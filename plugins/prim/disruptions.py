"""One disruption of PRIM: its words, periods, lines and how grave it is."""

from collections.abc import Mapping

from beffroi.plugin import Record, flat, times, tree
from beffroi.plugin.html import plain
from beffroi.plugin.severity import GRAVE, MINOR, NOTHING, SIGNIFICANT, graded

SEVERITIES = {
    "bloquante": GRAVE,
    "perturbee": SIGNIFICANT,
    "perturbée": SIGNIFICANT,
    "information": NOTHING,
    # what Navitia calls effects
    "no_service": GRAVE,
    "reduced_service": SIGNIFICANT,
    "significant_delays": SIGNIFICANT,
    "modified_service": SIGNIFICANT,
    "detour": MINOR,
    "stop_moved": MINOR,
    "additional_service": NOTHING,
    "other_effect": MINOR,
    "unknown_effect": MINOR,
}
_MODES = {"metro": "Métro", "rapidtransit": "RER", "localtrain": "Transilien", "tramway": "Tram"}
_MOST_LINES = 60


def lines_by_disruption(document: object) -> dict[str, list[str]]:
    """The names of the lines that each disruption touches, from `lines` (which may be null)."""
    touched: dict[str, list[str]] = {}
    for line in tree.every(document, "lines"):
        mode = tree.text(line, "mode")
        name = " ".join(w for w in (_MODES.get(mode.lower(), mode), _short(line)) if w)
        for uid in tree.texts(line, "impactedObjects", "disruptionIds"):
            names = touched.setdefault(uid, [])
            if name and name not in names:
                names.append(name)
    return touched


def _short(line: object) -> str:
    return next((w for key in ("shortName", "code", "name") if (w := tree.text(line, key))), "")


def disruption_record(
    item: dict[str, object],
    n: int,
    touched: Mapping[str, list[str]],
    zone: str,
    said: int | None,
) -> Record:
    """The record of a disruption, from its first moment to its last."""
    uid = tree.text(item, "id") or tree.text(item, "disruption_id") or str(n)
    periods = [*tree.every(item, "applicationPeriods"), *tree.every(item, "application_periods")]
    begins = [m for p in periods if (m := times.instant(tree.text(p, "begin"), zone)) is not None]
    ends = [times.instant(tree.text(p, "end"), zone) for p in periods]
    known = [moment for moment in ends if moment is not None]
    message = _message(item)
    title = plain(tree.text(item, "title")) or _headline(item) or message.partition("\n")[0]
    lines = (touched.get(uid) or _named(item))[:_MOST_LINES]
    severity = tree.text(item, "severity", "effect") or tree.text(item, "severity", "name")
    told: dict[str, object] = {
        "title": title,
        "message": message,
        "lines": ", ".join(lines),
        **graded(severity or tree.text(item, "severity"), SEVERITIES),
        "severity_name": tree.text(item, "severity", "name"),
        "cause": tree.text(item, "cause"),
        "category": tree.text(item, "category"),
        "status": tree.text(item, "status"),
        "tags": ", ".join(tree.texts(item, "tags")),
        "lastUpdate": tree.text(item, "lastUpdate") or tree.text(item, "updated_at"),
        "periods": len(periods),
    }
    return Record(
        id=uid,
        properties=flat({key: value for key, value in told.items() if value != ""}),
        title=title,
        time=min(begins, default=times.instant(told["lastUpdate"], zone) or said),
        until=max(known) if known and len(known) == len(ends) else None,
    )


def _message(item: dict[str, object]) -> str:
    words = plain(tree.text(item, "message"))
    return words or max(
        (plain(w) for w in tree.texts(item, "messages", "text")), key=len, default=""
    )


def _headline(item: dict[str, object]) -> str:
    """The shortest of Navitia's messages: it gives one per channel, the title among them."""
    told = [m for m in tree.every(item, "messages") if "title" in tree.texts(m, "channel", "types")]
    return plain(tree.text(told))


def _named(item: dict[str, object]) -> list[str]:
    return tree.texts(item, "impacted_objects", "pt_object", "name")
