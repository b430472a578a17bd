"""`beffroi-admin`: everything of Beffroi that runs without a window."""

from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `beffroi-admin` and return its exit code."""
    try:
        # Loading takes half a second: Ctrl-C must not meet a traceback meanwhile.
        from beffroi.admin import program
    except KeyboardInterrupt:
        return INTERRUPTED
    return program.run(arguments)


__all__ = ["main"]
