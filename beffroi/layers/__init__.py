"""The layers of the map: those that ship with Beffroi and those that people bring."""

from beffroi.layers.catalogue import Group, LayerSpec, catalogue, commune_files, groups, path

__all__ = [
    "Group",
    "LayerSpec",
    "catalogue",
    "commune_files",
    "groups",
    "path",
]
