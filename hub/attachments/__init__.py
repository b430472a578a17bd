"""Attachments at the hub: sealed, by their SHA-256, seen by whoever sees an entry that names them."""
