"""Recognises and reads what Météo-France publishes of Vigilance; shapes are the calque's to join.

The map names départements only (`departement`), which a calque joins to their outlines.
"""

from beffroi.plugin import Options, Reading, Record, Sample, Unreadable, tree
from beffroi.plugin.words import _
from plugins.vigilance import bulletins, forecast, older

_OLD = ".xml"


def recognise(sample: Sample) -> float:
    """Sure of a product of Vigilance, of the root `CV`, and of the archive of the latter."""
    if sample.kind == "xml":
        return 0.95 if sample.root.local == "CV" and "<EV" in sample.head else 0.0
    if sample.kind == "zip":
        return 0.9 if _bulletin(sample) else 0.0
    if sample.kind != "json" or '"product"' not in sample.head:
        return 0.0
    product = tree.at(sample.json, "product")
    known = tree.text(product, "warning_type") == "vigilance"
    return 0.96 if known or b'"phenomenon_items"' in sample.content else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per domain and day (JSON), per `DV` (XML), or per bulletin (texts).

    Raises:
        Unreadable: it holds no map and no text.
    """
    if sample.kind == "zip":
        return read(sample.member(_bulletin(sample)), options)
    if sample.kind == "xml":
        records = list(older.records_of(sample.xml_recovered))
    else:
        product = tree.at(sample.json, "product")
        records = [*forecast.records_of(product, sample.zone), *bulletins.records_of(product)]
    if not records:
        raise Unreadable(
            _("Cette carte de vigilance est vide : demandez-la de nouveau à Météo-France.")
        )
    return _reading(sample, records)


def _reading(sample: Sample, records: list[Record]) -> Reading:
    return Reading(
        format="vigilance",
        records=records,
        encoding=sample.encoding,
        attribution="Météo-France",
        title=_("Vigilance Météo-France"),
        hints={
            "family": "ministry",
            "licence": "Licence Ouverte 2.0",
            "refresh": "900",
            "join": "departement",
        },
    )


def _bulletin(sample: Sample) -> str:
    names = sample.archive.ending(_OLD)
    return next((name for name in names if "NXFR33" in name.upper()), "")
