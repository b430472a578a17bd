"""The other programs that a frozen Beffroi is, when one of its kind starts it."""

from collections.abc import Callable, Sequence


def child_program(said: Sequence[str]) -> Callable[[], int] | None:
    """What this program is when it was started by another one of its kind; None for the desktop.

    Frozen, it is its own sync process, its collector of sources, and the workers of the latter.
    """
    match list(said[:1]):
        case ["--sync-process"]:
            from beffroi.sync.process import main as follow_hub

            return follow_hub
        case ["--sources-process"]:
            from beffroi.sources.process import main as follow_sources

            return follow_sources
        case ["--source-worker"]:
            from beffroi.sources.worker import main as read_samples

            return read_samples
        case _:
            return None
