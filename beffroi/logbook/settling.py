"""The act that settles a contradiction: it replaces every value that stood."""

from collections.abc import Mapping
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.journal import Act
from beffroi.logbook import dossiers, followups
from beffroi.logbook import operations as ops
from beffroi.logbook.acts import dossier_shown, followup_shown, seen_by, sheet_shown
from beffroi.logbook.content import checked, clean, merged
from beffroi.logbook.contested import Contested
from beffroi.logbook.entry import Qualification
from beffroi.logbook.merge import kinds
from beffroi.logbook.merge.fields import QUALIFICATION, group_of
from beffroi.logbook.part import needed, standing
from beffroi.logbook.reach import Reach, reach
from beffroi.logbook.rules import check_length
from beffroi.logbook.sheet_fields import checked_fields
from beffroi.logbook.sheet_operations import SHEETS, PutSheet, put_of
from beffroi.logbook.statuses import DossierStatus, FollowUpStatus
from beffroi.store import Connection
from beffroi.text import _


def act(connection: Connection, one: Contested, field: str, value: Any, reason: str) -> Act:
    """The act by which a contested `field` holds `value` (JSON) from now on.

    Raises:
        BeffroiError: the value cannot be, or the entry is void.
    """
    match one.kind:
        case kinds.DOSSIER:
            return _dossier(connection, one.uid, field, value, reason)
        case kinds.FOLLOWUP:
            return _followup(connection, one.uid, field, value, reason)
        case kind if kind in SHEETS:
            return _sheet(connection, one, field, value)
        case _:
            return _entry(connection, one.uid, field, value, reason)


def _entry(connection: Connection, uid: str, field: str, value: Any, reason: str) -> Act:
    entry = standing(connection, uid)
    fields = group_of(field)
    known = seen_by(connection, uid, fields)
    if field == QUALIFICATION:
        if value not in list(Qualification):
            raise _impossible()
        level = ops.Qualify(changes={}, qualification=value, seen=known)
        return reach(entry.content).act(ops.QUALIFY, uid, level)
    said = value if isinstance(value, Mapping) and len(fields) > 1 else {field: value}
    try:
        new = checked(merged(entry.content, {k: v for k, v in said.items() if k in fields}))
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise _impossible() from error
    payload = ops.Correct(
        version=entry.version + 1, content=new, reason=reason, fields=fields, seen=known
    )
    return reach(new).act(ops.CORRECT, uid, payload)


def _dossier(connection: Connection, uid: str, field: str, value: Any, reason: str) -> Act:
    match field, value:
        case "title", str() if clean(value):
            value = check_length(clean(value))
        case "gravity", int() if 0 <= value <= 4:
            pass
        case "status", str() if value in set(DossierStatus):
            pass
        case _:
            raise _impossible()
    case = dossier_shown(connection, uid)
    known = case.seen([field]) if case else ()
    payload = msgspec.convert({field: value, "reason": reason, "seen": known}, ops.EditDossier)
    return dossiers.reach_of(connection, uid).act(ops.DOSSIER_EDIT, uid, payload)


def _followup(connection: Connection, uid: str, field: str, value: Any, reason: str) -> Act:
    now = followups.one(connection, uid)
    case = followup_shown(connection, uid)
    status, due = str(now.status), None
    match field, value:
        case "status", str() if value in set(FollowUpStatus):
            status = value
        case "due", int():
            due = value
        case _:
            raise _impossible()
    written = ["status", "note", "due"] if due is not None else ["status", "note"]
    known = case.seen(written) if case else ()
    payload = ops.UpdateFollowUp(status=status, note=reason, due=due, seen=known)
    sight = reach(needed(connection, now.entry).content)
    return sight.act(ops.FOLLOWUP_UPDATE, uid, payload)


def _sheet(connection: Connection, one: Contested, field: str, value: Any) -> Act:
    shown = sheet_shown(connection, one.kind, one.uid)
    if shown is None or not shown.stands:
        raise BeffroiError(_("Cette contradiction est déjà réglée\u00a0: actualisez la liste."))
    payload = PutSheet(fields=checked_fields({field: value}), seen=shown.seen([field]))
    return Reach(shown.marking, shown.caveats).act(put_of(one.kind), one.uid, payload)


def _impossible() -> BeffroiError:
    return BeffroiError(_("Cette valeur ne convient pas : choisissez l’une de celles proposées."))
