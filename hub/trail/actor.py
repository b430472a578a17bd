"""Who did what the trail keeps: a person at a post on a station, or the hub itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever acts.  Names that are not known stay empty; `device` is the enrolled station's id."""

    account: str
    post: str = ""
    station: str = ""
    device: str = ""


HUB = Actor(account="@hub")
"""The hub, when it acts by itself: seals, merges, purges."""
