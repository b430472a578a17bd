"""What may be written: the rules of the main courante, each refusal with its remedy."""

import re
from typing import Any

import msgspec

from beffroi.access.buckets import checked_caveats
from beffroi.attachments.ref import AttachmentRef
from beffroi.errors import BeffroiError
from beffroi.logbook import rules
from beffroi.logbook.entry import Content, Marking
from beffroi.text import _

MAX_TEXT = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_GIVEN_ONCE = ("event_time", "event_end", "lon", "lat", "place", "received_time")
_NEVER = ("text", "parent")
_MARKING_ORDER = list(Marking)
_FIELD = re.compile(r"\$\.(\w+)")


def highest(*markings: str) -> str:
    """The highest of protection markings: what gathers several things is as sensitive as the most."""
    return max(markings, key=lambda marking: _MARKING_ORDER.index(Marking(marking)))


def clean(text: str) -> str:
    """`text` without control or direction-changing characters, and without outer blanks."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def checked(content: Content) -> Content:
    """`content` cleaned, if it may be published.

    Raises:
        BeffroiError: says which rule it breaks and what to do.
    """
    if len(content.text) > MAX_TEXT:
        raise BeffroiError(
            _(
                "Ce texte est trop long ({n} caractères, {limit} au plus) : "
                "joignez-le en pièce jointe et résumez-le ici."
            ).format(n=len(content.text), limit=MAX_TEXT)
        )
    content = msgspec.structs.replace(
        content,
        text=clean(content.text),
        origin=clean(content.origin),
        place=clean(content.place),
        commune=clean(content.commune),
        corroborated_by=clean(content.corroborated_by),
        parent=clean(content.parent),
        organisation=clean(content.organisation),
        on_behalf_of=clean(content.on_behalf_of),
        for_action=_cleaned(content.for_action),
        for_info=_cleaned(content.for_info),
        attachments=tuple(_named(attachment) for attachment in content.attachments),
        caveats=checked_caveats(content.caveats) if content.caveats else (),
    )
    if not content.text:
        raise BeffroiError(_("Une entrée a besoin d’un texte : écrivez ce qui se passe."))
    rules.check(content)
    return content


def _cleaned(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in map(clean, names) if name)


def _named(attachment: AttachmentRef) -> AttachmentRef:
    return msgspec.structs.replace(attachment, name=clean(attachment.name))


def merged(content: Content, changes: dict[str, Any]) -> Content:
    """`content` with fields replaced by the JSON values in `changes`."""
    before: dict[str, Any] = msgspec.to_builtins(content)
    return msgspec.convert({**before, **changes}, Content)


def qualified(content: Content, changes: dict[str, Any]) -> Content:
    """`content` with fields assessed, none of what was said being altered.

    Raises:
        BeffroiError: the change alters words, times or places already given (use a correction),
            lowers the marking, or breaks a rule of `checked`.
    """
    before: dict[str, Any] = msgspec.to_builtins(content)
    if unknown := changes.keys() - set(Content.__struct_fields__):
        message = f"an entry has no {unknown}"
        raise ValueError(message)
    if any(name in changes for name in _NEVER):
        raise BeffroiError(_("Le texte publié ne se modifie pas : utilisez « Corriger »."))
    for name in _GIVEN_ONCE:
        if name in changes and before.get(name) not in (None, "", changes[name]):
            raise BeffroiError(
                _(
                    "L’heure et le lieu déjà donnés ne se changent que par « Corriger », avec un motif."
                )
            )
    try:
        after = merged(content, changes)
    except msgspec.ValidationError as error:
        field = _FIELD.search(str(error))
        raise BeffroiError(
            _("La valeur de « {field} » n’est pas de celles qui conviennent : vérifiez-la.").format(
                field=field[1] if field else "?"
            )
        ) from error
    if _MARKING_ORDER.index(after.marking) < _MARKING_ORDER.index(content.marking):
        raise BeffroiError(_("La mention ne s’abaisse que par « Corriger », avec un motif."))
    if set(content.caveats) - set(after.caveats):
        raise BeffroiError(_("Une restriction ne se lève que par « Corriger », avec un motif."))
    lost = set(content.attachments) - set(after.attachments)
    if lost:
        raise BeffroiError(_("Une pièce jointe publiée ne se retire pas : annulez l’entrée."))
    return checked(after)
