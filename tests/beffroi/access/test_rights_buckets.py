"""Buckets: what is alike for rights, and who sees it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.access import buckets
from beffroi.access.buckets import MARKINGS, Bucket
from beffroi.errors import BeffroiError

CAVEATS = ("CNCS", "ENQUETE", "MEDICAL", "ORG:SDIS 17", "ORG:Enedis")
some_caveats = st.frozensets(st.sampled_from(CAVEATS))
some_buckets = st.builds(
    Bucket,
    st.sampled_from(["jop-2024", "pref-17"]),
    st.sampled_from(MARKINGS),
    some_caveats.map(tuple),
)


@dataclass(frozen=True)
class Seer:
    workspace: str
    marking: str
    caveats: frozenset[str] = frozenset()


some_seers = st.builds(
    Seer,
    st.sampled_from(["jop-2024", "pref-17", "*"]),
    st.sampled_from(MARKINGS),
    st.frozensets(st.sampled_from((*CAVEATS, "ORG:*"))),
)


@given(some_buckets)
def test_a_bucket_always_reads_back_from_its_text(bucket: Bucket) -> None:
    assert Bucket.parse(str(bucket)) == bucket


@given(st.text(max_size=40))
def test_any_other_text_is_refused_in_one_sentence(text: str) -> None:
    try:
        read = str(Bucket.parse(text))
    except BeffroiError as refused:
        read = text if len(str(refused).splitlines()) == 1 else ""
    assert read == text


@pytest.mark.parametrize(
    "text",
    ["", "jop", "jop/SECRET", "jop/DR/", "jop/DR/MEDICAL+", "jop/DR/ENQUETE+CNCS", "jop/DR/a",
     "Jop/DR", "../x/DR", "jop/DR/CNCS/NP", "jop/DR/CNCS+CNCS", "jop/DR/ORG:", "jop/DR/ORG:*", "*/DR"],
)  # fmt: skip
def test_a_text_that_no_hub_writes_names_no_bucket(text: str) -> None:
    with pytest.raises(BeffroiError):
        Bucket.parse(text)


def test_caveats_are_sorted_and_said_once() -> None:
    assert str(Bucket("jop-2024", "DR", ("MEDICAL", "CNCS", "CNCS"))) == "jop-2024/DR/CNCS+MEDICAL"
    assert buckets.audience(["ORG:SDIS 17", "CNCS"]) == "CNCS+ORG:SDIS 17"
    assert buckets.caveats_of("CNCS+ORG:SDIS 17") == ("CNCS", "ORG:SDIS 17")
    assert buckets.caveats_of("") == ()


def test_seventeen_caveats_are_too_many() -> None:
    with pytest.raises(BeffroiError, match="seize"):
        Bucket("jop-2024", "DR", tuple(f"C{n}" for n in range(17)))


@pytest.mark.parametrize(
    ("organisation", "caveat"),
    [("SDIS 17", "ORG:SDIS 17"), ("Enedis/RTE + x", "ORG:Enedis RTE   x"), (" ", ""), (":*", "")],
)
def test_an_organisation_has_its_own_caveat(organisation: str, caveat: str) -> None:
    assert buckets.org_caveat(organisation) == caveat


@given(st.text(max_size=90))
def test_every_organisation_s_caveat_is_one_or_none(organisation: str) -> None:
    caveat = buckets.org_caveat(organisation)
    assert caveat == "" or buckets.checked_caveats([caveat]) == (caveat,)


@given(some_seers, st.lists(some_buckets, min_size=1, max_size=4))
def test_who_sees_the_join_sees_all_its_parts(seer: Seer, parts: list[Bucket]) -> None:
    parts = [part for part in parts if part.workspace == parts[0].workspace]
    joined = Bucket.join(parts)
    assert buckets.visible(joined, [seer]) == all(buckets.visible(part, [seer]) for part in parts)


def test_things_of_two_workspaces_are_never_joined() -> None:
    with pytest.raises(ValueError, match="compartiment"):
        Bucket.join([Bucket("jop-2024", "DR"), Bucket("pref-17", "DR")])


@given(some_seers, some_buckets)
def test_nobody_sees_above_their_marking_or_outside_their_caveats(
    seer: Seer, bucket: Bucket
) -> None:
    held = {
        c for c in CAVEATS if c in seer.caveats or (c[:4] == "ORG:" and "ORG:*" in seer.caveats)
    }
    expected = (
        seer.workspace in ("*", bucket.workspace)
        and MARKINGS.index(bucket.marking) <= MARKINGS.index(seer.marking)
        and set(bucket.caveats) <= held
    )
    assert buckets.visible(bucket, [seer]) == expected


def test_two_halves_of_a_right_do_not_make_one() -> None:
    high = Seer("jop-2024", "DR_SF")
    medical = Seer("jop-2024", "DR", frozenset({"MEDICAL"}))
    assert not buckets.visible(Bucket("jop-2024", "DR_SF", ("MEDICAL",)), [high, medical])


def test_an_unknown_marking_is_above_everything() -> None:
    assert buckets.above("SECRET", "DR_SF")
    assert buckets.above("NP", "SECRET")
    assert not buckets.above("DR", "DR")
