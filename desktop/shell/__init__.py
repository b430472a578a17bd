"""The window around the docks: bandeau, palette, notices, key map, layout."""
