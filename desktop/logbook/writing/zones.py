"""In which zone the desk says times."""

from datetime import datetime
from zoneinfo import ZoneInfo

from beffroi.clock import to_datetime
from desktop.api import Desk


def zone_of(desk: Desk) -> ZoneInfo:
    """The zone of the workspace."""
    return ZoneInfo(desk.node.info.zone)


def local_now(desk: Desk) -> datetime:
    """The present moment on the walls of the room."""
    return to_datetime(desk.node.clock.now(), zone_of(desk))
