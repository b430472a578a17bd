"""Shapefile (ESRI, 1998), in a folder or a ZIP file, and dBASE tables alone."""
