"""What tests of all parts need: patience, and a port that is free."""

import socket
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_S = 30.0


def until(
    true: Callable[[], T], seconds: float = PATIENCE_S, what: str | Callable[[], str] = ""
) -> T:
    """Wait until `true()` says something; what it said.  `what` names what never came."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise AssertionError("it never came true " + (what() if callable(what) else what))
        time.sleep(0.01)
    return found


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
