"""A source is ok, late, down or suspended; what happens to it is told once."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from beffroi.observations import SourceState
from beffroi.sources import health
from beffroi.sources.definition import Source
from beffroi.sources.health import Failure, Success

SOURCE = Source(uid="s", title="Vigicrues", address="https://a.example", refresh_s=60, expect_s=600)
MINUTE = 60_000
WELL = Success(at=MINUTE, changed=5, count=5)


def _failing(state: SourceState, times: int, first: int, *, for_good: bool = False) -> tuple[SourceState, list[str]]:  # fmt: skip
    said = list[str]()
    for number in range(times):
        told = Failure(at=first + number * MINUTE, sentence="Panne.", for_good=for_good)
        state, notice = health.failed(SOURCE, state, told)
        said += [notice] if notice else []
    return state, said


def test_a_source_that_dies_is_told_once_and_once_more_when_it_is_back():
    state, _notice = health.succeeded(SOURCE, SourceState(), WELL)
    state, said = _failing(state, 100, 2 * MINUTE)
    assert state.health == "down"
    assert len(said) == 1
    assert "ses dernières données restent" in said[0]
    state, notice = health.succeeded(SOURCE, state, Success(at=200 * MINUTE, changed=1))
    assert (state.health, state.sentence) == ("ok", "")
    assert "revenue" in notice


def test_a_network_that_blinks_is_no_death():
    state, _notice = health.succeeded(SOURCE, SourceState(), WELL)
    state, said = _failing(state, 2, 2 * MINUTE)
    assert (state.health, said) == ("ok", [])
    assert state.sentence == "Panne."


def test_what_was_read_stays_dated_while_a_source_is_down():
    state, _notice = health.succeeded(SOURCE, SourceState(), WELL)
    after, _said = _failing(state, 10, 2 * MINUTE)
    assert (after.last_data, after.count) == (MINUTE, 5)


def test_one_that_never_answered_is_late_at_once_then_down():
    state, said = _failing(SourceState(since=1), 1, MINUTE)
    assert (state.health, said) == ("late", [])
    state, said = _failing(state, 2, 2 * MINUTE)
    assert state.health == "down"
    assert "n’a encore rien donné" in said[0]


def test_a_silent_source_is_late_even_if_it_answers():
    state, _notice = health.succeeded(SOURCE, SourceState(), WELL)
    said = list[str]()
    for minute in range(2, 30):
        state, notice = health.succeeded(SOURCE, state, Success(at=minute * MINUTE, changed=0))
        said += [notice] if notice else []
    assert state.health == "late"
    assert len(said) == 1
    state, notice = health.succeeded(SOURCE, state, Success(at=31 * MINUTE, changed=2))
    assert state.health == "ok"
    assert "revenue" in notice


def test_time_alone_makes_a_stream_late():
    state, _notice = health.succeeded(SOURCE, SourceState(), WELL)
    assert health.looked_at(SOURCE, state, 5 * MINUTE)[0].health == "ok"
    late, notice = health.looked_at(SOURCE, state, 12 * MINUTE)
    assert late.health == "late"
    assert notice
    assert health.looked_at(SOURCE, late, 13 * MINUTE) == (late, "")


def test_a_source_without_a_cadence_may_be_silent():
    source = Source(uid="s", title="Alertes", address="https://a.example", refresh_s=60)
    state, _notice = health.succeeded(source, SourceState(), WELL)
    assert health.looked_at(source, state, 10_000 * MINUTE)[0].health == "ok"


def test_what_only_a_person_can_mend_ends_in_rest():
    state, said = _failing(SourceState(since=1), 20, MINUTE, for_good=True)
    assert state.health == "suspended"
    assert len(said) == 1


def test_a_person_puts_to_rest_without_a_word_and_takes_up_as_new():
    state, _said = _failing(SourceState(), 5, MINUTE)
    rest = health.suspended(SOURCE, state, 9 * MINUTE)
    assert (rest.health, rest.by_hand, rest.sentence) == ("suspended", True, "")
    again = health.resumed(rest, 10 * MINUTE)
    assert (again.health, again.failures, again.told) == ("ok", 0, False)


def test_what_the_hub_says_nothing_of_any_more_is_late_without_a_word():
    state, _notice = health.succeeded(SOURCE, SourceState(), WELL)
    assert health.unheard(SOURCE, state, 5 * MINUTE) == state
    late = health.unheard(SOURCE, state, 10 * MINUTE)
    assert late.health == "late"
    assert "liaison" in late.sentence
    assert health.unheard(SOURCE, late, 20 * MINUTE) == late
    assert health.unheard(SOURCE, SourceState(), 20 * MINUTE) == SourceState()


def test_asked_by_hand_one_failure_is_the_answer():
    state, _notice = health.failed(SOURCE, SourceState(), Failure(at=1, sentence="Non.", last=True))
    assert state.health == "down"


turns = st.lists(st.tuples(st.sampled_from(["new", "same", "fail", "refuse", "look"]), st.integers(1, 700)), max_size=80)  # fmt: skip


@given(turns)
def test_troubles_and_returns_always_take_turns(told: list[tuple[str, int]]):
    state, now, said = SourceState(since=1), 1, list[str]()
    for what, seconds in told:
        now += seconds * 1000
        match what:
            case "new" | "same":
                step = health.succeeded(SOURCE, state, Success(at=now, changed=int(what == "new")))
            case "fail" | "refuse":
                step = health.failed(SOURCE, state, Failure(at=now, sentence="x", for_good=what == "refuse"))  # fmt: skip
            case _:
                step = health.looked_at(SOURCE, state, now)
        state, notice = step
        said += ["back" if "revenue" in notice else "trouble"] if notice else []
    assert all(first != then for first, then in itertools.pairwise(said))
    assert said[:1] in ([], ["trouble"])
