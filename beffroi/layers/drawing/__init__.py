"""Drawing on the map: shapes and their measures, symbols, one history of what was done."""
