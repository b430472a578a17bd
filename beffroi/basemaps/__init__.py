"""Packs of ground that work without a network: made, installed, gauged."""
