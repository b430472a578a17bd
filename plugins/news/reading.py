"""Recognises and reads feeds of news, badly formed ones too, as far as they go."""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable, tree, xml
from beffroi.plugin.html import plain
from beffroi.plugin.words import _
from plugins.news.items import link_of, record_of, words_of

_ROOTS = frozenset(("rss", "feed", "RDF", "channel"))
_ITEMS = frozenset(("item", "entry"))
_MOST_ITEMS = 50_000
_SHORTEST, _LONGEST = 60, 86_400


def recognise(sample: Sample) -> float:
    """Sure of `rss`, of Atom's `feed`, and of RDF that lists items of RSS 1.0."""
    if sample.kind != "xml":
        return 0.0
    root, head = sample.root, sample.head
    if root.local == "rss":
        return 0.95
    if root.local == "feed":
        return 0.95 if "atom" in root.namespace.lower() else 0.6
    if root.local == "RDF":
        return 0.92 if "purl.org/rss" in head or "rdf/simple/0.9" in head else 0.2
    return 0.5 if root.local == "channel" and "<item" in sample.text else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per item.

    Raises:
        Unreadable: it is no feed.
    """
    root = sample.xml_recovered
    kind = tree.local(root.tag)
    if kind not in _ROOTS:
        raise Unreadable(_("Ce document n’est pas un fil d’actualité : vérifiez l’adresse."))
    book = Book()
    items = [e for e in root.iter() if tree.local(e.tag) in _ITEMS][:_MOST_ITEMS]
    records = [
        record_of(item, sample.zone, book, _("élément {n}").format(n=n))
        for n, item in enumerate(items, 1)
    ]
    channel = _channel(root)
    placed = sum(record.geometry is not None for record in records)
    return Reading(
        format="georss" if placed * 2 > len(records) else "atom" if kind == "feed" else "rss",
        records=records,
        problems=book,
        encoding=sample.encoding,
        attribution=plain(words_of(channel, ("copyright", "rights", "publisher")))[:300],
        title=words_of(channel, ("title",))[:200],
        hints={"family": "media", "refresh": str(_refresh(channel)), "link": link_of(channel)},
    )


def _channel(root: xml.Element) -> dict[str, list[xml.Element]]:
    """The fields of the feed itself."""
    inner = next((e for e in root if tree.local(e.tag) == "channel"), root)
    found: dict[str, list[xml.Element]] = {}
    for child in inner:
        if tree.local(child.tag) not in _ITEMS:
            found.setdefault(tree.local(child.tag), []).append(child)
    return found


def _refresh(channel: dict[str, list[xml.Element]]) -> int:
    """Seconds between two looks: what `ttl` (minutes) asks for, ten minutes otherwise."""
    for element in channel.get("ttl", ()):
        minutes = tree.number((element.text or "").strip())
        if minutes is not None:
            return round(min(max(minutes * 60, _SHORTEST), _LONGEST))
    return 600
