"""Listens to a TCP stream, as a client or as the one that is called."""
