"""ADS-B: aircraft, from receivers (Beast, AVR) and from services (JSON)."""
