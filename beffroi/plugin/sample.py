"""Bytes to be recognised and read, with what is known of them; parsed once, within limits."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(kw_only=True)
class Sample:
    """One delivery.  `path` is a copy on the disk for libraries that want a file (same bytes).

    Nothing of it may be trusted: its name and media type are what somebody said.
    """

    data: bytes
    name: str = ""
    media_type: str = ""
    path: Path | None = None
    received: int = 0
    """UTC ms, for times that the bytes do not tell."""
    zone: str = "Europe/Paris"
    """The zone of hours that name none."""
    notes: dict[str, Any] = field(default_factory=dict[str, Any])
    """Where a recogniser may leave what it already worked out for its reader."""

    @cached_property
    def suffix(self) -> str:
        """The extension of the name, lower case, with its dot."""
        return Path(self.name).suffix.lower()
