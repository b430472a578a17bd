"""Finds entries: one index for words and filters, newest first, by leaps."""

from beffroi.logbook.search.search import Search

__all__ = ["Search"]
