"""What a caller sees, asked the same way by every route of the sync surface."""

from hub.http.trouble import not_found
from hub.ports import Caller
from hub.scope import Scope, scope_in


def scope_for(caller: Caller, workspace: str) -> Scope:
    """What `caller` sees of `workspace`.

    Raises:
        Refused: 404, it does not exist for them.
    """
    scope = scope_in(workspace, caller.rights)
    if scope is None:
        raise not_found()
    return scope
