"""Tracks on the map, their bubbles, and the cards of alerts."""

from desktop.tracks.install import install

__all__ = ["install"]
