"""What machines observe: the latest of each thing, bounded, dated, disposable."""

from beffroi.observations.changes import ObservationsChanged
from beffroi.observations.model import (
    NEVER,
    Box,
    Changes,
    Columns,
    Observation,
    Order,
    Put,
    Shapes,
    Where,
)
from beffroi.observations.observations import OBSERVATIONS_FILE, Observations
from beffroi.observations.states import Health, SourceState, Try

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
