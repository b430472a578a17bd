"""Which Beffroi this hub is."""

from importlib.metadata import version

VERSION = version("beffroi")
