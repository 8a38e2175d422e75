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

# Rules that the treebanks taught, each with what it must leave alone.
LEARNT = [
    # Contractions without an apostrophe, and the nouns and names that look like some of them.
    ("They dont go, he CANT and it didnt.", "They do|nt go|, he CA|NT and it did|nt|."),
    ("the president didn’t, mama`s, I‘m", "the president did|n’t|, mama|`s|, I|‘m"),
    ("They wont go, as was his wont. He is wont to", "They wo|nt go|, as was his wont|. He is wont to"),
    ("its a trap, but its army; Its not its own", "it|s a trap|, but its army|; It|s not its own"),
    ("Im going, but Im said; Ive been, but Jony Ive said", "I|m going|, but Im said|; I|ve been|, but Jony Ive said"),
    ("lets go, but a law that lets police in", "let|s go|, but a law that lets police in"),
    ("your not alone, but your own army", "you|r not alone|, but your own army"),
    ("I'ma go, c'mon y'all, I dunno; ma'am", "I|'m|a go|, c'm|on y'|all|, I du|n|no|; ma'am"),
    ("tell 'em till 'til; 'embassy'", "tell 'em till 'til|; '|embassy|'"),
    # Stops.
    ("food, etc. were sent, shells, etc. They fled", "food|, etc. were sent|, shells|, etc|. They fled"),
    ("(guns, etc.) and etc.", "(|guns|, etc.|) and etc|."),
    ("for 20 mins. and 20 mins. Rebels", "for 20 mins. and 20 mins|. Rebels"),
    ("Sat. 3 May, Sun. Sept. 4; he sat. Sun. Rain", "Sat. 3 May|, Sun. Sept. 4|; he sat|. Sun|. Rain"),
    ("Omar (b. March 1975, d. 2013); plan b. Mullah", "Omar (|b. March 1975|, d. 2013|)|; plan b|. Mullah"),
    ("worth $5m. 20 people died", "worth $|5|m|. 20 people died"),
    ("Ark., Mo.; they left, in tears.", "Ark.|, Mo.|; they left|, in tears|."),
    ("Mark H. said, $11.5M. He", "Mark H. said|, $|11.5|M|. He"),
    ("Smith Jr.. Inc.? Why.? No...", "Smith Jr.|. Inc.|? Why|.? No|..."),
    ("a Ph.D. and an M.Sc. in St.Petersburg", "a Ph.D. and an M.Sc. in St.|Petersburg"),
    ("a.k.a Omar, i.e he, at 5 a.m.", "a.k.a Omar|, i.e he|, at 5 a.m."),
    # Numbers.
    ("in the 80's and 1960’s, 2003's war, AK47's", "in the 80's and 1960’s|, 2003|'s war|, AK47|'s"),
    ("in '05, '72, the '60s; '20 dead' in blast", "in '05|, '72|, the '60s|; '|20 dead|' in blast"),
    ("call 345-9945 or +93 (713) 853-7557", "call 345-9945 or +93 (|713|) 853-7557"),
    ("500-1000 men, 1939-1945, 2+2", "500|-|1000 men|, 1939|-|1945|, 2|+|2"),
    ("Houston 77415-0027, 713/345-7942", "Houston 77415-0027|, 713/345-7942"),
    ("a .223 rifle, hit .5; end.5", "a .223 rifle|, hit .5|; end|.|5"),
    ("Rs500, USD1,500, AD842; M23, AK47", "Rs|500|, USD|1,500|, AD|842|; M23|, AK47"),
    ("4G, F-16A, 9M133, M5J 1S9; $5B, 14C, 10A.M.", "4G|, F|-|16A|, 9M133|, M5J 1S9|; $|5|B|, 14|C|, 10|A.M."),
    ("the 50,000th, 50,000 then", "the 50,000th|, 50,000 then"),
    ("page #1, @2; #Dela1, @user.name", "page #|1|, @|2|; #Dela1|, @user.name"),
    # Hyphens.
    ("un-Islamic but UN-led, Un-named", "un-Islamic but UN|-|led|, Un-named"),
    ("mid- and late-May, anti-US", "mid|- and late|-|May|, anti-US"),
    ("career-wise, H2O-esque; wise-cracking", "career-wise|, H2O-esque|; wise|-|cracking"),
    ("an e-visa, e-mailed; Naqsh-e-Jahan, Pul-e-Hesar, e-Jahan", "an e-visa|, e-mailed|; Naqsh|-|e|-|Jahan|, Pul|-|e|-|Hesar|, e|-|Jahan"),
    ("I w- th- we; pro- and two- men", "I w- th- we|; pro|- and two|- men"),
    ("uh-oh, Mm-hm; m-mortar, oh-so", "uh-oh|, Mm-hm|; m|-|mortar|, oh|-|so"),
    # Slashes and other marks.
    ("w/o arms, n/a; and/or, m/s", "w/o arms|, n/a|; and|/|or|, m|/|s"),
    ("R&D, p&l; salt&pepper", "R&D|, p&l|; salt|&|pepper"),
    ("see ‘’this’’, ‘that’", "see ‘’|this|’’|, ‘|that|’"),
    (":) :-( ;D =) thanks:-) (note:) ratio 2:1", ":) :-( ;D =) thanks|:-) (|note|:|) ratio 2:1"),
    ("^_^ -_- >:( _The Sun_", "^_^ -_- >:( _|The Sun|_"),
    ("<<a>> -> *~*~* A+++ ,, $$ ###; <b>", "<<|a|>> -> *~*~* A|+++ ,, $$ ###|; <|b|>"),
    ("f*ck, b****; *2. price*", "f*ck|, b****|; *|2|. price|*"),
    # Addresses and files.
    ("Rice@ENRON, mailto:a.b@c.org; 5@10", "Rice@ENRON|, mailto:a.b@c.org|; 5|@|10"),
    ("report.pdf, ENRON.XLS, a .doc; they.left", "report.pdf|, ENRON.XLS|, a .doc|; they|.|left"),
    ("bbc.com/news/world, News.com.au; bbc.com.He", "bbc.com/news/world|, News.com.au|; bbc.com|.|He"),
    ("in comp.sources.unix; it ended.then", "in comp.sources.unix|; it ended|.|then"),
    ("doi:10.1037/0022-3514.92 said doi: x", "doi:10.1037/0022-3514.92 said doi|: x"),
]


@pytest.mark.parametrize(("text", "expected"), CASES + LEARNT)
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


@pytest.mark.parametrize(
    "unit", ["a-", ". ", "1,", "a@", "a.", "(", "http://a", "'s", "_", "é-", "a*", "<-", "a.doc", "+1", "n't", "#1", "a/", "Rs1,"]
)
def test_long_text_without_white_space_is_read_in_pieces(unit: str) -> None:
    text = unit * 20_000
    found = words(text)
    assert "".join(text[a:b] for a, b in found) == text.replace(" ", "")
    assert max(b - a for a, b in found) <= 1000


def test_lone_surrogates_become_one_character_each() -> None:
    assert encodable("a\ud83d\ude00b\udfff") == "a\ufffd\ufffdb\ufffd"
    assert encodable("a😀b") == "a😀b"
