"""The main courante on the desk: the list, the entry, dossiers and follow-ups."""

from desktop.logbook.install import install

__all__ = ["install"]
