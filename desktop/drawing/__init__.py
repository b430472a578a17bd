"""Drawing on the map: shapes, symbols, what is planned and what is."""
