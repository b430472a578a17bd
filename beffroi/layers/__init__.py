"""The layers of the map: those that ship with Beffroi and those that people bring."""

from beffroi.layers.catalogue import Group, LayerSpec, catalogue, commune_files, groups, path
from beffroi.layers.geojson import Reading, read_geojson
from beffroi.layers.geometry import Feature
from beffroi.layers.problems import Problem, sentence

__all__ = [
    "Feature",
    "Group",
    "LayerSpec",
    "Problem",
    "Reading",
    "catalogue",
    "commune_files",
    "groups",
    "path",
    "read_geojson",
    "sentence",
]
