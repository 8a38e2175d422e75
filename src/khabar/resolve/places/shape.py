"""What the words around a name make of it: "125 km north of Kabul", "near Goma", "the outskirts of X", "northern Iraq"."""

from __future__ import annotations

from dataclasses import dataclass

import re2

from khabar.knowledge.gazetteer import country_of_demonym
from khabar.knowledge.gazetteer.typewords import kind_of_word
from khabar.records import Sentence, Span, Token
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import COUNTS, DIRECTIONS, NEAR, PARTS, UNITS

_NUMBER = re2.compile(r"^(\d[\d,.]*)(km|kms|mi|miles?|kilomet(?:re|er)s?)?$")
_SIDE_KM = 15.0  # "north of X" without a distance
_NEAR_KM = 15.0
_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """How the place meant lies to the place named: a shift in kilometres, a side of it, or close by; `words` are what says so."""

    north: float = 0.0
    east: float = 0.0
    km: float | None = None
    side: bool = False  # a side of the place itself ("northern Iraq"), not of the land around it
    near: bool = False
    span: Span | None = None
    part: str | None = None

    @property
    def plain(self) -> bool:
        return not (self.near or self.side or self.km is not None)


def shape_of(text: str, sentence: Sentence, toponym: Toponym) -> Shape:
    """Read the words before a toponym; a plain shape where they say nothing."""
    before = sentence.tokens[max(0, toponym.first - _BEFORE) : toponym.first]
    words = [t.lower for t in before]
    while before and _passed_over(before):
        before, words = before[:-1], words[:-1]
    if not words:
        return Shape()
    if words[-1] in DIRECTIONS or _hyphenated(words):
        return _side(text, before, toponym)
    some = _some_of(text, before) if words[-1] in ("of", "in") else None
    if some is not None:
        return Shape(span=Span(some.start, toponym.span.end), part=some.of(text))
    if words[-1] == "of":
        return _of(text, sentence, before[:-1], toponym)
    if words[-1] == "from" and len(words) >= 2:
        km, i = _distance(before, len(before) - 2)
        if km is not None:
            return Shape(km=km, near=True, span=Span(before[i].span.start, toponym.span.end))
    if words[-1] in NEAR or (words[-1] == "to" and len(words) > 1 and words[-2] in ("close", "next")):
        return Shape(km=0.0, near=True, span=Span(before[-1].span.start, toponym.span.end))
    return Shape()


def _passed_over(before: tuple[Token, ...]) -> bool:
    """Articles, words for a people ("the Yemeni port of X") and "the town" before a name."""
    last = before[-1]
    if last.lower in ("the", "a", "an"):
        return True
    if country_of_demonym(last.text):
        return True
    return len(before) >= 2 and before[-2].lower == "the" and kind_of_word(last.lower) is not None


def _hyphenated(words: list[str]) -> bool:
    return len(words) >= 3 and words[-2] == "-" and "-".join((words[-3], words[-1])) in DIRECTIONS


def _some_of(text: str, before: tuple[Token, ...]) -> Span | None:
    """ "Four of the seven districts in X", "three villages of X": how much of it, which says nothing of the whole."""
    kind = before[-2] if len(before) > 1 else None
    if kind is None or kind.tag != "NNS" or kind_of_word(kind.lemma.lower()) is None:
        return None
    first = len(before) - 2
    while first and (before[first - 1].lower in COUNTS or before[first - 1].text.isdigit() or before[first - 1].lower in ("of", "the")):
        first -= 1
    counted = [t for t in before[first:-2] if t.lower in COUNTS or t.text.isdigit()]
    return Span(counted[0].span.start, kind.span.end) if counted else None


def _direction(tokens: tuple[Token, ...], last: int) -> tuple[tuple[float, float] | None, int]:
    """The direction that ends at token `last`, and where it starts."""
    if last < 0:
        return None, last
    if last >= 2 and tokens[last - 1].text == "-":
        joined = f"{tokens[last - 2].lower}-{tokens[last].lower}"
        if joined in DIRECTIONS:
            return DIRECTIONS[joined], last - 2
    return DIRECTIONS.get(tokens[last].lower), last


def _side(text: str, before: tuple[Token, ...], toponym: Toponym) -> Shape:
    step, i = _direction(before, len(before) - 1)
    if step is None:
        return Shape()
    span = Span(before[i].span.start, toponym.span.end)
    return Shape(step[0], step[1], side=True, span=span, part=text[before[i].span.start : before[-1].span.end])


def _of(text: str, sentence: Sentence, before: tuple[Token, ...], toponym: Toponym) -> Shape:
    """Read "… north of X", "the north of X", "the outskirts of X", "125 km (78 miles) north of X"."""
    if not before:
        return Shape()
    step, i = _direction(before, len(before) - 1)
    start = before[i].span.start if i >= 0 else toponym.span.start
    span = Span(start, toponym.span.end)
    if step is not None:
        if i > 0 and before[i - 1].lower in ("the", "in"):
            return Shape(step[0], step[1], side=True, span=span, part=text[start : before[-1].span.end])
        km, j = _distance(before, i - 1)
        if km is not None:
            return Shape(step[0], step[1], km, near=True, span=Span(before[j].span.start, toponym.span.end))
        return Shape(step[0], step[1], _SIDE_KM, near=True, span=span)
    word = before[-1].lower
    if word in NEAR:
        side, first = _direction(before, len(before) - 2)  # "the western outskirts"
        start = before[first].span.start if side is not None else before[-1].span.start
        part = text[start : before[-1].span.end]
        return Shape(km=0.0, near=True, span=Span(start, toponym.span.end), part=part)
    if word in PARTS:
        return Shape(span=span, part=before[-1].text)
    return Shape()


def _distance(tokens: tuple[Token, ...], last: int) -> tuple[float | None, int]:
    """Kilometres that end at token `last` ("125 km", "125km (78 miles)", "some 40 miles"), and where they start."""
    depth, i = 0, last
    while i >= 0 and (tokens[i].text == ")" or depth):
        depth += {")": 1, "(": -1}.get(tokens[i].text, 0)
        i -= 1
    if i < 0:
        return None, last
    match = _NUMBER.match(tokens[i].lower)
    if match and match.group(2):
        return _figure(match.group(1), match.group(2)), i
    if tokens[i].lower in UNITS and i > 0:
        low = _NUMBER.match(tokens[i - 1].lower)
        if low:
            return _figure(low.group(1), tokens[i].lower), i - 1
    return None, last


def _figure(number: str, unit: str) -> float | None:
    try:
        return float(number.replace(",", "").rstrip(".")) * UNITS.get(unit, 1.0)
    except ValueError:
        return None
