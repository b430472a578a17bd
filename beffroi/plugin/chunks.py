"""Cuts a stream of bytes into whole messages: lines, XML events, or whatever came in a while."""

from collections.abc import Callable

from beffroi.plugin.refusals import Unreachable
from beffroi.plugin.words import _

MAX_PENDING = 4 * 1024 * 1024
_EVENT_END = b"</event>"
Cut = Callable[[bytes], tuple[bytes, bytes]]
"""What is whole, and the rest that waits for more."""


def by_lines(pending: bytes) -> tuple[bytes, bytes]:
    """Up to the last end of line."""
    at = pending.rfind(b"\n") + 1
    return pending[:at], pending[at:]


def by_events(pending: bytes) -> tuple[bytes, bytes]:
    """Up to the end of the last CoT event."""
    at = pending.rfind(_EVENT_END)
    at = 0 if at < 0 else at + len(_EVENT_END)
    return pending[:at], pending[at:]


def as_they_come(pending: bytes) -> tuple[bytes, bytes]:
    """All of it: the format knows where its frames begin."""
    return pending, b""


def cut_for(framing: str, first: bytes) -> Cut:
    """The way to cut: `lines`, `events`, `raw`, or by what the first bytes look like."""
    ways: dict[str, Cut] = {"lines": by_lines, "events": by_events, "raw": as_they_come}
    if framing in ways:
        return ways[framing]
    head = first.lstrip()[:200]
    if head.startswith(b"<"):
        return by_events if b"event" in head or head.startswith(b"<?xml") else by_lines
    return by_lines if head[:1] in (b"!", b"$", b"{", b"*", b"\\", b"[") else as_they_come


def checked(pending: bytes) -> bytes:
    """`pending`, unless it never ends.

    Raises:
        Unreachable: no message ended in `MAX_PENDING` bytes.
    """
    if len(pending) > MAX_PENDING:
        raise Unreachable(
            _("Ce flux envoie un message sans fin\u00a0: vérifiez son format et son découpage.")
        )
    return pending
