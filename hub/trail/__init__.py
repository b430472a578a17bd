"""The hub's audit trail: every access and change, chained, sealed daily, changed by nobody."""

from hub.trail.actor import HUB, Actor
from hub.trail.seals import Sealer
from hub.trail.trail import Trail

__all__ = ["HUB", "Actor", "Sealer", "Trail"]
