"""Keeps of what people post no more than what a crisis room may keep (`domain.md` §4.7).

An author becomes a pseudonym under a key that the data protection officer holds, or nothing when
there is no key; words are quoted shortly, without the people they name.
"""

import hashlib
import hmac
import re

QUOTE = 280
"""Characters kept of a post."""
_EMAIL = re.compile(r"(?<![@\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MENTION = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]+\w)?")
_PHONE = re.compile(r"(?<!\d)(?:\+\d{1,3}[ .-]?|0)\d(?:[ .-]?\d{2}){4}(?!\d)")
_SHOWN = 16


def pseudonym(who: str, key: str) -> str:
    """The same sixteen signs for the same author under one key; nothing without a key.

    HMAC-SHA-256: who has not the key can neither find nor try authors.
    """
    if not who or not key:
        return ""
    sealed = hmac.new(key.encode(), who.strip().lower().encode(), hashlib.sha256)
    return sealed.hexdigest()[:_SHOWN]


def identity(post: str, key: str = "") -> str:
    """An identity for a post whose address names its author: stable, and telling nothing."""
    return hmac.new(key.encode(), post.encode(), hashlib.sha256).hexdigest()[:24]


def quote(words: str) -> str:
    """At most 280 characters of a post; mentions, e-mail addresses and telephones are masked."""
    said = _EMAIL.sub("…@…", words[: QUOTE * 4])
    said = _PHONE.sub("☎ …", _MENTION.sub("@…", said))
    return said if len(said) <= QUOTE else f"{said[: QUOTE - 1].rstrip()}…"


def bucket(count: object) -> str:
    """A number of people or reactions as an order of magnitude: `0`, `1-9`, `10-99` and so on."""
    if not isinstance(count, int) or count < 0:
        return ""
    if count < 10:
        return "1-9" if count else "0"
    power = 10 ** (len(str(count)) - 1)
    return f"{power}-{power * 10 - 1}" if power < 1_000_000 else "1000000-"
