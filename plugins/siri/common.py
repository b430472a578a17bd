"""What all services of SIRI write alike: words, places, moments of calls, delays."""

from collections.abc import Iterable, Iterator

from beffroi.plugin import Book, Geometry, Refused, crs, geometry, pairs, times, tree

_PRECISE = ("Actual", "Expected")
_SIDES = ("Departure", "Arrival")
_MOST = 80


def told(node: object, name: str) -> str:
    """The words under a name, French when they are there."""
    return tree.told(list(tree.every(node, name)))


def refs(node: object, *names: str) -> str:
    """All that is named so at any depth, each once: « a, b »."""
    words = (tree.text(found) for found in tree.deep(node, *names))
    return ", ".join(list(dict.fromkeys(word for word in words if word))[:_MOST])


def places(nodes: Iterable[object], book: Book, where: str) -> Geometry | None:
    """The points of `Location` elements: longitude and latitude, or `Coordinates` of a system."""
    parts: list[Geometry] = []
    for node in nodes:
        try:
            if (shape := _point(node)) is not None:
                parts.append(shape)
        except Refused as refusal:
            book.note(where, refusal.why, lost=False)
    return geometry.gathered(parts)


def _point(node: object) -> Geometry | None:
    lon, lat = tree.text(node, "Longitude"), tree.text(node, "Latitude")
    if lon and lat:
        return geometry.point(lon, lat)
    words = tree.text(node, "Coordinates")
    if not words:
        return None
    system = tree.text(node, "Coordinates", "@srsName") or tree.text(node, "@srsName")
    places = pairs.positions(words, latitude_first=crs.latitude_first(system))
    point = geometry.shaped({"type": "Point", "coordinates": places[0] if places else None})
    return geometry.checked(crs.to_wgs84(point, system))


def delay_of(call: object) -> int | None:
    """Seconds of delay at a call: what is measured or expected, less what was meant."""
    for side in _SIDES:
        aimed = times.instant(tree.text(call, f"Aimed{side}Time"))
        for word in _PRECISE:
            seen = times.instant(tree.text(call, f"{word}{side}Time"))
            if aimed is not None and seen is not None:
                return round((seen - aimed) / 1000)
    return None


def moment_of(call: object) -> int | None:
    """When the vehicle is at the call, as well as is known."""
    for word in (*_PRECISE, "Aimed"):
        for side in _SIDES:
            found = times.instant(tree.text(call, f"{word}{side}Time"))
            if found is not None:
                return found
    return None


def said_delay(node: object) -> int | None:
    """`Delay`, a duration, in seconds."""
    millis = times.duration(tree.text(node, "Delay"))
    return round(millis / 1000) if millis is not None else None


def line_of(journey: object) -> str:
    """The name of the line that travellers know, else its reference."""
    return told(journey, "PublishedLineName") or tree.text(journey, "LineRef")


def journey_ref(journey: object) -> str:
    """What names the journey: of a day (`FramedVehicleJourneyRef`), or by itself."""
    framed = tree.at(journey, "FramedVehicleJourneyRef")
    parts = [tree.text(framed, "DataFrameRef"), tree.text(framed, "DatedVehicleJourneyRef")]
    if parts[1]:
        return "/".join(part for part in parts if part)
    names = ("DatedVehicleJourneyRef", "EstimatedVehicleJourneyCode", "VehicleJourneyRef")
    return next((uid for name in names if (uid := tree.text(journey, name))), "")


def lateness(seconds: int | None) -> str:
    """« +3 min », « −2 min », nothing under a minute."""
    if seconds is None or abs(seconds) < 60:
        return ""
    return f"{'+' if seconds > 0 else '−'}{abs(seconds) // 60}\u00a0min"


def calls(journey: object) -> Iterator[tuple[bool, object]]:
    """The calls of a journey in their order: whether it is past, and the call."""
    yield from ((True, call) for call in tree.every(journey, "RecordedCalls", "RecordedCall"))
    yield from ((False, call) for call in tree.every(journey, "EstimatedCalls", "EstimatedCall"))
