"""Turns what Mastodon tells into records that hold no more of people than is needed."""

from typing import NamedTuple

from beffroi.plugin import Options, Record, discretion, flat, html, times
from beffroi.plugin.words import _
from plugins.mastodon.answers import Item, Told

_DAY_MS = 86_400_000
_PUBLIC = ("public", "unlisted")
"""What is meant for everybody; of other posts, the words are not kept."""


class Discretion(NamedTuple):
    """How authors are shown: under which key, and which accounts (institutions, media) in clear."""

    key: str
    clear: frozenset[str]

    def author(self, account: object) -> str:
        """The handle of an account in clear, a pseudonym for others, nothing without a key."""
        handle = str(account.get("acct") or "") if isinstance(account, dict) else ""
        return handle if handle.lower() in self.clear else discretion.pseudonym(handle, self.key)


def chosen(options: Options) -> Discretion:
    """What was chosen for this source: `pseudonym_key`, and `clear_accounts` with commas between."""
    clear = str(options.get("clear_accounts", "")).lower().split(",")
    return Discretion(
        str(options.get("pseudonym_key", "")),
        frozenset(name.strip().lstrip("@") for name in clear if name.strip()),
    )


def record(item: Item, shown: Discretion) -> Record:
    """The record of a post, a notification, a tag or a link in fashion."""
    match item.kind:
        case "post":
            return _post(item.told, shown)
        case "notification":
            return _notification(item.told, shown)
        case "tag" | "link" | "deletion":
            return _trend(item.told)


def _post(told: Told, shown: Discretion) -> Record:
    """A post; of one that only passes another on, the other."""
    passed_on = told.get("reblog")
    said = passed_on if isinstance(passed_on, dict) else told
    is_public = said.get("visibility") in _PUBLIC
    words = discretion.quote(html.plain(str(said.get("content") or ""))) if is_public else ""
    warning = discretion.quote(str(said.get("spoiler_text") or ""))
    account = said.get("account")
    followers = account.get("followers_count") if isinstance(account, dict) else None
    fields = {
        "text": words,
        "warning": warning,
        "author": shown.author(account),
        "url": said.get("url") or said.get("uri"),
        "language": said.get("language"),
        "visibility": said.get("visibility"),
        "tags": [tag.get("name") for tag in said.get("tags") or () if isinstance(tag, dict)],
        "replies": said.get("replies_count"),
        "passed_on": said.get("reblogs_count"),
        "liked": said.get("favourites_count"),
        "reach": discretion.bucket(followers),
        "media": len(said.get("media_attachments") or ()) or None,
        "edited": said.get("edited_at"),
    }
    return Record(
        id=str(told.get("id") or ""),
        properties=flat(fields),
        title=(warning or words or _("publication sans texte"))[:120],
        time=times.instant(said.get("created_at"), "UTC"),
    )


def _notification(told: Told, shown: Discretion) -> Record:
    status = told.get("status")
    about = _post(status, shown) if isinstance(status, dict) else None
    kind = str(told.get("type") or "")
    return Record(
        id=str(told.get("id") or ""),
        properties=flat({"kind": kind, **(about.properties if about else {})}),
        title=about.title if about else kind,
        time=times.instant(told.get("created_at"), "UTC"),
    )


def _trend(told: Told) -> Record:
    """A tag or a link, with how much it was used on the last day counted, and in all."""
    days = [day for day in told.get("history") or () if isinstance(day, dict)]
    uses = [_count(day.get("uses")) for day in days]
    newest = times.instant(days[0].get("day")) if days else None
    fields = {
        "name": told.get("name") or told.get("title"),
        "url": told.get("url"),
        "uses_last_day": uses[0] if uses else None,
        "uses": sum(uses) if uses else None,
        "days": len(days) or None,
        "reach": discretion.bucket(_count(days[0].get("accounts"))) if days else None,
    }
    return Record(
        id=str(told.get("url") or told.get("name") or ""),
        properties=flat(fields),
        title=str(fields["name"] or ""),
        time=newest,
        until=newest + _DAY_MS if newest is not None else None,
    )


def _count(value: object) -> int:
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) < 12 else 0
