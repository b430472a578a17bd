"""Times as officers write them: understood, and said back in words that mean the same moment."""

from beffroi.when.reading import Precision, When, find, parse
from beffroi.when.saying import say

__all__ = ["Precision", "When", "find", "parse", "say"]
