"""KML 2.0 to 2.3 (OGC 12-007) and KMZ: placemarks, tracks, extended data, styles."""
