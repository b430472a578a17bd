"""XML made to harm: entities, files and addresses named in it, depth, width."""

from collections.abc import Callable, Iterator
from pathlib import Path

Bomb = tuple[str, Callable[[], bytes]]
_RSS = "<rss version='2.0'><channel><title>{}</title><item><title>{}</title></item></channel></rss>"


def bombs(secret: Path) -> Iterator[Bomb]:
    yield "laughs.xml", _laughs
    yield "quadratic.xml", lambda: _entity(f'"{"A" * 100_000}"', "&e;" * 20_000)
    yield "cyclic.xml", lambda: _declared('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;")
    yield "parameter.xml", lambda: _declared(f'<!ENTITY % p SYSTEM "file://{secret}"> %p;', "x")
    for kind, address in (("file", f"file://{secret}"), ("http", "http://127.0.0.1:9/x")):
        yield f"{kind}-entity.xml", lambda a=address: _entity(f'SYSTEM "{a}"', "&e;")
        yield f"{kind}-dtd.xml", lambda a=address: f'<!DOCTYPE rss SYSTEM "{a}">'.encode() + _feed()
        yield f"{kind}-include.xml", lambda a=address: _included(a)
        yield f"{kind}-link.kml", lambda a=address: _network_link(a)
        yield f"{kind}-schema.gml", lambda a=address: _schema(a)
        yield (
            f"{kind}-style.xml",
            lambda a=address: f'<?xml-stylesheet href="{a}"?>'.encode() + _feed(),
        )
    yield "utf16.xml", lambda: _laughs().decode().encode("utf-16")
    yield "late-entity.xml", lambda: b"<!-- " + b"x" * 2_000_000 + b" -->" + _laughs()
    yield "deep.xml", lambda: b"<a>" * 300_000
    yield "deep-closed.xml", lambda: b"<a>" * 5_000 + b"</a>" * 5_000
    yield "wide.xml", lambda: b"<rss><channel>" + b"<item/>" * 400_000 + b"</channel></rss>"
    yield (
        "attributes.xml",
        lambda: b"<a " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"/>",
    )
    yield "long-attribute.xml", lambda: b"<a b='" + b"x" * 12_000_000 + b"'/>"
    yield (
        "namespaces.xml",
        lambda: b"<a " + b" ".join(b"xmlns:n%d='u%d'" % (n, n) for n in range(20_000)) + b"/>",
    )
    yield (
        "folders.kml",
        lambda: (
            b"<kml xmlns='http://www.opengis.net/kml/2.2'>"
            + b"<Folder>" * 3_000
            + b"</Folder>" * 3_000
            + b"</kml>"
        ),
    )
    yield (
        "far.gpx",
        lambda: (
            b"<gpx version='1.1' xmlns='http://www.topografix.com/GPX/1/1'><wpt lat='1e300' lon='-1e300'/></gpx>"
        ),
    )
    yield (
        "collections.gml",
        lambda: (
            b"<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs'>"
            + b"<wfs:member><wfs:FeatureCollection>" * 90
            + b"</wfs:FeatureCollection></wfs:member>" * 90
            + b"</wfs:FeatureCollection>"
        ),
    )
    yield (
        "layers.wms",
        lambda: (
            b"<WMS_Capabilities version='1.3.0'><Capability>"
            + b"<Layer><Name>a</Name>" * 150
            + b"</Layer>" * 150
            + b"</Capability></WMS_Capabilities>"
        ),
    )
    yield (
        "script.svg",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    )


def _declared(declarations: str, words: str) -> bytes:
    return f"<!DOCTYPE rss [{declarations}]>{_RSS.format(words, words)}".encode()


def _entity(meaning: str, words: str) -> bytes:
    return _declared(f"<!ENTITY e {meaning}>", words)


def _laughs() -> bytes:
    lines = ['<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return _declared("".join(lines), "&l9;")


def _feed() -> bytes:
    return _RSS.format("a", "b").encode()


def _included(address: str) -> bytes:
    inside = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    )
    return _RSS.format(inside, inside).encode()


def _network_link(address: str) -> bytes:
    return (
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><NetworkLink><name>l</name>"
        f"<Link><href>{address}</href></Link></NetworkLink><Placemark><name>p</name>"
        f"<description>d</description><Point><coordinates>2,48</coordinates></Point></Placemark>"
        f"<GroundOverlay><Icon><href>{address}</href></Icon></GroundOverlay></Document></kml>"
    ).encode()


def _schema(address: str) -> bytes:
    return (
        "<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs' xmlns:gml='http://www.opengis.net/gml' "
        "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xlink='http://www.w3.org/1999/xlink' "
        f"xsi:schemaLocation='a {address}'><gml:featureMember><a><b xlink:href='{address}'/>"
        f"<gml:Point srsName='{address}'><gml:pos>1 2</gml:pos></gml:Point></a></gml:featureMember>"
        "</wfs:FeatureCollection>"
    ).encode()
