"""Who may open a profile, who did what, and the trail that proves it."""

from beffroi.access.accounts import Account, Accounts
from beffroi.access.audit import Audit, AuditLine
from beffroi.access.keyring import Keyring

__all__ = ["Account", "Accounts", "Audit", "AuditLine", "Keyring"]
