"""Writing the main courante: publish, complete, correct, void, qualify."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.journal import Act, Identity
from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.audience import audience
from beffroi.logbook.changes import ManyEntriesAdded
from beffroi.logbook.content import checked, qualified
from beffroi.logbook.corroboration import check_corroboration
from beffroi.logbook.entry import Content, Entry, Qualification
from beffroi.logbook.merge.fields import DEFAULTS, QUALIFICATION, changed, widened
from beffroi.logbook.numbering import last_number
from beffroi.logbook.part import Part, latest_of, needed, reason_given, standing
from beffroi.store import Connection
from beffroi.text import _

BATCH = 500
_WEIGHED = {"credibility", "corroborated_by", "origin", "organisation"}
"""What makes two sources independent: whoever changes one of these answers for it again."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry to publish in bulk, as it was written down elsewhere at `entered_time` (UTC ms)."""

    content: Content
    who: Identity
    entered_time: int | None = None
    uid: str = ""
    qualification: Qualification = Qualification.RAW


class Writing(Part):
    """The acts that make and change entries."""

    def publish(
        self,
        content: Content,
        who: Identity,
        *,
        uid: str = "",
        entered_time: int | None = None,
        qualification: Qualification = Qualification.RAW,
    ) -> Entry:
        """Keep a new entry; it gets the next number of the journal, for ever.

        At a station that follows a hub it is a provisional one, until the hub grants its own.

        Raises:
            BeffroiError: the content breaks a rule; no number was used.
        """
        draft = Draft(
            content=content, who=who, entered_time=entered_time,
            uid=uid or uuid7(self._clock.now()), qualification=qualification,
        )  # fmt: skip
        changes = self._keep(lambda connection: self._publications(connection, [draft]), who)
        return latest_of(changes, draft.uid)

    def publish_many(self, drafts: Iterable[Draft], who: Identity | None = None) -> int:
        """Keep many entries in transactions of some hundreds, and say how many.

        A draft that breaks a rule stops the import there; `who` is unused when every draft has
        its own author.
        """
        count = 0
        for batch in _batches(drafts):
            self._publish_batch(batch, who or batch[0].who)
            count += len(batch)
        if count:
            self._store.after_commit(
                lambda: self._journal.announce([ManyEntriesAdded(count=count)])
            )
        return count

    def _publish_batch(self, batch: Sequence[Draft], who: Identity) -> None:
        drafts = [
            draft if draft.uid else msgspec.structs.replace(draft, uid=uuid7(self._clock.now()))
            for draft in batch
        ]
        self._journal.commit(
            lambda connection: self._publications(connection, drafts), who, announce=False
        )

    def _publications(self, connection: Connection, drafts: Sequence[Draft]) -> list[Act]:
        journal, last = last_number(connection, self._code, self._station_code)
        return [
            self._publication(connection, draft, journal, number)
            for number, draft in enumerate(drafts, last + 1)
        ]

    def _publication(self, connection: Connection, draft: Draft, journal: str, number: int) -> Act:
        content = self._publishable(connection, draft)
        level = "" if draft.qualification == Qualification.RAW else draft.qualification
        payload = ops.Publish(
            journal=journal, number=number, content=content, entered_time=draft.entered_time,
            qualification=level,
        )  # fmt: skip
        return _act(ops.PUBLISH, draft.uid, payload, content, draft.who)

    def _publishable(self, connection: Connection, draft: Draft) -> Content:
        content = checked(draft.content)
        if not content.organisation and draft.who.organisation:
            content = msgspec.structs.replace(content, organisation=draft.who.organisation)
        if content.corroborated_by:
            check_corroboration(connection, content, draft.uid, draft.who.post)
        if content.parent:
            needed(connection, content.parent)
        if rows.one(connection, "e.uid = ?", draft.uid):
            raise BeffroiError(_("Cette entrée est déjà publiée : actualisez la liste."))
        return content

    def complete(
        self,
        parent_uid: str,
        content: Content,
        who: Identity,
        *,
        uid: str = "",
        entered_time: int | None = None,
    ) -> Entry:
        """Add what is known since, as an entry of its own under its parent."""
        draft = Draft(
            content=msgspec.structs.replace(content, parent=parent_uid), who=who,
            entered_time=entered_time, uid=uid or uuid7(self._clock.now()),
        )  # fmt: skip

        changes = self._keep(lambda connection: self._publications(connection, [draft]), who)
        return latest_of(changes, draft.uid)

    def correct(self, uid: str, content: Content, reason: str, who: Identity) -> Entry:
        """Replace what an entry says; the old version stays readable, struck through.

        Raises:
            BeffroiError: no reason given, a void entry, or content that breaks a rule.
        """
        reason = reason_given(reason)

        def acts(connection: Connection) -> list[Act]:
            entry = standing(connection, uid)
            new = checked(msgspec.structs.replace(content, parent=entry.content.parent))
            if new == entry.content:
                raise BeffroiError(_("Rien n’a changé : modifiez l’entrée avant de corriger."))
            if set(entry.content.attachments) - set(new.attachments):
                raise BeffroiError(
                    _("Une pièce jointe publiée ne se retire pas : annulez l’entrée.")
                )
            if new.corroborated_by:
                check_corroboration(connection, new, uid, entry.post)
            fields = changed(entry.content, new)
            payload = ops.Correct(
                version=entry.version + 1, content=new, reason=reason, fields=fields,
                seen=self._stories.seen(connection, uid, fields),
            )  # fmt: skip
            return [_act(ops.CORRECT, uid, payload, new)]

        return latest_of(self._keep(acts, who), uid)

    def void(self, uid: str, reason: str, who: Identity) -> Entry:
        """Say that an entry should not have been; it stays visible with its number.

        Raises:
            BeffroiError: no reason given, or already void.
        """
        reason = reason_given(reason)

        def acts(connection: Connection) -> list[Act]:
            entry = standing(connection, uid)
            return [_act(ops.VOID, uid, ops.Void(reason=reason), entry.content)]

        return latest_of(self._keep(acts, who), uid)

    def qualify(
        self,
        uid: str,
        changes: dict[str, Any],
        who: Identity,
        *,
        qualification: Qualification | None = None,
    ) -> Entry:
        """Assess an entry: fields as JSON values, and how far the assessment went.

        Without `qualification` the entry keeps the one it has.  What was said never changes here.

        Raises:
            BeffroiError: the change would alter what was said, or breaks a rule.
        """
        before: list[Entry] = []

        def acts(connection: Connection) -> list[Act]:
            entry = standing(connection, uid)
            before[:] = [entry]
            return list(self._assessment(connection, entry, changes, qualification))

        return latest_of(self._keep(acts, who), uid, *before)

    def _assessment(
        self,
        connection: Connection,
        entry: Entry,
        changes: dict[str, Any],
        qualification: Qualification | None,
    ) -> Iterator[Act]:
        content = qualified(entry.content, changes)
        if content.corroborated_by and _WEIGHED & changes.keys():
            check_corroboration(connection, content, entry.uid, entry.post)
        same = qualification is None or qualification == entry.qualification
        if content == entry.content and same:
            return
        after: dict[str, Any] = msgspec.to_builtins(content)
        written = widened(changes)
        level = () if qualification is None else (QUALIFICATION,)
        payload = ops.Qualify(
            changes={name: after.get(name, DEFAULTS[name]) for name in written},
            qualification=qualification or "",
            seen=self._stories.seen(connection, entry.uid, (*written, *level)),
        )
        yield _act(ops.QUALIFY, entry.uid, payload, content)


def _act(kind: str, uid: str, payload: Any, content: Content, by: Identity | None = None) -> Act:
    """An act on an entry, for those who may see what the entry says after it."""
    return Act(
        kind=kind, entity=uid, payload=payload, marking=content.marking,
        audience=audience(content), by=by,
    )  # fmt: skip


def _batches(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Some hundreds at a time; one that refers to another never shares its transaction."""
    batch: list[Draft] = []
    uids: set[str] = set()
    for draft in drafts:
        refers = {draft.content.parent, draft.content.corroborated_by} - {""}
        if len(batch) == BATCH or refers & uids:
            yield batch
            batch, uids = [], set()
        batch.append(draft)
        uids.add(draft.uid)
    if batch:
        yield batch
