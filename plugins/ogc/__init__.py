"""What the services of OGC have in common: errors, extents, addresses (shared by their plugins)."""
