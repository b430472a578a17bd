from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from beffroi.logbook.entry import Channel, Content, Entry, Impact, Lifecycle, Qualification
from desktop.logbook import highlight, text_diff, wording
from desktop.logbook.faces import face_of
from desktop.logbook.suggestions import spot

PARIS = ZoneInfo("Europe/Paris")


def test_days_are_named_as_people_say_them() -> None:
    today = date(2024, 7, 26)
    assert wording.day_heading(today, today) == "Aujourd’hui, vendredi 26 juillet"
    assert wording.day_heading(date(2024, 7, 25), today) == "Hier, jeudi 25 juillet"
    assert wording.day_heading(date(2024, 7, 20), today) == "Samedi 20 juillet"
    assert wording.day_heading(date(2023, 7, 20), today) == "Jeudi 20 juillet 2023"


def test_counts_say_how_much_is_left_out() -> None:
    assert wording.shown_count(128, 10324) == "128 sur 10\u202f324"
    assert wording.shown_count(0, 0) == "0 entrée"
    assert wording.shown_count(2, 2) == "2 entrées"


def test_a_countdown_says_which_side_of_the_hour_one_is() -> None:
    assert wording.countdown(25 * 60_000, 0) == "dans 25\u00a0min"
    assert wording.countdown(0, 65 * 60_000) == "en retard de 1\u00a0h\u00a005"
    assert wording.duration(76 * 3_600_000) == "3\u00a0j\u00a04\u00a0h"


def test_grades_are_said_in_words() -> None:
    said = wording.grade_in_words(Content(text="x", source_grade="B", credibility=3))
    assert said == "source habituellement fiable, information peut-être vraie"


def test_sizes_use_a_decimal_comma() -> None:
    assert wording.size(1_400_000) == "1,4\u00a0Mo"
    assert wording.size(20) == "20\u00a0o"


def test_found_words_light_up_whatever_their_accents() -> None:
    text = "Électricité coupée à Évry"
    assert [text[a:b] for a, b in highlight.spans(text, ["elec", "EVRY"])] == ["Élec", "Évry"]


def test_a_word_lights_up_only_where_it_begins() -> None:
    assert highlight.spans("déraillement, ail", ["ail"]) == [(14, 17)]


@given(st.text(max_size=60), st.lists(st.text(max_size=6), max_size=4))
def test_lit_spans_always_lie_in_the_text_in_order(text: str, words: list[str]) -> None:
    last = 0
    for start, end in highlight.spans(text, words):
        assert last <= start < end <= len(text)
        last = end


def test_found_words_are_lit_in_the_text_and_nothing_in_it_is_markup() -> None:
    html = highlight.as_html("<b>Évry\nfeu", ["evry"], "#ff0")
    assert html == '&lt;b&gt;<span style="background:#ff0">Évry</span><br>feu'


def test_a_correction_shows_what_went_and_what_came() -> None:
    html = text_diff.marked("feu à <Vandières>", "feu à Pagny", gone="#f00", come="#0f0")
    assert '<s style="background:#f00">&lt;Vandières&gt;</s>' in html
    assert '<span style="background:#0f0">Pagny</span>' in html


def test_fields_that_changed_are_named() -> None:
    old, new = Content(text="x", gravity=1), Content(text="x", gravity=3, place="Arrou")
    assert list(text_diff.fields(old, new)) == [
        ("Gravité", "1 Mineur", "3 Grave"),
        ("Lieu", "", "Arrou"),
    ]


def test_the_word_under_the_cursor_keeps_its_quotes() -> None:
    text = 'incendie près:"Stade de Fr'
    assert spot(text, len(text)).word == 'près:"Stade de Fr'
    assert spot(text, 8).word == "incendie"
    assert spot("a ", 2).word == ""
    text = 'près:"Stade de France" 5km'
    assert spot(text, len(text)).word == "5km"


def entry_at(event: int, entered: int) -> Entry:
    """An entry about `event`, written at `entered`."""
    return Entry(
        rid=1, uid="u", journal="MC", number=1, label="MC-000001", version=1,
        entered_time=entered, qualified_time=None, author="a", post="", station="",
        lifecycle=Lifecycle.PUBLISHED, qualification=Qualification.RAW,
        content=Content(text="x", event_time=event),
    )  # fmt: skip


def test_a_fact_of_another_day_says_its_day() -> None:
    midnight = 1_721_944_800_000  # 26 July 2024, 00:00 in Paris
    late = entry_at(midnight - 600_000, midnight + 300_000)
    face = face_of(late, PARIS, by_entry_time=True)
    assert (face.day, face.time, face.entered) == ("25/07", "23:50", "")
    assert face_of(late, PARIS, by_entry_time=False).day == ""
    assert face_of(entry_at(midnight, midnight + 1), PARIS, by_entry_time=True).day == ""


def test_what_was_written_down_late_says_when() -> None:
    noon = 1_721_988_000_000
    face = face_of(entry_at(noon, noon + 40 * 60_000), PARIS, by_entry_time=True)
    assert (face.time, face.entered) == ("12:00", "12:40")


def test_words_that_changed_together_are_struck_together() -> None:
    html = text_diff.marked("trafic suspendu vers 4h", "trafic repris à 5h", gone="r", come="g")
    assert html == (
        'trafic <s style="background:r">suspendu vers 4h</s> '
        '<span style="background:g">repris à 5h</span>'
    )


def test_what_changed_beside_the_words_is_said_in_words() -> None:
    old = Content(text="x")
    new = Content(text="x", channel=Channel.RADIO, impacts={Impact.HUMAN: 3}, lon=2.0, lat=48.5)
    assert [(name, after) for name, _before, after in text_diff.fields(old, new)] == [
        ("Position", "48,50000\u202fN 2,00000\u202fE"),
        ("Moyen", "Radio"),
        ("Impacts", "Humain 3"),
    ]


def test_an_endless_word_may_be_broken_and_an_address_may_not() -> None:
    assert "\u200b" in highlight.as_html("x" * 40, [], "#ff0")
    address = (
        "https://exemple.gouv.fr/une-adresse-bien-trop-longue?jeton=0123456789abcdef0123456789"
    )
    assert "\u200b" not in highlight.as_html(address, [], "#ff0")
