"""The sources of all: followed once, by one replica at a time, and handed on to every desktop."""
