"""The ledger: every operation at its position, in its bucket, chained to the one before."""

from hub.ledger.batch import Accepted, Batch, Placed, Stale, Thing
from hub.ledger.ledger import Ledger
from hub.ledger.pages import Page
from hub.ledger.quarantine import Quarantine, Refused
from hub.ledger.refusal import Refusal

__all__ = [
    "Accepted", "Batch", "Ledger", "Page", "Placed", "Quarantine", "Refusal", "Refused", "Stale",
    "Thing",
]  # fmt: skip
