"""Reads traffic orders; in reports they are the GeoJSON or the JSON that they come in."""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.words import _
from plugins.arretes import eudonet, litteralis


def recognise(sample: Sample) -> float:
    """How sure it is that these are orders of one of the two registers."""
    try:
        document = sample.json
    except Unreadable:
        return 0.0
    known = eudonet.rows(document) is not None or litteralis.features(document)
    return 0.98 if known else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per measure (Litteralis) or per row (Eudonet).

    Raises:
        Unreadable: it is neither, or the service says that it failed.
    """
    book, document = Book(), sample.json
    rows = eudonet.rows(document)
    if rows is None:
        found = litteralis.features(document)
        if not found:
            raise Unreadable(_("Aucun arrêté de circulation ici\u00a0: vérifiez l’adresse."))
        records, word = list(litteralis.records(found, book)), "geojson"
        names = {"id": "id", "title": "mesure", "time": "emprisedebut", "until": "emprisefin"}
    else:
        if said := eudonet.failure(document):
            raise Unreadable(
                _(
                    "Eudonet répond par une erreur («\u202f{said}\u202f»)\u00a0: vérifiez la demande."
                ).format(said=said)
            )
        records, word = list(eudonet.records(document, rows)), "json"
        names = {"id": "FileId"}
    return Reading(
        format=word,
        records=records,
        problems=book,
        encoding=sample.encoding,
        hints={"family": "prefecture", "refresh": "3600", **names},
    )
