"""Reads new letters of a mailbox without touching them."""
