"""The hub's keys: its authority and certificates, seals, the keys of its store and attachments."""

from hub.keys.authority import Authority
from hub.keys.keys import Keys
from hub.keys.seal import Seal

__all__ = ["Authority", "Keys", "Seal"]
