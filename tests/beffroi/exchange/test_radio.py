"""A cut station can still speak: short, complete, checkable."""

import re
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from beffroi.exchange.radio import MOST_BYTES, Sender, check_word, messages
from beffroi.logbook.entry import Content, Entry, Lifecycle, Marking, Qualification

PARIS = ZoneInfo("Europe/Paris")
MIGUEL = 1_559_903_460_000  # 2019-06-07T10:31:00Z
SENDER = Sender(
    title="COD de Charente-Maritime", mode="exercise", station="S5",
    person="Anne Martin", post="Sous-préfecture de Saintes",
)  # fmt: skip


def entry(number: int, text: str, **said: object) -> Entry:
    return Entry(
        rid=number, uid=f"u{number}", journal="MC-17~S5", number=number,
        label=f"MC-17-{number:06d}~S5", version=1, entered_time=MIGUEL + number,
        qualified_time=None, author="a.martin", post="", station="", lifecycle=Lifecycle.PUBLISHED,
        qualification=Qualification.RAW, content=Content(text=text, **said),
    )  # fmt: skip


def test_it_says_number_time_gravity_place_words_and_source() -> None:
    bridge = entry(
        142, "Pont fermé à toute\ncirculation", event_time=MIGUEL, gravity=3, place="Pont d’Oléron",
        lon=-1.2087, lat=45.8512, origin="mairie", source_grade="C", credibility=3,
    )  # fmt: skip
    (message,) = messages([bridge], SENDER, now=MIGUEL + 1_860_000, zone=PARIS)
    assert (
        "1. MC-17-000142~S5 – 07/06 12h31 – G3 – Pont d’Oléron (45,8512 ; -1,2087) – "
        "Pont fermé à toute circulation – source mairie, C3" in message
    )
    assert message.startswith("EXERCICE – MESSAGE DÉGRADÉ 1/1 – COD de Charente-Maritime – S5")
    assert "07/06/2019 13h02 – DR" in message.splitlines()[0]


def test_the_highest_marking_is_said() -> None:
    secret = entry(1, "Position du convoi", marking=Marking.DR_SF)
    (message,) = messages([entry(2, "Rien"), secret], SENDER, now=MIGUEL, zone=PARIS)
    assert message.splitlines()[0].endswith("DR_SF")


def test_the_check_word_shows_a_line_that_was_lost() -> None:
    (message,) = messages([entry(1, "Un"), entry(2, "Deux")], SENDER, now=MIGUEL, zone=PARIS)
    body, end = message.rsplit("\n", 1)
    word = re.search(r"contrôle (\w{4})", end)
    assert word
    assert check_word(body) == word[1]
    assert check_word(body.replace("Deux", "")) != word[1]


@given(st.lists(st.text(max_size=3000), min_size=1, max_size=40))
def test_no_message_is_too_long_and_no_entry_is_left_out(texts: list[str]) -> None:
    entries = [entry(n, text) for n, text in enumerate(texts, 1)]
    made = messages(entries, SENDER, now=MIGUEL, zone=PARIS)
    assert all(len(message.encode()) <= MOST_BYTES for message in made)
    said = [label for message in made for label in re.findall(r"^\d+\. (\S+~S5)", message, re.M)]
    assert sorted(said) == sorted(e.label for e in entries)
