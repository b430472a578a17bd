"""Walks through NeTEx documents element by element: those of a country do not fit in memory."""

import io
from collections.abc import Iterator

from lxml import etree

from beffroi.plugin import Sample, Unreadable, xml
from beffroi.plugin.words import _

_ENTITY = b"<!ENTITY"
_LOOKED_AT = 1 << 20


def documents(sample: Sample) -> Iterator[tuple[str, bytes]]:
    """The XML documents of an archive with their names, or the only one."""
    if sample.kind == "zip":
        for name in sample.archive.ending(".xml"):
            yield name, sample.member(name).content
    else:
        yield sample.name, sample.content


def elements(data: bytes, wanted: frozenset[str]) -> Iterator[xml.Element]:
    """The wanted elements, each complete when it comes and forgotten once it was looked at.

    Raises:
        Unreadable: it is no XML, or it defines entities.
    """
    if _ENTITY in data[:_LOOKED_AT].upper():
        raise Unreadable(
            _("Ce document XML définit des entités, ce qui n’est pas admis : retirez sa DTD.")
        )
    steps = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        for _event, element in steps:
            parent = element.getparent()
            if parent is None or not _is_list(parent):
                continue
            if xml.local(element.tag) in wanted:
                yield element
            _forget(element, parent)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            _(
                "Ce document XML est mal formé (ligne {n}) : demandez-le de nouveau à sa source."
            ).format(n=error.lineno or 1)
        ) from error


def _is_list(element: xml.Element) -> bool:
    """Names of lists begin with a small letter in NeTEx (`members`, `quays`); those of GML too."""
    return xml.local(element.tag)[:1].islower() and "opengis" not in str(element.tag)


def _forget(element: xml.Element, parent: xml.Element) -> None:
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del parent[0]
