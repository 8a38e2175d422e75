from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.sentences import Stretch, stretches
from khabar.annotate.words import words
from khabar.records import Span, Zone, ZoneKind

WRAPPED = """Fighters took the small town of Anba on Monday after
heavy fighting in the hills to the north of the river
and a long siege that had begun in the spring. Nobody
was hurt, said General Amin Toru, who leads the army.
A second attack failed."""

CASES = [
    ("no. They fled to camp No. 3.", ["no.", "They fled to camp No. 3."]),
    ("They left the U.S. The army stayed.", ["They left the U.S.", "The army stayed."]),
    ("The U.S. Senate and U.S. Air Force met.", ["The U.S. Senate and U.S. Air Force met."]),
    ("Lt. Gen. A. B. Toru spoke. Mr. Kor left.", ["Lt. Gen. A. B. Toru spoke.", "Mr. Kor left."]),
    ("It fell at 5 a.m. The dead lay there.", ["It fell at 5 a.m.", "The dead lay there."]),
    ("It fell at 5 p.m. Monday. At 4 p.m. GMT it ended.", ["It fell at 5 p.m. Monday.", "At 4 p.m. GMT it ended."]),
    ("It is 3.5 km away. 40 men fled.", ["It is 3.5 km away.", "40 men fled."]),
    ('He said: "We fled." Then "Stop!" she cried.', ['He said: "We fled."', 'Then "Stop!" she cried.']),
    ("They left. (Nobody knew why.) Then they came back.", ["They left.", "(Nobody knew why.)", "Then they came back."]),
    ("They left... but came back. The toll... rose.", ["They left... but came back.", "The toll... rose."]),
    ("Was it so? Yes!! Good.", ["Was it so?", "Yes!!", "Good."]),
    ("It fell.[1] The army left.", ["It fell.[1]", "The army left."]),
    ("They left.The army stayed.", ["They left.", "The army stayed."]),
    ("On Dec. 5 and Jan. 2 they met in St. Kor.", ["On Dec. 5 and Jan. 2 they met in St. Kor."]),
    ("1. The rebels withdraw.\n2. The army stops.", ["1. The rebels withdraw.", "2. The army stops."]),
    ("RIVER TOWN FALLS\nArmy leaves\n- first\n- second", ["RIVER TOWN FALLS", "Army leaves", "- first", "- second"]),
    ("Dela\n.\nIn Kor, one fell.\n* * *", ["Dela", "In Kor, one fell."]),
    ("One line\n\nanother one", ["One line", "another one"]),
    ("قال الجيش إنه انسحب. ثم عاد؟ نعم.", ["قال الجيش إنه انسحب.", "ثم عاد؟", "نعم."]),
    (WRAPPED, WRAPPED.replace(". ", ".|").replace(".\nA", ".|A").split("|")),
]


def read(text: str, *zones: Zone) -> list[Stretch]:
    return stretches(text, zones, words(text))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [s.span.of(text) for s in read(text)] == expected


def test_headers_and_credits_give_no_sentences_and_the_rest_names_its_zone() -> None:
    parts: list[tuple[ZoneKind, str]] = [
        ("header", "date 2021-01-02 "), ("headline", "Dela falls "), ("dateline", "DELA: "), ("body", "They left. They ran. "),
        ("caption", "A road. "), ("credit", "By Amin Toru. "), ("heading", "After the fall"),
    ]  # fmt: skip
    text, zones = "", []
    for kind, part in parts:
        zones.append(Zone(kind, Span(len(text), len(text) + len(part))))
        text += part
    found = read(text, *zones, Zone("quotation", Span(20, 50)))
    assert [(s.zone, s.span.of(text), s.paragraph) for s in found] == [
        ("headline", "Dela falls", 0), ("dateline", "DELA:", 1), ("body", "They left.", 2), ("body", "They ran.", 2),
        ("caption", "A road.", 3), ("heading", "After the fall", 4),
    ]  # fmt: skip


@given(st.text(st.sampled_from("aA1 .!?\"')([\n\r-“”…")), st.integers(0, 60), st.integers(0, 60))
def test_every_word_has_one_sentence_within_its_zone_and_paragraph(text: str, a: int, b: int) -> None:
    zone = Zone("caption", Span(*sorted((min(a, len(text)), min(b, len(text))))))
    found = read(text, zone)
    read_words = [k for s in found for k in range(s.first, s.last)]
    assert read_words == sorted(set(read_words))
    assert all(k in read_words for k, (a, b) in enumerate(words(text)) if text[a:b].isalnum())
    for s in found:
        assert "\n\n" not in s.span.of(text)
        assert (s.zone == "caption") == (zone.span.start <= s.span.start < zone.span.end)
    assert all(x.paragraph <= y.paragraph for x, y in pairwise(found))
