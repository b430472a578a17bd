"""Adding a source, and the board of all sources."""

from desktop.sources.install import install

__all__ = ["install"]
