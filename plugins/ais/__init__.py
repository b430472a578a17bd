"""AIS: ships, from receivers (NMEA 0183 sentences) and from services (JSON)."""
