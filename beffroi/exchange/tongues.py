"""A word in every language of Beffroi: a file made in English is read by a French desk."""

import gettext
from functools import cache

from beffroi import resources
from beffroi.text import _

LANGUAGES = ("en",)


@cache
def _catalogues() -> tuple[gettext.NullTranslations, ...]:
    folder = resources.root() / "locale"
    return tuple(
        gettext.translation("beffroi", folder, [language], fallback=True) for language in LANGUAGES
    )


def spoken(message: str) -> set[str]:
    """`message` in French, in English, and in the language spoken now."""
    return {message, _(message), *(catalogue.gettext(message) for catalogue in _catalogues())}
