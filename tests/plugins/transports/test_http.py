"""The web: conditional, bounded, followed only where it may go, with secrets that stay at home."""

import gzip
import json
import time
import zlib

import pytest

from beffroi.plugin import Door, Unreachable
from beffroi.plugin.later import Gone, Later
from tests.loopback import Request, Web
from tests.plugins.transports.conftest import HERE, call, fetch

DATA = b'{"type": "FeatureCollection", "features": []}'


def test_a_body_comes_with_its_name_and_type(web: Web):
    web.routes["/lieux.geojson"] = lambda r: r.say(DATA, Content_Type="application/geo+json")
    (got,) = fetch("http", call(web.at("/lieux.geojson?x=1")))
    assert (got.data, got.name, got.media_type) == (DATA, "lieux.geojson", "application/geo+json")


def test_what_did_not_change_is_not_sent_again(web: Web):
    def route(r: Request) -> None:
        known = r.headers.get("If-None-Match") == '"v1"'
        r.say(b"" if known else DATA, 304 if known else 200, ETag='"v1"')

    web.routes["/a"] = route
    (first,) = fetch("http", call(web.at("/a")))
    assert fetch("http", call(web.at("/a"), memory=first.memory)) == []
    web.routes["/b"] = route
    assert len(fetch("http", call(web.at("/b"), memory=first.memory))) == 1


def test_five_steps_are_followed_and_no_more(web: Web):
    for at in range(7):
        web.routes[f"/{at}"] = lambda r, at=at: r.say(code=302, Location=f"/{at + 1}")
    web.routes["/7"] = lambda r: r.say(DATA)
    assert fetch("http", call(web.at("/2")))[0].data == DATA
    with pytest.raises(Unreachable, match="sans fin"):
        fetch("http", call(web.at("/1")))


@pytest.mark.parametrize("there", ["http://169.254.169.254/latest", "http://[::1]/", "file:///etc/passwd", "gopher://x", "http://10.0.0.1/"])  # fmt: skip
def test_a_redirection_is_checked_like_an_address(web: Web, there: str):
    web.routes["/a"] = lambda r: r.say(code=302, Location=there)
    with pytest.raises(Unreachable, match=r"administrateur|https"):
        fetch("http", call(web.at("/a")))


def test_a_secret_never_follows_to_another_machine(web: Web):
    web.routes["/a"] = lambda r: r.say(code=307, Location=web.at("/b", "localhost"))
    web.routes["/b"] = lambda r: r.say(DATA)
    door = Door(type(HERE)(["127.0.0.1", "localhost"]))
    fetch("http", call(web.at("/a"), secret="clef", secret_in="header:X-Key", door=door))
    (_first, told), (_second, not_told) = web.asked
    assert told["X-Key"] == "clef"
    assert "X-Key" not in not_told


@pytest.mark.parametrize(
    ("where", "seen"),
    [("bearer", "Bearer clef"), ("basic:moi", "Basic bW9pOmNsZWY="), ("", "Bearer clef")],
)
def test_a_secret_goes_where_it_belongs(web: Web, where: str, seen: str):
    web.routes["/a"] = lambda r: r.say(DATA)
    fetch("http", call(web.at("/a"), secret="clef", secret_in=where))
    assert web.asked[0][1]["Authorization"] == seen


@pytest.mark.parametrize(
    ("code", "words"),
    [(404, "n’existe pas"), (401, "refuse l’accès"), (500, "en panne"), (418, "ne comprend pas")],
)
def test_a_refusal_is_a_sentence_with_a_remedy(web: Web, code: int, words: str):
    web.routes["/a"] = lambda r: r.say(code=code)
    with pytest.raises(Unreachable, match=words) as refused:
        fetch("http", call(web.at("/a")))
    assert isinstance(refused.value, Gone) == (code in (401, 404))


def test_a_server_that_asks_for_time_gets_it(web: Web):
    web.routes["/a"] = lambda r: r.say(code=503, Retry_After="120")
    with pytest.raises(Later) as later:
        fetch("http", call(web.at("/a")))
    assert later.value.wait_s == 120


def test_a_compressed_body_is_opened(web: Web):
    web.routes["/a"] = lambda r: r.say(gzip.compress(DATA), Content_Encoding="gzip")
    web.routes["/b"] = lambda r: r.say(zlib.compress(DATA), Content_Encoding="deflate")
    assert {fetch("http", call(web.at(path)))[0].data for path in ("/a", "/b")} == {DATA}


@pytest.mark.parametrize(
    ("body", "coding", "words"),
    [
        (gzip.compress(bytes(60_000_000), 1), "gzip", "se gonfle"),
        (gzip.compress(DATA)[:-12], "gzip", "incomplète"),
        (b"not gzip", "gzip", "abîmée"),
        (DATA, "br", "compresse"),
    ],
)
def test_a_bomb_or_a_broken_body_is_refused(web: Web, body: bytes, coding: str, words: str):
    web.routes["/a"] = lambda r: r.say(body, Content_Encoding=coding)
    with pytest.raises(Unreachable, match=words):
        fetch("http", call(web.at("/a")))


def test_a_body_cut_short_is_not_taken_for_whole(web: Web):
    web.routes["/a"] = lambda r: r.say(DATA[:10], Content_Length="500")
    with pytest.raises(Unreachable, match="coupé"):
        fetch("http", call(web.at("/a")))


def test_a_slow_drip_ends_with_its_turn(web: Web):
    def drip(r: Request) -> None:
        r.send_response(200)
        r.end_headers()
        for _drop in range(100):
            r.wfile.write(b"x")
            r.wfile.flush()
            time.sleep(0.02)

    web.routes["/a"] = drip
    with pytest.raises(Unreachable, match="lentement"):
        fetch("http", call(web.at("/a"), limit_s=0.3))


def test_pages_are_gathered_into_one_collection(web: Web):
    def page(number: int, following: str) -> bytes:
        links = [{"rel": "next", "href": following}] if following else []
        return json.dumps(
            {"type": "FeatureCollection", "features": [number], "links": links}
        ).encode()

    web.routes["/1"] = lambda r: r.say(page(1, "/2"))
    web.routes["/2"] = lambda r: r.say(page(2, "/3"))
    web.routes["/3"] = lambda r: r.say(page(3, "/1"))
    (got,) = fetch("http", call(web.at("/1"), follow="next"))
    assert json.loads(got.data)["features"] == [1, 2, 3]
    web.routes["/3"] = lambda r: r.say(b"<html>")
    with pytest.raises(Unreachable, match="page"):
        fetch("http", call(web.at("/1"), follow="next"))


def test_nobody_there_is_said(web: Web):
    with pytest.raises(Unreachable, match="refuse la connexion"):
        fetch("http", call("http://127.0.0.1:9/"))
    for wrong in ("ftp://a.example/", "http://", "pas une adresse", "http://[bad/"):
        with pytest.raises(Unreachable):
            fetch("http", call(wrong))


def test_a_proxy_is_the_way_out_and_no_way_in(web: Web):
    web.routes["http://donnees.exemple.invalid/a"] = lambda r: r.say(DATA)
    door = Door(proxy=web.at("").rstrip("/"))
    (got,) = fetch("http", call("http://donnees.exemple.invalid/a", door=door))
    assert got.data == DATA
    for inside in ("http://127.0.0.1/a", "http://10.0.0.1/a", "http://intranet/a"):
        with pytest.raises(Unreachable):
            fetch("http", call(inside, door=door))
    assert len(web.asked) == 1
