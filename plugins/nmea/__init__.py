"""NMEA 0183: where satellite receivers are, as they say it themselves once a second."""
