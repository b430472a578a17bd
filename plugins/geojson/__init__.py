"""GeoJSON (RFC 7946), with the `crs` member of 2008 and its newline-delimited forms (RFC 8142)."""
