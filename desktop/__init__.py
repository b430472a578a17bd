"""The desktop application: windows over the domain of `beffroi`."""

from desktop.kit.sparing import spare_sources

spare_sources()  # before anything else is imported
