from __future__ import annotations

import pytest

from khabar.annotate.names import Word, names

# Form and name tag of each word, with "~" before what is written onto the word before. After a tag may stand the governor
# as a number of words away, the relation and the Penn tag (":-1 nmod NNP" is written ":-1:nmod:NNP"). Then the names expected.
CASES = [
    ("the:O Dela:B-ORG Front:I-ORG fled:O", ["Dela Front ORG"]),
    ("Amin:B-PERSON Toru:B-PERSON", ["Amin PERSON", "Toru PERSON"]),
    ("Dela:B-ORG Relief:I-ORG Bank:I-LOC", ["Dela Relief Bank ORG"]),
    ("Toru:I-PERSON ~'s:I-PERSON men:O", ["Toru PERSON"]),
    ("in:O Pul:B-LOC ~-:O ~e:O ~-:O ~Kor:B-LOC", ["Pul - e - Kor LOC"]),
    ("al:O ~-:O ~Kor:B-ORG said:O", ["al - Kor ORG"]),
    ("Dela:B-LOC ~-:O ~led:O men:O", ["Dela LOC"]),
    ("Anba:B-LOC -:O Kor:B-LOC", ["Anba LOC", "Kor LOC"]),
    ("Anba:B-LOC ~-:O ~Kor:B-ORG", ["Anba LOC", "Kor ORG"]),
    ("United:O:1:amod:NNP Isles:B-LOC:0:root:NNPS", ["United Isles LOC"]),
    ("President:O:1:nmod:desc:NNP Toru:B-PERSON:0:root:NNP", ["Toru PERSON"]),
    ("43rd:O:1:amod:JJ Battalion:B-ORG:0:root:NNP", ["43rd Battalion ORG"]),
    ("heavy:O:1:amod:JJ Battalion:B-ORG:0:root:NNP", ["Battalion ORG"]),
    ("Front:B-ORG:0:root:NNP for:O:2:case:IN the:O:1:det:DT Rebirth:O:-3:nmod:NNP came:O", ["Front for the Rebirth ORG"]),
    ("Republic:B-LOC:0:root:NNP of:I-LOC:2:case:IN the:O:1:det:DT Dela:B-LOC:-3:nmod:NNP", ["Republic of the Dela LOC"]),
    ("Kor:B-LOC:1:compound:NNP district:I-LOC:0:root:NN of:O:1:case:IN Dela:B-LOC:-2:nmod:NNP", ["Kor district LOC", "Dela LOC"]),
    (
        "Ministry:B-ORG:0:root:NNP of:I-ORG:1:case:IN Justice:I-ORG:-2:nmod:NNP and:O:1:cc:CC Peace:B-ORG:-2:conj:NNP",
        ["Ministry of Justice and Peace ORG"],
    ),
    (
        "Ministry:B-ORG:0:root:NNP of:I-ORG:1:case:IN Justice:I-ORG:-2:nmod:NNP and:O:1:cc:CC Kor:B-ORG:-4:conj:NNP",
        ["Ministry of Justice ORG", "Kor ORG"],
    ),
    ("Delans:B-PERSON:0:root:NNPS", ["Delans NORP"]),
    (",:B-LOC", []),
    ("nobody:O", []),
]


def word(i: int, field: str) -> Word:
    form, mark, *more = field.split(":")
    away, rel, tag = (more[0], ":".join(more[1:-1]), more[-1]) if more else ("0", "dep", "NN")
    return Word(form.removeprefix("~"), form.startswith("~"), tag, i + int(away), rel, mark)


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_names(line: str, expected: list[str]) -> None:
    words = [word(i, field) for i, field in enumerate(line.split())]
    assert [f"{' '.join(w.form for w in words[n.start : n.end])} {n.kind}" for n in names(words)] == expected
