"""What may be written: the rules of the main courante, each refusal with its remedy."""

import re
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Content, Marking
from beffroi.text import _

MAX_TEXT = 20_000
MAX_FIELD = 500
MAX_ITEMS = 40
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_GIVEN_ONCE = ("event_time", "event_end", "lon", "lat", "place", "received_time")
_NEVER = ("text", "parent")
_MARKING_ORDER = list(Marking)


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
                "Ce texte est trop long ({n} caractères, {limit} au plus) : "
                "joignez-le en pièce jointe et résumez-le ici."
            ).format(n=len(content.text), limit=MAX_TEXT)
        )
    content = msgspec.structs.replace(
        content,
        text=clean(content.text),
        origin=clean(content.origin)[:MAX_FIELD],
        place=clean(content.place)[:MAX_FIELD],
        organisation=clean(content.organisation)[:MAX_FIELD],
        on_behalf_of=clean(content.on_behalf_of)[:MAX_FIELD],
    )
    if not content.text:
        raise BeffroiError(_("Une entrée a besoin d’un texte : écrivez ce qui se passe."))
    _check_values(content)
    return content


def _check_values(content: Content) -> None:
    if not 0 <= content.gravity <= 4 or any(not 0 <= v <= 4 for v in content.impacts.values()):
        raise BeffroiError(_("La gravité et les impacts vont de 0 à 4."))
    if content.source_grade not in set("ABCDEF") or not 1 <= content.credibility <= 6:
        raise BeffroiError(
            _("La cotation va de A à F pour la source, de 1 à 6 pour l’information.")
        )
    if content.credibility == 1 and not content.corroborated_by:
        raise BeffroiError(
            _(
                "La cote 1 demande une source indépendante : choisissez l’entrée qui corrobore, ou cotez 2."
            )
        )
    if (content.lon is None) != (content.lat is None):
        raise BeffroiError(_("Une position a besoin d’une longitude et d’une latitude."))
    if (
        content.lon is not None
        and content.lat is not None
        and not (-180 <= content.lon <= 180 and -90 <= content.lat <= 90)
    ):
        raise BeffroiError(
            _("Cette position est hors du globe : vérifiez l’ordre latitude, longitude.")
        )
    if content.event_end is not None and (
        content.event_time is None or content.event_end < content.event_time
    ):
        raise BeffroiError(_("L’intervalle finit avant de commencer : vérifiez les deux heures."))
    if (
        max(
            len(content.tags),
            len(content.attachments),
            len(content.for_action),
            len(content.for_info),
        )
        > MAX_ITEMS
    ):
        raise BeffroiError(_("Quarante étiquettes, pièces ou destinataires au plus par entrée."))


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
    if any(name in changes for name in _NEVER):
        raise BeffroiError(_("Le texte publié ne se modifie pas : utilisez « Corriger »."))
    for name in _GIVEN_ONCE:
        if name in changes and before.get(name) not in (None, "", changes[name]):
            raise BeffroiError(
                _(
                    "L’heure et le lieu déjà donnés ne se changent que par « Corriger », avec un motif."
                )
            )
    try:
        after = merged(content, changes)
    except msgspec.ValidationError as error:
        raise BeffroiError(_("Valeur refusée : {why}.").format(why=error)) from error
    if _MARKING_ORDER.index(after.marking) < _MARKING_ORDER.index(content.marking):
        raise BeffroiError(_("La mention ne s’abaisse que par « Corriger », avec un motif."))
    lost = set(content.attachments) - set(after.attachments)
    if lost:
        raise BeffroiError(_("Une pièce jointe publiée ne se retire pas : annulez l’entrée."))
    return checked(after)
