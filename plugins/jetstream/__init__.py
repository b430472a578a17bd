"""Bluesky Jetstream: the public stream of posts, one JSON document per line."""
