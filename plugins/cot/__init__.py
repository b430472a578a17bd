"""Cursor on Target: what TAK clients and servers exchange, in XML and in TAK protocol v1."""
