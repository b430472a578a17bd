"""The journal: every act is an operation, chained to the one before, applied in the same breath."""

from beffroi.journal.chain import ChainBreak
from beffroi.journal.hlc import HybridClock
from beffroi.journal.journal import Journal
from beffroi.journal.operation import Act, Identity, Operation
from beffroi.journal.outbox import Refused
from beffroi.journal.received import Received
from beffroi.journal.signing import Signer

__all__ = [
    "Act", "ChainBreak", "HybridClock", "Identity", "Journal", "Operation", "Received", "Refused",
    "Signer",
]  # fmt: skip
