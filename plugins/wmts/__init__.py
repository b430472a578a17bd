"""WMTS 1.0 (OGC 07-057): layers of tiles, and the grids they are cut in."""
