"""The security officer's desk: traces of accesses and changes, their integrity, their export."""

from desktop.audit.install import install

__all__ = ["install"]
