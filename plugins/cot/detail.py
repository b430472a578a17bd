"""The fields worth a column in the detail of an event: who says it, what is told, how it moves."""

from typing import Any

from beffroi.plugin import Scalar, xml
from plugins.cot.event import measured

_WORDS = (
    ("callsign", "contact", "callsign"), ("group", "__group", "name"), ("role", "__group", "role"),
    ("emergency", "emergency", "type"), ("chatroom", "__chat", "chatroom"),
    ("sender", "__chat", "senderCallsign"), ("creator", "creator", "callsign"),
    ("parent", "link", "parent_callsign"), ("icon", "usericon", "iconsetpath"),
    ("platform", "takv", "platform"), ("video", "__video", "url"),
    ("route", "link_attr", "method"), ("altitude_source", "precisionlocation", "altsrc"),
    ("position_source", "precisionlocation", "geopointsrc"), ("file", "fileshare", "filename"),
)  # fmt: skip
_NUMBERS = (
    ("course", "track", "course"), ("speed", "track", "speed"), ("battery", "status", "battery"),
    ("sensor_azimuth", "sensor", "azimuth"), ("sensor_fov", "sensor", "fov"),
    ("sensor_range", "sensor", "range"), ("line_width", "strokeWeight", "value"),
)  # fmt: skip
_COLOURS = (("colour", "color", "argb"), ("line_colour", "strokeColor", "value"),
            ("fill_colour", "fillColor", "value"))  # fmt: skip
_MASK = 0xFFFFFFFF


def fields(detail: Any) -> dict[str, Scalar]:
    """The known parts of a detail, flat; addresses on networks and telephone numbers are left out.

    Courses are degrees from true north, speeds metres per second, colours `#rrggbb`.
    """
    if detail is None:
        return {}
    told: dict[str, Scalar] = {}
    for name, tag, attribute in _WORDS:
        if (words := _attribute(detail, tag, attribute)) not in ("", "???"):
            told[name] = words
    for name, tag, attribute in _NUMBERS:
        if (number := measured(_attribute(detail, tag, attribute) or None)) is not None:
            told[name] = number % 360 if name == "course" else number
    for name, tag, attribute in _COLOURS:
        if colour := _colour(_attribute(detail, tag, attribute)):
            told[name] = colour
    if remarks := xml.text(detail, "remarks"):
        told["remarks"] = remarks[:2_000]
    return told


def linked(detail: Any) -> str:
    """The identity of the event that this one is about."""
    return _attribute(detail, "link", "uid") if detail is not None else ""


def _attribute(detail: Any, tag: str, attribute: str) -> str:
    """The first value of an attribute among the children that bear a tag."""
    found = (child.get(attribute) for child in xml.named(detail, tag))
    return next((value for value in found if value), "")


def _colour(value: str) -> str:
    try:
        argb = int(value) & _MASK
    except ValueError:
        return ""
    return f"#{argb & 0xFFFFFF:06x}"
