"""One view of XML and JSON: plain names, one or many alike."""

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from beffroi.plugin import tree

XML = """<n:a xmlns:n="urn:n" id="1"><n:b>un</n:b><!-- rien --><n:b lang="en">two</n:b>
<c><d> 3,5 </d></c><e xsi:nil="true" xmlns:xsi="urn:x"/></n:a>"""
JSON = '{"@id": "1", "b": ["un", {"@lang": "en", "#": "two"}], "c": {"d": "3,5"}, "e": null}'


def test_xml_grows_into_what_json_would_say():
    assert tree.grown(etree.fromstring(XML)) == json.loads(JSON)


def test_one_or_many_are_read_alike():
    one, many = {"a": {"b": "x"}}, {"a": [{"b": "x"}, {"b": ["y", "x"]}]}
    assert tree.texts(one, "a", "b") == ["x"]
    assert tree.texts(many, "a", "b") == ["x", "y"]
    assert tree.text(many, "a", "b") == "x"
    assert tree.at(many, "a", "z") is None


def test_numbers_are_finite_whatever_their_comma():
    assert tree.number({"a": "3,5"}, "a") == 3.5
    assert tree.number({"a": ["words", "2"]}, "a") == 2
    assert tree.number({"a": "1e999"}, "a") is None


def test_anything_is_found_in_order_at_any_depth_but_not_inside_itself():
    found = tree.deep({"x": {"a": 1, "y": [{"a": {"a": 2}}, {"a": [3, 4]}]}, "a": 5}, "a")
    assert list(found) == [1, {"a": 2}, 3, 4, 5]


def test_french_words_come_first():
    nodes = [{"@lang": "EN", "#": "Closed"}, {"lang": "fr-FR", "value": "Fermé"}, "?"]
    assert tree.told(nodes) == "Fermé"
    assert list(tree.translations(nodes)) == ["fr", "en", ""]


def test_prefixes_that_nobody_declared_do_not_matter():
    root = etree.fromstring("<a><dc:b>x</dc:b></a>", etree.XMLParser(recover=True))
    assert tree.grown(root) == {"b": "x"}


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("ab#"), inner),
    max_leaves=20,
)


@given(anything)
def test_nothing_in_a_document_makes_a_look_fail(node: object):
    assert isinstance(tree.text(node, "a", "b"), str)
    assert isinstance(tree.texts(node, "a"), list)
    tree.number(node, "a")
    list(tree.deep(node, "a", "b"))
    tree.told(list(tree.every(node, "a")))
