"""TMS 1.0 (OSGeo): lists of tile maps, and the levels of one."""
