"""Merging without an order: what a thing is, as a pure function of the acts that are known of it.

The desktop's tables and the hub's both follow from these functions, so that nodes which know the
same acts are equal.
"""

from beffroi.logbook.merge.acts import Kept, Said, State, fold, read_state, together
from beffroi.logbook.merge.describe import Searchable, describe
from beffroi.logbook.merge.kinds import STATES, about, places, targets

__all__ = [
    "STATES", "Kept", "Said", "Searchable", "State", "about", "describe", "fold", "places",
    "read_state", "targets", "together",
]  # fmt: skip
