"""Finds the events of an XML document, of several one after the other, or of a stream with junk."""

import re
from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Unreadable, times, xml
from beffroi.plugin.words import _
from plugins.cot.event import Event, measured

BEGINNING = re.compile(r"<event(?=[\s>/])[^>]*")
_END = "</event>"


def pieces(text: str) -> Iterator[str]:
    """The events as they are written; one that does not end is given as far as it goes."""
    at = 0
    while found := BEGINNING.search(text, at):
        if found[0].endswith("/"):
            at = found.end() + 1
        else:
            following = BEGINNING.search(text, found.end())
            last = following.start() if following else len(text)
            end = text.find(_END, found.end(), last)
            at = end + len(_END) if end >= 0 else last
        yield text[found.start() : at]


def event(piece: str) -> Event:
    """The event that a piece tells.

    Raises:
        Unreadable: it is cut, or no XML.
    """
    if not piece.endswith((_END, "/>")):
        raise Unreadable(_("Cet événement CoT est coupé\u00a0: demandez-le de nouveau."))
    return _told(xml.parsed(piece.encode("utf-8", "replace")))


def _told(root: Any) -> Event:
    place = xml.child(root, "point")
    at = place.attrib if place is not None else {}
    return Event(
        uid=root.get("uid", ""),
        type=root.get("type", ""),
        how=root.get("how", ""),
        access=root.get("access", ""),
        time=times.instant(root.get("time"), "UTC"),
        start=times.instant(root.get("start"), "UTC"),
        stale=times.instant(root.get("stale"), "UTC"),
        lat=measured(at.get("lat")),
        lon=measured(at.get("lon")),
        hae=measured(at.get("hae")),
        ce=measured(at.get("ce")),
        le=measured(at.get("le")),
        detail=xml.child(root, "detail"),
    )
