"""How the hub does: what it counts, which stations it sees, metrics and traces of requests."""
