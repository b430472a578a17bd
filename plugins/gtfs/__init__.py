"""GTFS (gtfs.org): the stops of a network, or its lines drawn by their shapes."""
