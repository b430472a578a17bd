"""Other vector files that GDAL reads: TopoJSON, ESRI JSON, FlatGeobuf, MapInfo, DXF."""
