"""The search language: typed in French or English, shown as chips, kept as text."""

from beffroi.logbook.query.model import EVERYTHING, Near, Query, Term
from beffroi.logbook.query.parse import parse
from beffroi.logbook.query.say import Chip, chips, text_of

__all__ = ["EVERYTHING", "Chip", "Near", "Query", "Term", "chips", "parse", "text_of"]
