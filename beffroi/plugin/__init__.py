"""What a plugin may rely on: samples, records, problems, limits, and how to read hostile bytes."""

from beffroi.plugin.contract import API, Fetched, Format, Options, Transport
from beffroi.plugin.record import Geometry, Problem, Reading, Record, Scalar
from beffroi.plugin.sample import Sample

__all__ = [
    "API",
    "Fetched",
    "Format",
    "Geometry",
    "Options",
    "Problem",
    "Reading",
    "Record",
    "Sample",
    "Scalar",
    "Transport",
]
