"""The layers that ship with Beffroi, as declared in `resources/layers/catalogue.toml`."""

import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from beffroi import resources, text

Kind = Literal["point", "line", "polygon", "communes"]
Style = dict[str, str | float | list[float]]


@dataclass(frozen=True)
class Group:
    """A branch of the tree of layers."""

    id: str
    title_fr: str
    title_en: str

    @property
    def title(self) -> str:
        """The name in the language spoken now."""
        return self.title_fr if text.language() == "fr" else self.title_en


@dataclass(frozen=True)
class LayerSpec:
    """One layer: what it shows, how it looks, and whose data it is."""

    id: str
    group: str
    title_fr: str
    title_en: str
    kind: Kind
    file: str
    attribution: str
    licence: str
    source_title: str = ""
    source_url: str = ""
    min_zoom: float = 0.0
    visible: bool = False
    far: str = ""
    """A lighter drawing of the same, for views of a whole country; empty when there is none."""
    style: Style = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name in the language spoken now."""
        return self.title_fr if text.language() == "fr" else self.title_en


@dataclass(frozen=True)
class CommuneFile:
    """The communes of one département and the box (west, south, east, north) they lie in."""

    code: str
    box: tuple[float, float, float, float]
    file: str


def folder() -> Path:
    """Where the files of the layers are."""
    return resources.root() / "layers"


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((folder() / "catalogue.toml").read_text(encoding="utf-8"))


def groups() -> list[Group]:
    """The branches of the tree, in order of drawing: what is last is on top."""
    return [Group(key, names["fr"], names["en"]) for key, names in _document()["groups"].items()]


def catalogue() -> list[LayerSpec]:
    """All layers that ship, in order of drawing: what is last is on top."""
    return [_spec(entry) for entry in _document()["layers"]]


def _spec(entry: dict[str, Any]) -> LayerSpec:
    source = _document()["sources"][entry["source"]]
    return LayerSpec(
        id=entry["id"],
        group=entry["group"],
        title_fr=entry["fr"],
        title_en=entry["en"],
        kind=entry["kind"],
        file=entry.get("file", f"{entry['id']}.geojson.gz"),
        attribution=source["attribution"],
        licence=source["licence"],
        source_title=source["title"],
        source_url=source["url"],
        min_zoom=float(entry.get("min_zoom", 0)),
        visible=bool(entry.get("visible", False)),
        far=f"far/{entry['id']}.geojson.gz" if entry.get("far") else "",
        style=dict(entry.get("style", {})),
    )


def path(spec: LayerSpec) -> Path:
    """The file of a layer (an index of files for the communes)."""
    return folder() / spec.file


@cache
def commune_files() -> tuple[CommuneFile, ...]:
    """The files of communes, one per département, to be read as the view comes near."""
    index = json.loads((folder() / "communes" / "index.json").read_bytes())
    return tuple(
        CommuneFile(code, (box[0], box[1], box[2], box[3]), f"communes/{code}.geojson.gz")
        for code, box in index.items()
    )
