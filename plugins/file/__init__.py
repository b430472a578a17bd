"""Reads a file that a person chose, again whenever it changed."""
