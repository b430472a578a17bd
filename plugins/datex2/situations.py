"""A DATEX II situation: one record for all that it holds, what is over left aside."""

import re
from collections.abc import Iterator

from beffroi.plugin import Book, Record, Scalar, flat, times, tree
from beffroi.plugin.severity import graded
from plugins.datex2.locations import place
from plugins.datex2.words import SEVERITIES, kind, spoken

_CLASS = re.compile(r"[a-z]{1,40}?([A-Z]\w*)\Z")
_NOT_KINDS = frozenset(("sourceType", "commentType", "lane", "vehicleType", "causeType"))
_LIFE = ("lifeCycleManagement",)


def records(situation: object) -> list[object]:
    """The records of a situation, each with its class as `@type` (JSON wraps it in a name)."""
    return [_typed(record) for record in tree.every(situation, "situationRecord")]


def _typed(record: object) -> object:
    if isinstance(record, dict) and len(record) == 1:
        ((name, inner),) = record.items()
        found = _CLASS.match(str(name))
        if found and isinstance(inner, dict):
            return {"@type": found[1], **inner}
    return record


def is_over(record: object) -> bool:
    """Whether the life cycle of a record says that it ended, or never was."""
    return any(
        tree.text(life, name).lower() == "true"
        for life in tree.deep(record, *_LIFE)
        for name in ("end", "cancel")
    )


def identity(situation: object) -> str:
    """The id of the situation, or of its first record."""
    for node in (situation, *records(situation)):
        for name in ("@id", "idG", "id"):
            if uid := tree.text(node, name):
                return uid
    return ""


def ended(situation: object) -> bool:
    """Whether all of its records are over."""
    told = records(situation)
    return bool(told) and all(map(is_over, told))


def record_of(situation: object, uid: str, book: Book, zone: str) -> Record:
    """The record of a situation, from what is still true of it."""
    told = records(situation)
    live = [record for record in told if not is_over(record)] or told
    roads = _roads(live)
    kinds = list(dict.fromkeys(word for record in live if (word := _kind(record))))
    return Record(
        id=uid,
        geometry=place(live, book, uid),
        properties=_properties(situation, told, live, kinds, roads),
        title=" – ".join(w for w in (", ".join(kinds[:3]).capitalize(), ", ".join(roads[:3])) if w)
        or uid,
        time=_begins(live, zone),
        until=_ends(live, zone),
    )


def _properties(
    situation: object, told: list[object], live: list[object], kinds: list[str], roads: list[str]
) -> dict[str, Scalar]:
    comments = [c for r in live for c in tree.every(r, "generalPublicComment")]
    said = [(tree.text(c, "commentType"), spoken(tree.at(c, "comment"))) for c in comments]
    words = [text for _type, text in said]
    fields: dict[str, object] = {
        "type": ", ".join(dict.fromkeys(_type_of(record) for record in live)),
        "kind": ", ".join(kinds),
        "comment": "\n".join(dict.fromkeys(w for w in words if w)),
        "road": ", ".join(roads),
        "town": ", ".join(_described(live, "townName")),
        "direction": ", ".join(
            dict.fromkeys(tree.text(n) for r in live for n in tree.deep(r, "tpegDirection"))
        ),
        **graded(_severity(situation, live), SEVERITIES),
        "probability": tree.text(live, "probabilityOfOccurrence"),
        "status": tree.text(live, "validity", "validityStatus"),
        "information": tree.text(situation, "headerInformation", "informationStatus"),
        "cause": _cause(live),
        "source": next((tree.text(s) for s in tree.deep(live, "sourceIdentification")), ""),
        "version_time": tree.text(live, "situationRecordVersionTime"),
        "start": tree.text(live, "validity", "validityTimeSpecification", "overallStartTime"),
        "end": tree.text(live, "validity", "validityTimeSpecification", "overallEndTime"),
        "records": len(told),
        "records_over": sum(map(is_over, told)),
    }
    for name in ("numberOfLanesRestricted", "originalNumberOfLanes", "capacityRemaining"):
        fields[name] = _count(live, name)
    fields["delay_s"] = _count(live, "delayTimeValue")
    fields["alertc"] = ", ".join(_codes(live))
    return flat({k: v for k, v in fields.items() if v != "" and v != 0})


def _count(live: list[object], name: str) -> float | None:
    value = next((tree.number(n) for n in tree.deep(live, name)), None)
    return int(value) if value is not None and value.is_integer() else value


def _type_of(record: object) -> str:
    words = tree.text(record, "@type") or tree.text(record, "type")
    return words.rpartition(":")[2]


def _kind(record: object) -> str:
    return kind(_type_of(record), _precise(record))


def _precise(record: object) -> str:
    """The value of the field that says more than the class: `accidentType`, `…ManagementType`."""
    if not isinstance(record, dict):
        return ""
    names = (n for n in record if n.endswith("Type") and n not in _NOT_KINDS)
    return next((words for name in names if (words := tree.text(record, name))), "")


def _severity(situation: object, live: list[object]) -> str:
    words = tree.texts(situation, "overallSeverity") + tree.texts(live, "severity")
    known = [w for w in words if w.lower() in SEVERITIES]
    return max(known, key=lambda w: SEVERITIES[w.lower()], default=words[0] if words else "")


def _cause(live: list[object]) -> str:
    words = [
        tree.text(c, "causeType") or spoken(tree.at(c, "causeDescription"))
        for c in tree.every(live, "cause")
    ]
    return ", ".join(dict.fromkeys(w for w in words if w))


def _roads(live: list[object]) -> list[str]:
    found = [tree.text(n) for n in tree.deep(live, "roadNumber", "roadName")]
    return _described(live, "linkName") or list(dict.fromkeys(w for w in found if w))[:6]


def _described(live: list[object], wanted: str) -> list[str]:
    """Names of TPEG points by what they name (`linkName`, `townName`)."""
    names = (
        spoken(tree.at(name, "descriptor"))
        for name in tree.deep(live, "name")
        if wanted in tree.texts(name, "tpegOtherPointDescriptorType")
    )
    return list(dict.fromkeys(name for name in names if name))


def _codes(live: list[object]) -> list[str]:
    """Points of the Alert-C table, for those who have it."""
    return list(dict.fromkeys(tree.text(n) for n in tree.deep(live, "specificLocation")))[:8]


def _moments(live: list[object], name: str, zone: str) -> Iterator[int | None]:
    for record in live:
        words = tree.text(record, "validity", "validityTimeSpecification", name)
        yield times.instant(words, zone) if words else None


def _begins(live: list[object], zone: str) -> int | None:
    known = [moment for moment in _moments(live, "overallStartTime", zone) if moment is not None]
    words = tree.text(live, "situationRecordVersionTime")
    return min(known) if known else times.instant(words, zone)


def _ends(live: list[object], zone: str) -> int | None:
    """The last end, when all of them are known."""
    found = list(_moments(live, "overallEndTime", zone))
    known = [moment for moment in found if moment is not None]
    return max(known) if known and len(known) == len(found) else None
