"""Delimited text: commas, semicolons, tabs; French or English numbers; WKT or coordinates."""
