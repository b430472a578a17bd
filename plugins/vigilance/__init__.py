"""Vigilance of Météo-France: the map as JSON (DPVigilance, 2022-), as XML (before), and its texts."""
