from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.words import encodable, words

CASES = [
    ("They didn't, can't and won't.", "They did|n't , ca|n't and wo|n't|."),
    ("You cannot say he'd gone; I'm sure it's so.", "You can|not say he|'d gone|; I|'m sure it|'s so|."),
    ("the rebels' camp, Toru's men, it’s", "the rebels|' camp|, Toru|'s men|, it|’s"),
    ("Sana'a, Sa'd, Qur'an, N'Djamena", "Sana'a|, Sa'd|, Qur'an|, N'Djamena"),
    ("a 32-year-old al-Amin of Pul-e-Hesar", "a 32|-|year|-|old al|-|Amin of Pul|-|e|-|Hesar"),
    ("anti-tank ex-rebels, mid-2021, e-mail", "anti-tank ex-rebels|, mid-2021|, e-mail"),
    ("U.S.-led U.N. men at 5 a.m. today", "U.S.|-|led U.N. men at 5 a.m. today"),
    ("Lt. Gen. A. B. Toru", "Lt. Gen. A. B. Toru"),
    ("No. 5, but no. They fled.", "No. 5|, but no|. They fled|."),
    ("125km, 3am, 10:30pm, 40%", "125|km|, 3|am|, 10:30|pm|, 40|%"),
    ("1,500 and 18,19 and 3.5", "1,500 and 18|,|19 and 3.5"),
    ("$4.5m, US$3bn", "$|4.5|m|, US$|3|bn"),
    ("the 3rd, the 1990s, 9/11, 2021-08-24, 9-11", "the 3rd|, the 1990s|, 9/11|, 2021-08-24|, 9|-|11"),
    ("M23 and T-72", "M23 and T|-|72"),
    ('"Go!!" (he said)...', '"|Go|!!|" (|he said|)|...'),
    ("see https://example.org/a?b=c. Or a.b@example.org, @user #Dela", "see https://example.org/a?b=c|. Or a.b@example.org|, @user #Dela"),
    ("they left.The army", "they left|.|The army"),
    ("قال الجيش.", "قال الجيش|."),
    ("a\u200b\ufeff \x00b\x00 👩‍👩‍👧 c\u200cd", "a b 👩‍👩‍👧 c\u200cd"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words(text: str, expected: str) -> None:
    assert [text[a:b] for a, b in words(text)] == [word for chunk in expected.split(" ") for word in chunk.split("|")]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" .,'-\n\x00\u200bA1")))
def test_words_are_in_order_and_leave_out_nothing_that_can_be_read(text: str) -> None:
    found = words(text)
    assert all(a < b for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))
    assert not any(c.isspace() for a, b in found for c in text[a:b])
    covered = {k for a, b in found for k in range(a, b)}
    assert all(k in covered for k, c in enumerate(text) if c.isalnum())


@pytest.mark.parametrize("unit", ["a-", ". ", "1,", "a@", "a.", "(", "http://a", "'s", "_", "é-"])
def test_long_text_without_white_space_is_read_in_pieces(unit: str) -> None:
    text = unit * 20_000
    found = words(text)
    assert "".join(text[a:b] for a, b in found) == text.replace(" ", "")
    assert max(b - a for a, b in found) <= 1000


def test_lone_surrogates_become_one_character_each() -> None:
    assert encodable("a\ud83d\ude00b\udfff") == "a\ufffd\ufffdb\ufffd"
    assert encodable("a😀b") == "a😀b"
