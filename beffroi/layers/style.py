"""How a calque is drawn: one document, for the map, its legend, the table and the print alike.

    {"mode": "values", "field": "niveau", "colour": "#0b6579", "shape": "disc", "size": 6,
     "classes": [{"value": "rouge", "label": "Rouge", "colour": "#b3202c", "shape": "triangle"}],
     "labels": {"field": "@title", "min_zoom": 10}}

What a class does not say it takes from the style.  Sizes and widths are in CSS pixels.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from beffroi.errors import BeffroiError
from beffroi.text import N_, _

Mode = Literal["single", "values", "graduated", "cluster", "heat"]
Shape = Literal["disc", "square", "diamond", "triangle", "hexagon", "cross", "star", "ring"]
Hatch = Literal["", "rising", "falling", "crossed", "dots"]
Dash = Literal["", "dashed", "dotted", "long"]
Method = Literal["equal", "quantile", "jenks", "manual"]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]
MODE_WORDS: dict[Mode, str] = {
    "single": N_("Symbole unique"),
    "values": N_("Selon la valeur d’un champ"),
    "graduated": N_("Gradué selon un nombre"),
    "cluster": N_("Points regroupés"),
    "heat": N_("Carte de chaleur"),
}
SHAPE_WORDS: dict[Shape, str] = {
    "disc": N_("disque"), "square": N_("carré"), "diamond": N_("losange"),
    "triangle": N_("triangle"), "hexagon": N_("hexagone"), "cross": N_("croix"),
    "star": N_("étoile"), "ring": N_("anneau"),
}  # fmt: skip
HATCH_WORDS: dict[Hatch, str] = {
    "": N_("sans hachures"), "rising": N_("hachures montantes"),
    "falling": N_("hachures descendantes"), "crossed": N_("hachures croisées"),
    "dots": N_("semis de points"),
}  # fmt: skip
DASH_WORDS: dict[Dash, str] = {
    "": N_("trait plein"), "dashed": N_("tirets"), "dotted": N_("pointillés"),
    "long": N_("tirets longs"),
}  # fmt: skip
METHOD_WORDS: dict[Method, str] = {
    "equal": N_("intervalles égaux"), "quantile": N_("effectifs égaux"),
    "jenks": N_("seuils naturels (Jenks)"), "manual": N_("seuils choisis"),
}  # fmt: skip
MOST_CLASSES = 40
OTHERS = 0
"""The place of the look of what falls in no class; class `i` has place `i + 1`."""


class Look(Struct, frozen=True, kw_only=True):
    """How one thing is drawn: a point by its shape or icon, a line, an area."""

    colour: Colour = "#0b6579"
    shape: Shape = "disc"
    icon: Annotated[str, Meta(max_length=60, pattern=r"^[a-z0-9/_-]*$")] = ""
    size: Annotated[float, Meta(ge=2, le=24)] = 6.0
    line: Annotated[float, Meta(ge=0, le=12)] = 1.5
    dash: Dash = ""
    fill: Annotated[float, Meta(ge=0, le=1)] = 0.25
    hatch: Hatch = ""


class Class(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"low": "from", "high": "to"}):  # fmt: skip
    """What is drawn otherwise: one value of the field, or numbers from `low` to below `high`.

    The last class of a graduated style holds its `high` too.
    """

    value: str | None = None
    low: float | None = None
    high: float | None = None
    label: Annotated[str, Meta(max_length=200)] = ""
    colour: Colour | None = None
    shape: Shape | None = None
    icon: Annotated[str, Meta(max_length=60, pattern=r"^[a-z0-9/_-]*$")] | None = None
    size: Annotated[float, Meta(ge=2, le=24)] | None = None
    line: Annotated[float, Meta(ge=0, le=12)] | None = None
    dash: Dash | None = None
    fill: Annotated[float, Meta(ge=0, le=1)] | None = None
    hatch: Hatch | None = None


class Labels(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Names beside things: of which field, from which zoom on."""

    field: str = "@title"
    min_zoom: Annotated[float, Meta(ge=0, le=22)] = 10.0
    size: Annotated[float, Meta(ge=8, le=24)] = 12.0


class Style(Look, frozen=True, kw_only=True, omit_defaults=True):
    """The whole of it.

    `others`: whether what falls in no class is drawn.  `scale`: symbols grow with the zoom
    (half their size over a country, one and a half times in a street).  `radius`: how far the heat
    of a point reaches.  `apart_zoom`: from this zoom on groups and heat give way to the things
    themselves (0: never).
    """

    mode: Mode = "single"
    field: Annotated[str, Meta(max_length=200)] = ""
    classes: Annotated[tuple[Class, ...], Meta(max_length=MOST_CLASSES)] = ()
    others: bool = True
    method: Method = "jenks"
    ramp: str = "cividis"
    scale: bool = False
    radius: Annotated[float, Meta(ge=4, le=80)] = 24.0
    apart_zoom: Annotated[float, Meta(ge=0, le=22)] = 0.0
    labels: Labels | None = None

    def looks(self) -> list[Look]:
        """That of what falls in no class, then that of each class."""
        base = Look(**{name: getattr(self, name) for name in Look.__struct_fields__})
        return [base, *(_look(base, one) for one in self.classes if self.by_field)]

    @property
    def by_field(self) -> bool:
        """Whether a field decides how things are drawn."""
        return self.mode in ("values", "graduated") and bool(self.field)

    def sorting(self) -> "Style":
        """What of it decides in which class a thing falls, without how classes look."""
        if not self.by_field:
            return Style()
        bare = tuple(Class(value=one.value, low=one.low, high=one.high) for one in self.classes)
        return Style(mode=self.mode, field=self.field, classes=bare, others=self.others)

    def to_fields(self) -> dict[str, Any]:
        """The document, without what is as usual."""
        document: dict[str, Any] = msgspec.to_builtins(self)
        return document


def style_of(document: Any) -> Style:
    """The style a document says.

    Raises:
        BeffroiError: something in it has no meaning.
    """
    try:
        style = msgspec.convert(document, Style, strict=False)
    except msgspec.ValidationError as error:
        raise BeffroiError(
            _("Le style de ce calque est illisible\u00a0({why})\u00a0: reprenez-le.").format(
                why=error
            )
        ) from error
    if style.mode in ("values", "graduated") and not style.field:
        raise BeffroiError(_("Choisissez le champ d’après lequel dessiner ce calque."))
    return style


def known_style(document: Any) -> Style:
    """The style a document says; a plain one when it says nothing that is understood."""
    try:
        return style_of(document)
    except BeffroiError:
        return Style()


def _look(base: Look, one: Class) -> Look:
    said = {name: getattr(one, name) for name in Look.__struct_fields__}
    return msgspec.structs.replace(base, **{k: v for k, v in said.items() if v is not None})
