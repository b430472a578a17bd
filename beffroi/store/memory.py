"""Keeps what lies in memory (keys, entries) out of the file that a crash would leave behind."""

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource


def never_dump() -> None:
    """From now on, no core dump of this process nor of those that it starts."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
