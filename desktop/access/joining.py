"""What joining a centre needs of the domain, in one place: enrol, see the workspaces, make a profile."""

import asyncio
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.sync.station import Station, read_station, station_folder

if TYPE_CHECKING:
    from beffroi.sync.joining import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The steps that ask the centre; each waits, so each runs away from the main thread.

    `station()` is this machine's enrolment if it has one; `enrol(code, name)` makes it;
    `offer(station, account, secret)` logs in; `join(folder, station, offer, workspace, secret)`
    makes the profile.  All raise `BeffroiError`.
    """

    station: Callable[[], Station | None]
    enrol: Callable[[str, str], Station]
    offer: "Callable[[Station, str, str], Offer]"
    join: "Callable[[Path, Station, Offer, str, str], None]"


def front_door() -> Door:
    """This machine's own; what speaks with a hub is loaded when somebody joins one, not before."""
    from beffroi.sync import joining
    from beffroi.sync.enrolment import enrol

    folder = station_folder()
    return Door(
        station=lambda: read_station(folder),
        enrol=lambda code, name: asyncio.run(enrol(folder, code, name)),
        offer=joining.workspaces,
        join=joining.join,
    )


def machine_name() -> str:
    """How this station is called unless someone knows better."""
    return platform.node() or "poste"


def profile_place(workspace: str) -> Path:
    """Where the profile of a workspace lies unless told otherwise: a folder that is not there yet."""
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in workspace) or "centre"
    first = Path.home() / "Beffroi" / name
    places = (first, *(first.with_name(f"{name}-{n}") for n in range(2, 100)))
    return next((place for place in places if not place.exists()), first)
