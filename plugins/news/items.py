"""One item of a feed: identity, words, moments, links, and what extensions add."""

import hashlib
from collections.abc import Iterable, Mapping

from lxml import etree

from beffroi.plugin import Book, Record, Scalar, flat, tree, xml
from beffroi.plugin.html import plain
from beffroi.plugin.severity import GRAVE, MAJOR, MINOR, SIGNIFICANT, graded
from plugins.news.dates import moment
from plugins.news.places import place

_CORE = ("", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
         "http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/",
         "http://backend.userland.com/rss2")  # fmt: skip
_TITLES = ("title", "headline")
_SUMMARIES = ("summary", "description", "subtitle", "abstract")
_CONTENTS = ("content", "encoded", "body")
_SAID = ("pubDate", "published", "issued", "date", "created", "effective")
_CHANGED = ("updated", "modified", "lastBuildDate")
_KNOWN = frozenset(
    (*_TITLES, *_SUMMARIES, *_CONTENTS, *_SAID, *_CHANGED, "link", "guid", "id", "author", "creator",
     "category", "subject", "enclosure", "source", "point", "line", "polygon", "box", "where",
     "lat", "long", "Point", "circle", "thumbnail", "group", "items")
)  # fmt: skip
LEVELS = {
    "green": MINOR, "yellow": SIGNIFICANT, "orange": GRAVE, "red": MAJOR,
    "minor": MINOR, "moderate": SIGNIFICANT, "severe": GRAVE, "extreme": MAJOR,
}  # fmt: skip
"""Alert levels of GDACS, severities of CAP."""
_MOST_TITLE = 300

Parts = Mapping[str, list[xml.Element]]


def record_of(item: xml.Element, zone: str, book: Book, where: str) -> Record:
    """The record of an `item` or `entry`."""
    parts = _by_name(item)
    title, summary = words_of(parts, _TITLES), words_of(parts, _SUMMARIES)
    content = words_of(parts, _CONTENTS) or _of_media(item)
    link = link_of(parts)
    said = _moment(parts, _SAID, zone)
    changed = _moment(parts, _CHANGED, zone)
    told: dict[str, object] = {
        "title": title,
        "summary": summary or content,
        "link": link,
        "author": words_of(parts, ("author", "creator")),
        "category": ", ".join(_categories(parts)),
        "enclosure": _address(parts, ("enclosure", "thumbnail")) or _medium(item),
        **_severity(parts),
        **_extensions(item),
    }
    if content and summary and content != summary:
        told["content"] = content
    heading = title or (summary or content).partition("\n")[0]
    return Record(
        id=_identity(item, parts, link, heading, said),
        geometry=place(item, book, where),
        properties=flat({name: value for name, value in told.items() if value != ""}),
        title=heading[:_MOST_TITLE],
        time=said if said is not None else changed,
        until=_moment(parts, ("expires", "expirationDate"), zone),
    )


def _medium(item: xml.Element) -> str:
    """The address of the first picture, sound or film of Media RSS."""
    found = (
        str(element.get("url"))
        for element in item.iter()
        if element.get("url") and "search.yahoo.com/mrss" in str(element.tag)
    )
    return next(found, "")


def _of_media(item: xml.Element) -> str:
    """The description that a group of media bears (Media RSS, as video services write it)."""
    group = xml.child(item, "group", "description")
    return plain(xml.text(group)) if group is not None else ""


def _by_name(item: xml.Element) -> dict[str, list[xml.Element]]:
    """The children by their local names, those of the feed's own vocabulary first."""
    found: dict[str, list[xml.Element]] = {}
    for child in sorted(item, key=lambda e: xml_namespace(e) not in _CORE):
        if name := tree.local(child.tag):
            found.setdefault(name, []).append(child)
    return found


def xml_namespace(element: xml.Element) -> str:
    """The namespace of an element; its prefix when nobody declared it."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else tag.rpartition(":")[0]


def words_of(parts: Parts, names: Iterable[str]) -> str:
    """The first words under one of these names, as plain text."""
    for name in names:
        for element in parts.get(name, ()):
            if words := plain(_inner(element)):
                return words
    return ""


def _inner(element: xml.Element) -> str:
    """The words of an element; those of its name for a person, with their tags for XHTML."""
    named = [child for child in element if tree.local(child.tag) == "name"]
    if named:
        return str(named[0].text or "")
    if len(element):
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return str(element.text or "")


def link_of(parts: Parts) -> str:
    """The address of the page: `link` of RSS, the alternate link of Atom."""
    fallback = ""
    for element in parts.get("link", ()):
        address = (element.get("href") or element.text or "").strip()
        if address and element.get("rel", "alternate") == "alternate":
            return address
        fallback = fallback or address
    for element in parts.get("guid", ()):
        if element.get("isPermaLink", "true") == "true" and (element.text or "").startswith("http"):
            return str(element.text).strip()
    return fallback


def _identity(item: xml.Element, parts: Parts, link: str, title: str, said: int | None) -> str:
    for name in ("guid", "id", "identifier"):
        for element in parts.get(name, ()):
            if words := (element.text or "").strip():
                return words
    about = next((v for k, v in item.attrib.items() if tree.local(k) == "about"), "")
    if about or link:
        return about or link
    said_at_all = title or "\n".join(item.itertext())
    return hashlib.sha256(f"{said_at_all}\n{said}".encode(errors="replace")).hexdigest()[:32]


def _moment(parts: Parts, names: Iterable[str], zone: str) -> int | None:
    for name in names:
        for element in parts.get(name, ()):
            if (found := moment((element.text or "").strip(), zone)) is not None:
                return found
    return None


def _categories(parts: Parts) -> list[str]:
    words = [
        (element.get("label") or element.get("term") or element.text or "").strip()
        for name in ("category", "subject")
        for element in parts.get(name, ())
    ]
    return list(dict.fromkeys(word for word in words if word))


def _address(parts: Parts, names: Iterable[str]) -> str:
    found = (e.get("url") or e.get("href") or "" for n in names for e in parts.get(n, ()))
    return next((address for address in found if address), "")


def _severity(parts: Parts) -> dict[str, Scalar]:
    for name in ("alertlevel", "severity"):
        for element in parts.get(name, ()):
            words = (element.text or "").strip()
            if words.lower() in LEVELS:
                return graded(words, LEVELS)
    return {}


def _extensions(item: xml.Element) -> dict[str, object]:
    """What other vocabularies say, under `prefix.name`."""
    found: dict[str, object] = {}
    for child in item:
        name = tree.local(child.tag)
        if not name or (xml_namespace(child) in _CORE and name in _KNOWN):
            continue
        if name in _KNOWN and xml_namespace(child) not in _CORE:
            continue
        prefix = child.prefix or xml_namespace(child).rpartition("/")[2]
        value = plain("\n".join(child.itertext())) or child.get("value") or ""
        if value:
            found.setdefault(f"{prefix}.{name}" if prefix else name, value)
    return found
