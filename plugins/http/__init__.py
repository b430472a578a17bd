"""Fetches from the web: conditional, bounded, and never where it may not go."""
