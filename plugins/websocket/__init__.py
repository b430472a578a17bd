"""Listens to a WebSocket for as long as it speaks."""
