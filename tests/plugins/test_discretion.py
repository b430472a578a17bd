"""No more of people is kept than a crisis room may keep."""

from hypothesis import given
from hypothesis import strategies as st

from beffroi.plugin.discretion import QUOTE, bucket, identity, pseudonym, quote

handles = st.from_regex(r"[a-z0-9_]{3,20}@[a-z]{3,10}\.[a-z]{2,3}", fullmatch=True)


@given(handles, st.text(min_size=1, max_size=40))
def test_a_pseudonym_is_the_same_under_one_key_and_never_tells_the_handle(handle: str, key: str):
    shown = pseudonym(handle, key)
    assert shown == pseudonym(handle.upper(), key)
    assert len(shown) == 16
    assert shown != pseudonym(handle, f"{key}'")
    assert handle.partition("@")[0] not in shown or len(handle.partition("@")[0]) < 4


def test_without_a_key_there_is_no_author():
    assert pseudonym("alice@example.org", "") == ""


@given(st.text(max_size=2_000))
def test_a_quote_is_never_longer_than_allowed(words: str):
    assert len(quote(words)) <= QUOTE


def test_people_named_in_a_post_are_masked():
    said = quote("@alice@example.org et @bob : écrivez à carole@example.org ou au 06 12 34 56 78 !")
    assert said == "@… et @… : écrivez à …@… ou au ☎ … !"
    assert quote("voir https://example.org/@alice/12") == "voir https://example.org/@alice/12"


def test_an_identity_tells_nothing_of_the_post_and_does_not_change():
    assert identity("did:plc:abc/post/1") == identity("did:plc:abc/post/1")
    assert "abc" not in identity("did:plc:abc/post/1", "key")


def test_numbers_of_people_are_told_by_their_size():
    assert [bucket(n) for n in (0, 3, 10, 999, 3553, 25_000_000)] == [
        "0", "1-9", "10-99", "100-999", "1000-9999", "1000000-",
    ]  # fmt: skip
    assert bucket(None) == bucket(-1) == ""
