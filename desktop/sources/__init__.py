"""Adding a source, and the board of all sources."""
