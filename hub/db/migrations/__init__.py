"""The revisions of the hub's schema, the same for both engines."""
