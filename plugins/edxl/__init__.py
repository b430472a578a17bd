"""EDXL-DE 1.0 and 2.0 (OASIS): envelopes around CAP, messages of the Hub Santé, or anything."""
