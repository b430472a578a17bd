"""What the hub says of a person, as a profile keeps it."""

from collections.abc import Iterable, Sequence

import msgspec

from beffroi.access import Account
from beffroi.access.buckets import EVERYWHERE, Bucket, visible
from beffroi.access.roles import ROLES
from beffroi.journal import Journal
from beffroi.store import Settings
from beffroi.sync import wire

_RIGHTS = "hub/rights/"


def rights_in(rights: Iterable[wire.Rights], workspace: str) -> list[wire.Rights]:
    """Those that count in `workspace`."""
    return [right for right in rights if right.workspace in (workspace, EVERYWHERE)]


def account_of(session: wire.SessionReply, workspace: str) -> Account:
    """The person as an account of the profile of `workspace`."""
    return Account(
        name=session.account, display=session.display, organisation=session.organisation,
        posts=tuple(session.posts), role=_role(rights_in(session.rights, workspace)),
    )  # fmt: skip


def _role(rights: Sequence[wire.Rights]) -> str:
    """Of several roles, one that writes; a role that this version does not know only reads."""
    known = [right.role for right in rights if right.role in ROLES]
    ranked = sorted(known, key=lambda code: (ROLES[code].writes, ROLES[code].exports))
    return ranked[-1] if ranked else "reader"


def keep_rights(settings: Settings, session: wire.SessionReply) -> None:
    """Remember what the person may do, for when the hub cannot be asked."""
    settings.put(_RIGHTS + session.account, [msgspec.to_builtins(one) for one in session.rights])


def known_rights(settings: Settings, account: str) -> list[wire.Rights]:
    """What `account` might do when the hub was last asked."""
    return msgspec.convert(settings.get(_RIGHTS + account, []), list[wire.Rights])


def hide_from(journal: Journal, settings: Settings, account: str, workspace: str) -> None:
    """Take out of the cache what `account` may not see: others use this station too.

    It comes back from the hub when someone who may see it is there again.
    """
    rights = rights_in(known_rights(settings, account), workspace)
    for bucket in sorted(journal.buckets() - {""}):
        if not visible(Bucket.parse(bucket), rights):
            journal.purge(bucket)
