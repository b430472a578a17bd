"""The grounds of the map, and what remains of them without a network."""
