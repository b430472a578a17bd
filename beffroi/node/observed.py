"""Opens the file of observations when somebody first looks at it: most commands never do."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from beffroi.observations import OBSERVATIONS_FILE

if TYPE_CHECKING:
    from beffroi.observations import Observations


class Observed:
    """The observations of the profile in `folder`, under its `key`.

    The collecting process opens the same file with the same key.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.path = folder / OBSERVATIONS_FILE
        self.key = key
        self._opened: Observations | None = None
        self._lock = Lock()

    def get(self) -> "Observations":
        """They, opened once; from any thread.

        Raises:
            StoreError: the disk is full, or the file is held by another.
        """
        with self._lock:
            if self._opened is None:
                from beffroi.observations import Observations

                self._opened = Observations(self.path, self.key)
            return self._opened

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
