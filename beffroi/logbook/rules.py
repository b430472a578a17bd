"""The rules that the values of an entry must keep, each refusal with its remedy."""

import re
from collections.abc import Iterator

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Content
from beffroi.text import _

MAX_FIELD = 500
MAX_ITEMS = 40
EARLIEST, LATEST = -2_208_988_800_000, 7_258_118_400_000
"""1900 and 2200, in UTC ms: what lies outside is a slip."""

_TAG = re.compile(r"[^\s\x00-\x1f\ud800-\udfff\"*]{1,60}")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\ud800-\udfff]{1,2000}", re.IGNORECASE)


def check(content: Content) -> None:
    """Refuse values that cannot be.

    Raises:
        BeffroiError: says which rule is broken and what to do.
    """
    _check_grading(content)
    _check_place(content)
    _check_times(content)
    _check_lists(content)
    _check_lengths(content)


def _check_grading(content: Content) -> None:
    if not 0 <= content.gravity <= 4 or any(not 0 <= v <= 4 for v in content.impacts.values()):
        raise BeffroiError(_("La gravité et les impacts vont de 0 à 4 : choisissez un degré."))
    if content.source_grade not in set("ABCDEF") or not 1 <= content.credibility <= 6:
        raise BeffroiError(
            _("La cotation va de A à F pour la source, de 1 à 6 pour l’information : choisissez.")
        )
    if content.credibility == 1 and not content.corroborated_by:
        raise BeffroiError(
            _(
                "La cote 1 demande une source indépendante : "
                "choisissez l’entrée qui corrobore, ou cotez 2."
            )
        )


def _check_place(content: Content) -> None:
    if (content.lon is None) != (content.lat is None):
        raise BeffroiError(
            _("Une position a besoin d’une longitude et d’une latitude : donnez les deux.")
        )
    if content.lon is None or content.lat is None:
        return
    if not (-180 <= content.lon <= 180 and -90 <= content.lat <= 90):
        raise BeffroiError(
            _("Cette position est hors du globe : vérifiez l’ordre latitude, longitude.")
        )


def _check_times(content: Content) -> None:
    times = (content.event_time, content.event_end, content.received_time)
    if any(t is not None and not EARLIEST <= t <= LATEST for t in times):
        raise BeffroiError(_("Cette date est impossible : vérifiez l’année."))
    if content.event_end is not None and (
        content.event_time is None or content.event_end < content.event_time
    ):
        raise BeffroiError(_("L’intervalle finit avant de commencer : vérifiez les deux heures."))


def _check_lists(content: Content) -> None:
    lists = (content.tags, content.attachments, content.for_action, content.for_info)
    if max(map(len, lists)) > MAX_ITEMS:
        raise BeffroiError(
            _("Quarante étiquettes, pièces ou destinataires au plus par entrée : ôtez-en.")
        )
    if not all(_TAG.fullmatch(tag) for tag in content.tags):
        raise BeffroiError(_("Cette étiquette n’existe pas : choisissez-en une dans la liste."))
    for attachment in content.attachments:
        if attachment.url and not _ADDRESS.fullmatch(attachment.url):
            raise BeffroiError(
                _("Un lien joint commence par http:// ou https:// : vérifiez l’adresse.")
            )


def _check_lengths(content: Content) -> None:
    for text in _short_texts(content):
        check_length(text)


def check_length(text: str) -> str:
    """`text`, if it is as short as a name, a place or a note should be.

    Raises:
        BeffroiError: it is longer; nothing is ever cut off without a word.
    """
    if len(text) > MAX_FIELD:
        raise BeffroiError(
            _(
                "Un lieu, un nom ou une note tient en 500 caractères : "
                "mettez le reste dans le texte d’une entrée."
            )
        )
    return text


def _short_texts(content: Content) -> Iterator[str]:
    yield from (content.origin, content.place, content.organisation, content.on_behalf_of)
    yield from (content.commune, content.corroborated_by, content.parent)
    yield from (*content.for_action, *content.for_info)
    yield from (attachment.name for attachment in content.attachments)
