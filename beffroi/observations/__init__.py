"""What machines observe: the latest of each thing, bounded, dated, disposable.

Names are imported when they are first asked for: whoever only wants the name of the file (the sync
process) does without numpy and shapely.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from beffroi.observations.naming import OBSERVATIONS_FILE

if TYPE_CHECKING:
    from beffroi.observations.changes import ObservationsChanged
    from beffroi.observations.model import (
        NEVER,
        Box,
        Changes,
        Columns,
        Observation,
        Order,
        Shapes,
        Where,
    )
    from beffroi.observations.observations import Observations
    from beffroi.observations.rows import Put
    from beffroi.observations.states import Health, SourceState, Try

_HOMES = {
    "changes": ("ObservationsChanged",),
    "model": (
        "NEVER", "Box", "Changes", "Columns", "Observation", "Order", "Shapes", "Where",
    ),
    "observations": ("Observations",),
    "rows": ("Put",),
    "states": ("Health", "SourceState", "Try"),
}  # fmt: skip
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """The thing called `name`, from the module that has it."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


__all__ = [
    "NEVER",
    "OBSERVATIONS_FILE",
    "Box",
    "Changes",
    "Columns",
    "Health",
    "Observation",
    "Observations",
    "ObservationsChanged",
    "Order",
    "Put",
    "Shapes",
    "SourceState",
    "Try",
    "Where",
]
