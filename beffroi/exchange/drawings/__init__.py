"""A drawing out of the profile as KML, GeoJSON, GPX or GeoPackage, and such files back as shapes."""

from beffroi.exchange.drawings.reading import Drawn, shapes_in
from beffroi.exchange.drawings.writing import SUFFIXES, export_drawing

__all__ = ["SUFFIXES", "Drawn", "export_drawing", "shapes_in"]
