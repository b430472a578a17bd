"""GeoPackage (OGC 12-128): all its layers, or one."""
