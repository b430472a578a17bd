"""Packs of ground that work without a network: made, installed, gauged."""

FOLDER = "basemaps"
"""Where a profile keeps its packs, and the tiles that it fetched."""
FETCHED = "grounds.db*"
"""The latter, as a pattern: encrypted with the profile's key, and never worth copying."""
