"""Takes an address apart; whatever somebody typed gives an answer, never a bug."""

from urllib.parse import SplitResult, urlsplit


def taken_apart(address: str) -> tuple[SplitResult, int]:
    """The parts of an address, and its port (0 when it names none); empty parts when it is none."""
    try:
        parts = urlsplit(address.strip())
        return parts, parts.port or 0
    except ValueError:  # a bracket left open, a port beyond 65535
        return SplitResult("", "", "", "", ""), 0
