"""EMSI (ISO/TR 22351): an event, the missions that answer it, the means they use."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Record, Refused, Scalar, flat, geometry, times, tree
from beffroi.plugin.words import _

_LINES = frozenset(("CURVE", "LINE", "POLYLN", "LINSTR"))
_AREAS = frozenset(("POLYGON", "POLGON", "SURFACE", "SURFAC", "AREA", "RECTNG"))
_MOMENTS = ("OCC_DATIME", "OBS_DATIME", "DECL_DATIME")
_EXERCISES = frozenset(("EXERCS", "TEST", "SYSTEM"))


def records_of(message: object, book: Book, zone: str) -> Iterator[Record]:
    """The event, its missions and its resources, each a record."""
    context, event = tree.at(message, "CONTEXT"), tree.at(message, "EVENT")
    uid = tree.text(event, "ID") or tree.text(context, "ID")
    yield _event(context, event, uid, book, zone)
    for n, mission in enumerate(tree.every(message, "MISSION"), 1):
        yield _mission(context, mission, uid, n, book, zone)
    for n, resource in enumerate(tree.every(message, "RESOURCE"), 1):
        yield _resource(context, resource, uid, n, book)


def ended(message: object) -> list[str]:
    """The event that a cancellation, or its own status, says is over."""
    event = tree.at(message, "EVENT")
    over = tree.text(message, "CONTEXT", "MSGTYPE") == "CANCEL"
    done = tree.text(event, "STATUS") in ("COM", "STOP")
    uid = tree.text(event, "ID")
    return [uid] if uid and (over or done) else []


def _event(context: object, event: object, uid: str, book: Book, zone: str) -> Record:
    moments = [times.instant(tree.text(event, name), zone) for name in _MOMENTS]
    moments.append(times.instant(tree.text(context, "CREATION"), zone))
    words = tree.text(event, "NAME") or ", ".join(tree.texts(event, "ETYPE", "CATEGORY"))
    scale = tree.number(event, "SCALE")
    grade: dict[str, Scalar] = (
        {"severity": int(scale) - 1, "severity_said": str(int(scale))}
        if scale in (1, 2, 3, 4, 5)
        else {}
    )
    return Record(
        id=uid,
        geometry=geometry.gathered(_shapes(tree.every(event, "EGEO", "POSITION"), book, uid)),
        properties=grade | _fields(context, event, _("événement"), ("EGEO",)) | _places(event),
        title=_marked(context, words or tree.text(context, "FREETEXT") or uid),
        time=next((moment for moment in moments if moment is not None), None),
        until=times.instant(tree.text(event, "OBS_DATIME"), zone)
        if ended({"EVENT": event})
        else None,
    )


def _mission(context: object, mission: object, event: str, n: int, book: Book, zone: str) -> Record:
    uid = f"{event}/mission/{tree.text(mission, 'ID') or n}"
    words = tree.text(mission, "FREETEXT") or tree.text(mission, "NAME").strip("#")
    fields = _fields(context, mission, _("mission"), ("POSITION",))
    return Record(
        id=uid,
        geometry=geometry.gathered(_shapes(tree.every(mission, "POSITION"), book, uid)),
        properties={**fields, "event": event},
        title=_marked(context, words.replace("#", " – ") or uid),
        time=times.instant(tree.text(mission, "START_TIME"), zone),
        until=times.instant(tree.text(mission, "END_TIME"), zone),
    )


def _resource(context: object, resource: object, event: str, n: int, book: Book) -> Record:
    uid = f"{event}/resource/{tree.text(resource, 'ID') or n}"
    fields = _fields(context, resource, _("moyen"), ("RGEO", "CONTACT"))
    return Record(
        id=uid,
        geometry=geometry.gathered(_shapes(tree.every(resource, "RGEO", "POSITION"), book, uid)),
        properties={**fields, "event": event},
        title=_marked(context, tree.text(resource, "NAME") or tree.text(resource, "ID") or uid),
    )


def _fields(context: object, part: object, kind: str, shapes: tuple[str, ...]) -> dict[str, Scalar]:
    told: dict[str, object] = {"kind": kind, "MODE": tree.text(context, "MODE")}
    told |= {k: v for k, v in part.items() if k not in shapes} if isinstance(part, dict) else {}
    told |= {
        f"context.{name}": tree.text(context, name)
        for name in ("ID", "MSGTYPE", "CREATION", "LEVEL", "SECLASS", "URGENCY", "FREETEXT")
    }
    told["context.ORIGIN"] = tree.text(context, "ORIGIN", "NAME") or tree.text(
        context, "ORIGIN", "ORG_ID"
    )
    return flat(told)


def _places(event: object) -> dict[str, Scalar]:
    return flat(
        {
            "place": ", ".join(tree.texts(event, "EGEO", "POSITION", "NAME")),
            "address": ", ".join(tree.texts(event, "EGEO", "POSITION", "ADDRESS")),
            "weather": ", ".join(tree.texts(event, "EGEO", "WEATHER")),
            "place_type": ", ".join(tree.texts(event, "EGEO", "TYPE")),
        }
    )


def _marked(context: object, words: str) -> str:
    if tree.text(context, "MODE") in _EXERCISES:
        return _("EXERCICE – {title}").format(title=words)
    return words


def _shapes(positions: Iterator[object], book: Book, where: str) -> Iterator[Geometry]:
    for position in positions:
        try:
            yield from _drawn(position)
        except Refused as refusal:
            book.note(where, refusal.why, lost=False)


def _drawn(position: object) -> Iterator[Geometry]:
    places = [
        (
            geometry.number(tree.text(coord, "LONG") or tree.text(coord, "LON")),
            geometry.number(tree.text(coord, "LAT")),
        )
        for coord in tree.every(position, "COORD")
    ]
    kind = tree.text(position, "TYPE").upper()
    if kind in _LINES and len(places) > 1:
        yield geometry.line(places)
    elif kind in _AREAS and len(places) > 2:
        yield geometry.polygon(places)
    else:
        yield from (geometry.point(lon, lat) for lon, lat in places)
