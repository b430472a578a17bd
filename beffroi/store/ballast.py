"""Room kept aside on the disk, so that a full disk never stops the last entries from being kept."""

import os
import shutil
from pathlib import Path

BALLAST_BYTES = 16 * 1024 * 1024
COMFORT = 4


class Ballast:
    """A file that only takes room; dropping it gives that room back to the store."""

    def __init__(self, folder: Path, size: int = BALLAST_BYTES) -> None:
        self._path = folder / "reserve"
        self._size = size

    def whole(self) -> bool:
        """Whether the reserve is there."""
        return self._path.is_file() and self._path.stat().st_size == self._size

    def fits(self) -> bool:
        """Whether the disk has so much room again that the reserve can be taken without harm."""
        return shutil.disk_usage(self._path.parent).free > COMFORT * self._size

    def fill(self) -> bool:
        """Take the room if it is there; say whether the reserve is whole."""
        if self.whole():
            return True
        try:
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size)
        except OSError:
            self.drop()
            return False
        return True

    def drop(self) -> bool:
        """Give the room back; say whether there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
