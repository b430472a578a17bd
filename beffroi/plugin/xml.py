"""Reads XML that anybody may have written: no entity, no network, bounded depth and size."""

import codecs
import re
from typing import Any, NamedTuple

from lxml import etree

from beffroi.plugin.encodings import decoded
from beffroi.plugin.limits import MAX_XML_DEPTH
from beffroi.plugin.refusals import Unreadable
from beffroi.plugin.xml_entities import escaped, numbered
from beffroi.text import _

Element = Any
"""An lxml element."""
_HEAD = 65_536
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})")
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.IGNORECASE)


class Root(NamedTuple):
    """The first tag of a document."""

    local: str = ""
    namespace: str = ""
    attributes: dict[str, str] = {}


def _parser(**told: Any) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False, **told,
    )  # fmt: skip


def root_of(data: bytes) -> Root:
    """The first tag, from the beginning of the bytes alone; nothing when there is none."""
    head = _begun(data[:_HEAD])
    puller = etree.XMLPullParser(
        ("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        puller.feed(head)
        for _event, element in puller.read_events():
            if isinstance(element.tag, str):
                name = etree.QName(element)
                told = {local(key): value for key, value in element.attrib.items()}
                return Root(local(element.tag), name.namespace or "", told)
    except (etree.XMLSyntaxError, ValueError):
        pass
    return Root()


def declared_encoding(head: bytes) -> str:
    """The encoding that an XML declaration names, or nothing."""
    found = _ENCODING.match(_begun(head[:400]))
    return found[1].decode("ascii", "ignore").lower() if found else ""


def parsed(data: bytes, *, recover: bool = False) -> Element:
    """The root of a document; `recover` takes what can be taken of one that is badly formed.

    Raises:
        Unreadable: it is no XML, or it defines entities, or it is deeper than any honest one.
    """
    if _ENTITY.search(data, 0, 1 << 20):
        raise Unreadable(
            _("Ce document XML définit des entités, ce qui n’est pas admis\u00a0: retirez sa DTD.")
        )
    data = numbered(data)
    root = _tree(escaped(_readable(data)) if recover else data, recover=recover)
    _bounded(root)
    return root


def _tree(data: bytes, *, recover: bool) -> Element:
    try:
        return _rooted(etree.fromstring(_begun(data), _parser(recover=recover)))
    except (etree.XMLSyntaxError, ValueError) as error:
        first = error
    try:
        words = _DECLARATION.sub("", decoded(data)[0].lstrip("\ufeff"), count=1)
        again = words.encode("utf-8", "replace")
        return _rooted(etree.fromstring(again, _parser(recover=recover, encoding="utf-8")))
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(first, "lineno", None) or getattr(error, "lineno", None) or 1
        raise Unreadable(
            _(
                "Ce document XML est mal formé (ligne {n})\u00a0: demandez-le de nouveau à sa source."
            ).format(n=line)
        ) from error


def _readable(data: bytes) -> bytes:
    """UTF-8 for bytes that are in another encoding without saying so: a recovery would garble them."""
    if declared_encoding(data):
        return data
    try:
        data.decode("utf-8")
        return data
    except UnicodeDecodeError:
        return decoded(data)[0].encode("utf-8", "replace")


def _begun(data: bytes) -> bytes:
    """The bytes from the first tag on: marks and blank lines before it mean nothing."""
    while data[:1] in (b" ", b"\t", b"\r", b"\n", b"\xef"):
        data = (
            data.removeprefix(codecs.BOM_UTF8) if data[:1] == b"\xef" else data.lstrip(b" \t\r\n")
        )
        if data[:1] == b"\xef" and not data.startswith(codecs.BOM_UTF8):
            break
    return data


def _rooted(root: Element) -> Element:
    if root is None or not isinstance(root.tag, str):
        raise ValueError("no element")
    return root


def _bounded(root: Element) -> None:
    depth = 0
    for event, _element in etree.iterwalk(root, ("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_XML_DEPTH:
            raise Unreadable(
                _("Ce document XML a plus de {n} niveaux\u00a0: il ne peut pas être lu.").format(
                    n=MAX_XML_DEPTH
                )
            )


def local(tag: object) -> str:
    """The name of a tag or attribute without its namespace, or its prefix when that is undeclared."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def named(element: Element, *names: str) -> list[Element]:
    """The children that bear one of these local names, whatever their namespace."""
    return [child for child in element if local(child.tag) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant by local names (`child(e, "a", "b")` is `a/b`), or nothing."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if local(c.tag) == name), None)
    return element


def text(element: Element | None, *path: str) -> str:
    """The words of a descendant by local names, without blanks around; empty when it is not there."""
    found = child(element, *path)
    return "".join(found.itertext()).strip() if found is not None else ""


def every(element: Element, name: str) -> list[Element]:
    """All descendants that bear this local name, in the order of the document."""
    return list(element.iter(f"{{*}}{name}"))
