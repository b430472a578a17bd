"""Other vector files that GDAL reads: TopoJSON, FlatGeobuf, MapInfo, DXF."""
