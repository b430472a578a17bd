"""The words of a plugin: French in its code, English in the catalogue, as everywhere."""

from beffroi.text import N_, _, language, ngettext

__all__ = ["N_", "_", "language", "ngettext"]
