"""The link is said in words that can be read from across the room."""

from zoneinfo import ZoneInfo

import pytest

from beffroi.sync.status import LinkStatus
from beffroi.sync.wire import REFUSALS
from desktop.sync import words

PARIS = ZoneInfo("Europe/Paris")
NOON = 1_721_989_200_000  # 2024-07-26 12:20 in Paris
MINUTE = 60_000


def said(status: LinkStatus, now: int = NOON + 85 * MINUTE) -> words.LinkWords:
    return words.link_words(status, PARIS, now)


def test_offline_says_since_when_and_what_waits() -> None:
    status = LinkStatus(state="offline", since=NOON, waiting=7)
    assert said(status).whole == "HORS LIGNE depuis 12h20 – 7 éléments en attente"
    assert said(status).above == "7 éléments en attente"


def test_a_cut_of_yesterday_says_its_day() -> None:
    status = LinkStatus(state="offline", since=NOON)
    assert said(status, NOON + 86_400_000).value == "HORS LIGNE depuis le 26/07 à 12h20"


def test_online_says_how_old_the_last_contact_is() -> None:
    status = LinkStatus(state="online", since=NOON, last_contact=NOON)
    assert said(status, NOON + 3_000).whole == "EN LIGNE – contact à l’instant"
    assert said(status, NOON + 4 * MINUTE).above == "dernier contact il y a 4 min"


def test_a_catch_up_says_how_far_it_is_and_is_never_done_too_early() -> None:
    assert said(LinkStatus(state="catching_up")).value == "Rattrapage…"
    assert (
        said(LinkStatus(state="catching_up", done=430, total=1000)).value == "Rattrapage… 43\u202f%"
    )
    assert (
        said(LinkStatus(state="catching_up", done=1000, total=1000)).value
        == "Rattrapage… 99\u202f%"
    )


@pytest.mark.parametrize(
    ("skew", "warning"),
    [
        (1_500, ""),
        (-120_000, "horloge de ce poste\u00a0: 2 min d’avance"),
        (3 * 3_600_000, "horloge de ce poste\u00a0: 3 h de retard"),
    ],
)
def test_a_clock_that_disagrees_is_said(skew: int, warning: str) -> None:
    status = LinkStatus(state="online", since=NOON, last_contact=NOON, skew_ms=skew)
    assert words.skew(status) == warning
    assert said(status, NOON).whole.endswith(warning)


def test_every_refusal_has_a_reason_and_a_remedy_of_its_own() -> None:
    assert set(words.REFUSAL_WORDS) == set(REFUSALS)
    assert len({words.refusal(why)[0] for why in REFUSALS}) == len(REFUSALS)
    assert words.refusal("something new")[1]


def test_a_refused_desk_with_nothing_to_send_does_not_count_to_zero() -> None:
    refused_ = LinkStatus(state="refused", since=NOON, last_contact=NOON)
    assert "0 élément" not in words.link_words(refused_, PARIS, NOON).whole
