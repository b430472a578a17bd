"""GTFS-Realtime 1.0 and 2.0 (gtfs.org): alerts, vehicles, trips; protobuf, or the same as JSON."""
