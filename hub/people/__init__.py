"""Who may come in: accounts and what they were granted, stations, sessions, workspaces."""

from hub.people.accounts import Account, Accounts
from hub.people.caller import Caller
from hub.people.devices import Device, Devices
from hub.people.people import People
from hub.people.sessions import Sessions
from hub.people.workspaces import Workspaces

__all__ = [
    "Account",
    "Accounts",
    "Caller",
    "Device",
    "Devices",
    "People",
    "Sessions",
    "Workspaces",
]
