"""Tracks on the map, their bubbles, and the cards of alerts."""
