"""Finer kinds than the sets mark: places into GPE, LOC and FAC, bodies into ORG and GROUP (armed groups).

They come from the words of a name and from khabar's own register and gazetteer, and are learnt in context, so that the
newsreader knows them where register and gazetteer do not. "" where neither tells.
"""

from __future__ import annotations

import random
import re

from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import gazetteer
from training.corpus import Sentence, spans, tagged
from training.wordlists import word_list

FINE = ("GPE", "LOC", "FAC", "ORG", "GROUP")
_ARMED = frozenset(["armed-group", "militia"])
_FACILITY = frozenset(word_list("facilities"))
_NATURE = frozenset(word_list("nature"))
_CONTINENTS = frozenset(word_list("lands"))
_UNIT = frozenset(word_list("units"))
_GROUP_WORDS = frozenset(word_list("armed"))
_GROUP_PAIRS = word_list("armed pairs")
_BODY_WORDS = frozenset(word_list("bodies"))


def kind_of(words: list[str], coarse: str) -> str:
    """The finer kind of one name; "" where nothing tells."""
    lower = [word.lower() for word in words]
    if coarse == "LOC":
        return _place(" ".join(words), lower)
    if coarse == "ORG":
        return _body(" ".join(words), lower)
    return ""


def _place(text: str, lower: list[str]) -> str:
    for word in (lower[-1], lower[0]):
        for words, kind in ((_UNIT, "GPE"), (_FACILITY, "FAC"), (_NATURE, "LOC"), (_CONTINENTS, "LOC")):
            if word in words:
                return kind
    entries = gazetteer().lookup(text)
    if not entries:
        return ""
    best = entries[0].kind
    return "FAC" if best == "site" else "LOC" if best == "region" else "GPE"


def _body(text: str, lower: list[str]) -> str:
    listed = register().listed(text)
    if listed:
        return "GROUP" if all(actor.kind in _ARMED for actor in listed) else "ORG" if not any(a.kind in _ARMED for a in listed) else ""
    if _GROUP_WORDS.intersection(lower) or any(pair in " ".join(lower) for pair in _GROUP_PAIRS):
        return "GROUP"
    return "ORG" if _BODY_WORDS.intersection(lower) or len(lower) > 1 else ""


def add_kinds(sentences: list[Sentence]) -> None:
    """Give the words of each name the finer kind of the name."""
    known: dict[tuple[str, ...], str] = {}
    for sentence in sentences:
        if sentence.names is None:
            continue
        sentence.kinds = [""] * len(sentence.words)
        for start, end, coarse in spans(sentence.names):
            key = (coarse, *sentence.words[start:end])
            if key not in known:
                known[key] = kind_of(sentence.words[start:end], coarse)
            sentence.kinds[start:end] = [known[key]] * (end - start)


_LAST = word_list("group endings")
_FIRST = word_list("group openings")
_MIDDLE = word_list("group patterns")


def invented_group(rng: random.Random, splice: str) -> list[str]:
    """A name that an armed group might bear, around an invented word; to be put where training data name a group."""
    turn = rng.random()
    if turn < 0.5:
        text = f"{splice} {rng.choice(_LAST)}"
    elif turn < 0.7:
        text = rng.choice(_FIRST) + splice
    elif turn < 0.8:
        text = f"{rng.choice(_MIDDLE)} {splice}"
    elif turn < 0.86:
        text = re.sub("[aeiouy]+$", "", splice) + rng.choice(("is", "ists", "as", "ites", "ans"))
    elif turn < 0.89:
        month = rng.choice(("January", "March", "April", "May", "June", "September", "October", "November"))
        text = rng.choice((f"{rng.randint(1, 30)} {month} Movement", f"M{rng.randint(3, 40)}", f"{month} {rng.randint(1, 30)} Movement"))
    elif turn < 0.94:
        text = "".join(rng.choice("ABCDEFGHIKLMNOPRSTU") for _ in range(rng.choice((3, 3, 4))))
    else:
        text = splice
    return text.replace("-", " - ").replace("'s", " 's").split()


def with_invented_groups(sentence: Sentence, rng: random.Random, splice: str) -> Sentence:
    """A copy in which one armed group bears an invented name; the sentence itself where it names none."""
    assert sentence.names is not None
    places = [(a, b) for a, b, kind in spans(sentence.names) if kind == "ORG" and sentence.kinds[a] == "GROUP"]
    if not places or sentence.tree is not None:
        return sentence
    start, end = rng.choice(places)
    name = invented_group(rng, splice)
    return Sentence(
        [*sentence.words[:start], *name, *sentence.words[end:]],
        sentence.document,
        sentence.fresh,
        None,
        [*sentence.names[:start], *tagged(len(name), {(0, len(name), "ORG")}), *sentence.names[end:]],
        sentence.unmarked,
        [*sentence.kinds[:start], *["GROUP"] * len(name), *sentence.kinds[end:]],
    )
