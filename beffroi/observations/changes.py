"""What is told when a source brought something."""

from dataclasses import dataclass

from beffroi.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationsChanged(Change):
    """Something of `source` (uid) is new, changed or gone: `Observations.changed_after` says what."""

    source: str
