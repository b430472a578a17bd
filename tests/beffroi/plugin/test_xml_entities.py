"""Words of HTML in XML keep their text: a feed that writes `&eacute;` loses no title."""

import pytest

from beffroi.plugin import xml


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a &eacute;", "a é"),
        ("x&nbsp;y", "x\u00a0y"),
        ("A & B &amp; C &lt;", "A & B & C <"),
        ("&#233;&#xE9;", "éé"),
        ("<![CDATA[A & B &nbsp;]]>", "A & B &nbsp;"),
        ("R&D; &inconnue;", "R&D; &inconnue;"),
    ],
)
def test_entities_of_html_and_bare_ampersands_are_read(written: str, read: str):
    assert xml.parsed(f"<a>{written}</a>".encode(), recover=True).text == read
