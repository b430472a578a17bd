"""HTML of feeds becomes words, in a time that does not explode."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.plugin.html import plain


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<p>Un&nbsp;jour<br/>deux</p><p>trois</p>", "Un jour\ndeux\ntrois"),
        ("R&amp;D &lt;ici&gt;", "R&D <ici>"),
        ("a < b et 3 > 2", "a < b et 3 > 2"),
        ("avant<script>var x = '<p>'</script>après", "avantaprès"),
        ("un <!-- caché <b> --> deux", "un deux"),
        ("<!-- jamais fermé", ""),
        ("<a href='x'>lien</a> <img src=y>", "lien"),
        ("  beaucoup \t d’espaces \n\n\n ici ", "beaucoup d’espaces\nici"),
        ("", ""),
    ],
)
def test_words_are_what_a_reader_would_see(words: str, expected: str):
    assert plain(words) == expected


@pytest.mark.parametrize("trap", ["<a ", "<", "&#", "<!--", "<script>", "</p", "<p>" * 3 + " \n"])
def test_a_trap_repeated_two_hundred_thousand_times_takes_no_time(trap: str):
    before = time.perf_counter()
    plain(trap * 200_000)
    assert time.perf_counter() - before < 2


@given(st.text(alphabet="<>/!-&;#ab p\n", max_size=200))
def test_words_never_grow(words: str):
    assert len(plain(words)) <= len(words)
