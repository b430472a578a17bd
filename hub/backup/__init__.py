"""Backups of a hub: one sealed file with its keys, its database and its attachments."""

from hub.backup.making import Manifest, make
from hub.backup.restoring import restore

__all__ = ["Manifest", "make", "restore"]
