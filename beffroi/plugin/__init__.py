"""What a plugin may rely on: samples, records, problems, limits, and how to read hostile bytes.

Beside what is named here, a plugin may import these modules of the package: `times`, `geometry`,
`pairs` (WKT, GeoRSS, KML), `gml`, `crs`, `xml`, `limits` and `words` (`_`, `N_`, `ngettext`).
"""

from beffroi.plugin.book import Book
from beffroi.plugin.contract import API, Call, Fetched, Format, Options, Transport
from beffroi.plugin.door import Door
from beffroi.plugin.flat import flat, plain, printable
from beffroi.plugin.record import Geometry, Problem, Reading, Record, Scalar
from beffroi.plugin.refusals import Refused, Unreachable, Unreadable
from beffroi.plugin.sample import Sample

__all__ = [
    "API",
    "Book",
    "Call",
    "Door",
    "Fetched",
    "Format",
    "Geometry",
    "Options",
    "Problem",
    "Reading",
    "Record",
    "Refused",
    "Sample",
    "Scalar",
    "Transport",
    "Unreachable",
    "Unreadable",
    "flat",
    "plain",
    "printable",
]
