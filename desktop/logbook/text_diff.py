"""What changed between two versions of an entry, word by word and field by field."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from typing import Any

from beffroi.clock import PARIS
from beffroi.logbook.entry import (
    CHANNEL_WORDS,
    GRAVITY_WORDS,
    IMPACT_WORDS,
    MARKING_WORDS,
    NATURE_WORDS,
    Content,
)
from beffroi.text import N_, _
from desktop.logbook import tag_look, wording
from desktop.logbook.writing.place import degrees

_WORD = re.compile(r"^\s+|\S+\s*")
"""A word and the space behind it: words that changed together are struck together."""
LONGEST = 4_000
"""Longer texts are shown whole, old and new: comparing them word by word would take too long."""
_FIELDS: dict[str, str] = {
    "place": N_("Lieu"),
    "origin": N_("Origine"),
    "organisation": N_("Organisation"),
    "on_behalf_of": N_("Au nom de"),
    "for_action": N_("Pour action"),
    "for_info": N_("Pour info"),
    "attachments": N_("Pièces jointes"),
    "key_event": N_("Fait marquant"),
}


def marked(old: str, new: str, *, gone: str, come: str) -> str:
    """`new` as HTML: what was taken out is struck on `gone`, what was put in lies on `come`."""
    if max(len(old), len(new)) > LONGEST:
        return f"{_gone(old, gone)}<br>{_come(new, come)}"
    before, after = _WORD.findall(old), _WORD.findall(new)
    bare, said = ([word.strip() for word in words] for words in (before, after))
    pieces: list[str] = []
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, bare, said, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(escape("".join(after[b0:b1])))
            continue
        if a1 > a0:
            pieces.append(_gone("".join(before[a0:a1]), gone))
        if b1 > b0:
            pieces.append(_come("".join(after[b0:b1]), come))
    return "".join(pieces).replace("\n", "<br>")


def _gone(text: str, colour: str) -> str:
    words = text.rstrip()
    return f'<s style="background:{colour}">{escape(words)}</s>{text[len(words) :] or " "}'


def _come(text: str, colour: str) -> str:
    words = text.rstrip()
    return f'<span style="background:{colour}">{escape(words)}</span>{text[len(words) :]}'


def fields(old: Content, new: Content) -> Iterator[tuple[str, str, str]]:
    """Each other field that changed: its name, its value before, its value after."""
    for name, before, after in (
        (_("Gravité"), _gravity(old), _gravity(new)),
        (_("Nature"), _(NATURE_WORDS[old.nature]), _(NATURE_WORDS[new.nature])),
        (_("Cotation"), wording.grade(old), wording.grade(new)),
        (_("Mention"), _(MARKING_WORDS[old.marking]), _(MARKING_WORDS[new.marking])),
        (_("Étiquettes"), _tags(old), _tags(new)),
        (_("Heure des faits"), _times(old), _times(new)),
        (_("Position"), _position(old), _position(new)),
        (_("Moyen"), _(CHANNEL_WORDS[old.channel]), _(CHANNEL_WORDS[new.channel])),
        (_("Impacts"), _impacts(old), _impacts(new)),
    ):
        if before != after:
            yield name, before, after
    for field, name in _FIELDS.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield _(name), _said(before), _said(after)


def _gravity(content: Content) -> str:
    return f"{content.gravity} {_(GRAVITY_WORDS[content.gravity])}"


def _tags(content: Content) -> str:
    return ", ".join(tag_look.look(code).word for code in content.tags)


def _impacts(content: Content) -> str:
    return ", ".join(
        f"{_(IMPACT_WORDS[axis])} {level}" for axis, level in content.impacts.items() if level
    )


def _times(content: Content) -> str:
    moments = [t for t in (content.event_time, content.event_end) if t is not None]
    return " – ".join(wording.full_moment(t, PARIS) for t in moments)


def _position(content: Content) -> str:
    if content.lon is None or content.lat is None:
        return ""
    return degrees(content.lon, content.lat)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, tuple):
        return ", ".join(getattr(item, "name", str(item)) for item in value)
    return str(value)
