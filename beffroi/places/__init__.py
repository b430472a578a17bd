"""Where things are: coordinates in every notation, names of places, French territories."""

from beffroi.places.place import Place
from beffroi.places.places import Places

__all__ = ["Place", "Places"]
