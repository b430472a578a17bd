"""A calque as people make it: what it shows, in what style, from what and to what, under which name.

Its fields are those of a sheet of kind `layer`.  Whether it is visible, how high it lies and how
opaque it is are each post's own choice, and are not here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from beffroi.errors import BeffroiError
from beffroi.layers.style import Style, known_style, style_of
from beffroi.observations import Where
from beffroi.observations.model import Test
from beffroi.text import N_, _

Kind = Literal["source", "drawing", "query", "tracks", "raster", "tiles"]
SymbolSet = Literal["civil", "sitac", "app6"]
KIND_WORDS: dict[Kind, str] = {
    "source": N_("Source"), "drawing": N_("Dessin"), "query": N_("Requête"),
    "tracks": N_("Pistes"), "raster": N_("Image"), "tiles": N_("Tuiles"),
}  # fmt: skip
SYMBOL_SET_WORDS: dict[SymbolSet, str] = {
    "civil": N_("Pictogrammes civils"), "sitac": N_("SITAC de la sécurité civile"),
    "app6": N_("APP-6 (OTAN)"),
}  # fmt: skip
TEST_WORDS: dict[Test, str] = {
    "=": N_("est"), "!=": N_("n’est pas"), "<": N_("inférieur à"), "<=": N_("au plus"),
    ">": N_("supérieur à"), ">=": N_("au moins"), "contains": N_("contient"),
    "starts": N_("commence par"), "empty": N_("est vide"), "filled": N_("est rempli"),
}  # fmt: skip
MOST_TESTS = 20
LONGEST_VALIDITY_S = 366 * 86_400
Text = Annotated[str, Meta(max_length=500)]


class Calque(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One layer of the map.

    `source` is the uid of the source it shows, `query` the search of entries of a `query` calque;
    `rids` keeps it to these rows (a selection that was made a calque).  What is older than
    `validity_s` is drawn as out of date (0: never).  `recent_s` shows only what is younger.
    """

    title: Text = ""
    group: Text = ""
    kind: Kind = "source"
    source: Text = ""
    query: Annotated[str, Meta(max_length=2_000)] = ""
    rids: Annotated[tuple[int, ...], Meta(max_length=50_000)] = ()
    style: Style = Style()
    symbol_set: SymbolSet = "civil"
    filter: Annotated[tuple[Where, ...], Meta(max_length=MOST_TESTS)] = ()
    recent_s: Annotated[int, Meta(ge=0)] = 0
    validity_s: Annotated[int, Meta(ge=0, le=LONGEST_VALIDITY_S)] = 0
    min_zoom: Annotated[float, Meta(ge=0, le=22)] = 0.0
    max_zoom: Annotated[float, Meta(ge=0, le=22)] = 0.0
    attribution: Text = ""
    order: float = 0.0
    options: dict[str, str | int | float | bool] = {}
    """What only its kind knows: the address of tiles, for instance."""


def fields_of(calque: Calque) -> dict[str, Any]:
    """A calque as the fields of a sheet: plain JSON values, the defaults left out."""
    plain: dict[str, Any] = msgspec.to_builtins(calque)
    return plain


def calque_of(fields: Mapping[str, Any]) -> Calque:
    """The calque these fields describe; fields of a later Beffroi are left alone.

    A style that is not understood becomes a plain one: the data stay on the map.

    Raises:
        BeffroiError: what they say is no calque.
    """
    known = {name: fields[name] for name in Calque.__struct_fields__ if name in fields}
    style = known.pop("style", {})
    try:
        calque = msgspec.convert(known, Calque, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(
            _("Ce calque est illisible\u00a0: retirez-le, puis ajoutez-le à nouveau.")
        ) from error
    return msgspec.structs.replace(calque, style=known_style(style))


def checked(calque: Calque) -> Calque:
    """The same calque, when it can be kept.

    Raises:
        BeffroiError: it has no name, its style or its zooms make no sense.
    """
    if not calque.title.strip():
        raise BeffroiError(_("Donnez un nom à ce calque."))
    if calque.max_zoom and calque.max_zoom <= calque.min_zoom:
        raise BeffroiError(
            _("Le zoom le plus grand doit dépasser le plus petit\u00a0: corrigez-les.")
        )
    if any(where.test not in get_args(Test) for where in calque.filter):
        raise BeffroiError(_("Une condition du filtre est illisible\u00a0: refaites-la."))
    style_of(calque.style.to_fields())
    return calque
