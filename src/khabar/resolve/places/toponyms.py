"""Every place that a report names, or points back to ("the village", "there"), before anything is resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from khabar.knowledge.gazetteer import CompiledGazetteer, fold
from khabar.knowledge.gazetteer.typewords import kind_of_word, strip_type
from khabar.records import Mention, PlacePrecision, Reading, Sentence, Span, Token
from khabar.resolve.places.names import (
    border_names,
    both_ends,
    by_gazetteer,
    in_list,
    may_be_place,
    stands_as_place,
    titled,
    trimmed,
    type_after,
    type_before,
    with_own,
    with_side,
    without_side,
    without_type,
)
from khabar.resolve.places.words import COUNTS, POINTERS

Origin = Literal["mention", "gazetteer", "pointer"]
PLACE_KINDS = ("GPE", "LOC", "FAC")
DEFINITE = frozenset({"the", "these", "those", "all", "both"})
_DIGITS = frozenset("23456789")
_LINKS = frozenset({",", "and", "or", "&", "the"})
_LINKED = 4  # tokens on from one name of a list to the next, which share a type word


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place as written. `named` is the name alone, `span` takes in its type words; `first` to `last` are tokens of the sentence.

    `kind` is what a type word asks for. A pointer ("the town", "there") has no name of its own.
    """

    span: Span
    named: Span
    name: str
    sentence: int
    first: int
    last: int
    origin: Origin
    kind: PlacePrecision | None = None
    dateline: bool = False
    phrase: str = ""  # the name with the type word beside it ("Jenin refugee camp", "Mount Gara")
    shared: bool = False  # its type word is plural and said of the names beside it too
    several: int | None = None  # of a pointer: how many it stands for ("both towns", "the three districts"), 0 where nobody says

    @property
    def key(self) -> tuple[str, PlacePrecision | None]:
        """One sense a report: toponyms with one key are one place."""
        return fold(self.name), self.kind


def spot(reading: Reading, gazetteer: CompiledGazetteer) -> tuple[Toponym, ...]:
    """The toponyms of a reading in order of the text. Names within names of persons and organisations are none."""
    marked: dict[int, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        marked[mention.sentence].append(mention)
    elsewhere = {fold(m.text) for m in reading.mentions if m.kind in PLACE_KINDS}
    common = frozenset(t.text for s in reading.sentences for t in s.tokens if t.pos == "NOUN" and t.text.islower())
    found: list[Toponym] = []
    for sentence in reading.sentences:
        found.extend(_in_sentence(reading.document.text, sentence, marked[sentence.index], elsewhere, common, gazetteer))
    return tuple(found)


def _in_sentence(
    text: str, sentence: Sentence, marked: Sequence[Mention], elsewhere: set[str], common: frozenset[str], gazetteer: CompiledGazetteer
) -> list[Toponym]:
    named: list[tuple[int, int, Origin]] = [(first, last, "gazetteer") for first, last in border_names(sentence, gazetteer)]
    taken = {i for first, last, _ in named for i in range(first, last + 1)}
    placed = [m.span for m in marked if m.kind in PLACE_KINDS]
    for mention in marked:
        inside = [t.i for t in sentence.tokens if mention.span.overlaps(t.span)]
        if inside and not taken.intersection(inside):
            listed = mention.kind not in PLACE_KINDS and in_list(sentence.tokens, inside, placed) and gazetteer.exact(mention.text)
            known = elsewhere | {fold(mention.text)} if listed else elsewhere
            named.extend(_as_place(sentence.tokens, mention, inside, known, common, gazetteer))
        taken.update(inside)
    named.extend((first, last, "gazetteer") for first, last in by_gazetteer(sentence, taken, gazetteer))
    whole: list[Toponym] = []
    for first, last, origin in sorted(named):
        if not whole or first > whole[-1].last:
            whole.append(_toponym(text, sentence, first, last, origin, gazetteer, whole[-1].last if whole else -1))
    whole = _share_kinds(sentence, whole)
    covered = {i for t in whole for i in range(t.first, t.last + 1)}
    whole.extend(_pointers(text, sentence, covered, taken))
    return sorted(whole, key=lambda t: t.first)


def _as_place(
    tokens: Sequence[Token],
    mention: Mention,
    inside: Sequence[int],
    elsewhere: set[str],
    common: frozenset[str],
    gazetteer: CompiledGazetteer,
) -> Iterator[tuple[int, int, Origin]]:
    """Where the name of a mention starts and ends; nothing where it is no place."""
    known = mention.kind in PLACE_KINDS or fold(mention.text) in elsewhere
    if not (known or stands_as_place(tokens, inside[0], mention, gazetteer)):
        return
    if may_be_place(mention.text, gazetteer) and not titled(tokens, inside[0]) and not _is_word(tokens, inside, common, gazetteer):
        first, last = without_type(tokens, *trimmed(tokens, inside[0], inside[-1]), gazetteer)
        first = without_side(tokens, first, last, gazetteer)
        last = with_own(tokens, first, last, gazetteer)
        ends = both_ends(tokens, first, last, gazetteer)
        yield from ((start, end, "mention") for start, end in ends)
        if ends:
            return
        yield with_side(tokens, first, last, gazetteer), last, "mention"


def _is_word(tokens: Sequence[Token], inside: Sequence[int], common: frozenset[str], gazetteer: CompiledGazetteer) -> bool:
    """Whether a "name" is a common word of the report in a headline's capitals ("Captive on Train")."""
    word = tokens[inside[0]]
    return len(inside) == 1 and word.lower in common and not gazetteer.lookup(word.text)


def _toponym(text: str, sentence: Sentence, first: int, last: int, origin: Origin, gazetteer: CompiledGazetteer, floor: int) -> Toponym:
    tokens = sentence.tokens
    start, end, kind, shared = first, last, None, False
    after, before = type_after(tokens, last), type_before(tokens, first)
    entries = gazetteer.lookup(" ".join(t.text for t in tokens[first : last + 1]))
    if entries and entries[0].kind == "country":
        before = None
        if after and not gazetteer.exact(" ".join(t.text for t in tokens[first : last + after[0] + 1])):
            after = None
    if after:
        end, kind = last + after[0], after[1]
        shared = tokens[end].lower.endswith("s") and kind_of_word(tokens[end].lower[:-1]) is not None
    elif before and before[0] > floor:
        start, kind = before
        shared = any(t.lower.endswith("s") and kind_of_word(t.lower) for t in tokens[start:first])
    if kind is None and not entries and last > first:
        kind = strip_type(fold(" ".join(t.text for t in tokens[first : last + 1])))[1]
    named = Span(tokens[first].span.start, tokens[last].span.end)
    span = Span(tokens[start].span.start, tokens[end].span.end)
    name = " ".join(named.of(text).split())
    return Toponym(
        span, named, name, sentence.index, start, end, origin, kind,
        dateline=_is_dateline(sentence, first, last, name), phrase=" ".join(span.of(text).split()), shared=shared,
    )  # fmt: skip


def _is_dateline(sentence: Sentence, first: int, last: int, name: str) -> bool:
    if sentence.zone == "dateline":
        return True
    after = sentence.tokens[last + 1 : last + 2]
    if first == 0 and after and after[0].text in ("-", "–", "—", "--", ":") and not name.isupper():
        return True
    if not (name.isupper() and len(name) > 3) or first > 8:
        return False
    return any(t.text in ("-", "–", "—", "--", ":") for t in sentence.tokens[last + 1 : last + 10])


def joined(sentence: Sentence, one: Toponym, other: Toponym) -> bool:
    """Whether nothing but commas and "and" stands between two names: they are of one list."""
    between = sentence.tokens[one.last + 1 : other.first]
    return bool(between) and all(t.lower in _LINKS for t in between)


def _share_kinds(sentence: Sentence, found: list[Toponym]) -> list[Toponym]:
    """Read "the villages of A, B and C", "A, B and C districts": the plural type word is said of every name of the list."""
    tokens = sentence.tokens

    def listed(one: Toponym, other: Toponym) -> bool:
        return other.first - one.last <= _LINKED and joined(sentence, one, other)

    for i in range(1, len(found)):
        if found[i].kind is None and found[i - 1].shared and listed(found[i - 1], found[i]):
            found[i] = replace(found[i], kind=found[i - 1].kind, shared=True)
    for i in range(len(found) - 2, -1, -1):
        bare = tokens[found[i + 1].first - 1].lower != "the"  # not "Aleppo and the Damascus suburbs"
        if found[i].kind is None and found[i + 1].shared and bare and listed(found[i], found[i + 1]):
            found[i] = replace(found[i], kind=found[i + 1].kind, shared=True)
    return found


def _pointers(text: str, sentence: Sentence, covered: set[int], taken: set[int]) -> Iterator[Toponym]:
    """Find "the village", "that city", "there": places that stand for one named before."""
    tokens = sentence.tokens
    for token in tokens:
        if token.i in covered or token.i in taken:
            continue
        if token.tag == "NNS" and token.lemma.lower() in POINTERS:
            yield from _plural(text, sentence, token, covered)
            continue
        if token.lower not in POINTERS:
            continue
        kind = POINTERS[token.lower]
        first = token.i
        if token.lower == "there":
            if token.rel.startswith("expl") or token.tag == "EX":
                continue
        else:
            determiner = next((d for d in sentence.dependents(token, "det") if d.lower in ("the", "this", "that", "these", "those")), None)
            if determiner is None or any(i in covered for i in range(determiner.i, token.i)) or _is_named(sentence, token, covered):
                continue
            first = determiner.i
        span = Span(tokens[first].span.start, token.span.end)
        yield Toponym(span, span, token.lower, sentence.index, first, token.i, "pointer", kind)


def _plural(text: str, sentence: Sentence, token: Token, covered: set[int]) -> Iterator[Toponym]:
    """Find "the three districts", "both towns", "all three areas", "three districts": places that a list somewhere else names."""
    determiners = [d for d in sentence.dependents(token, "det", "det:predet") if d.lower in DEFINITE]
    numbers = [
        n for d in sentence.dependents(token, "nummod") if (n := COUNTS.get(d.lower) or (int(d.text) if d.text in _DIGITS else None))
    ]
    said_which = sentence.dependents(token, "acl:relcl", "acl")  # "the areas that they attacked"
    if not (determiners or any(numbers)) or said_which or _is_named(sentence, token, covered):
        return
    first = min([token.i, *(d.i for d in determiners)])
    count = max(numbers) if numbers else 2 if any(d.lower == "both" for d in determiners) else 0
    span = Span(sentence.tokens[first].span.start, token.span.end)
    kind = POINTERS[token.lemma.lower()]
    yield Toponym(span, span, token.lemma.lower(), sentence.index, first, token.i, "pointer", kind, several=count)


def _is_named(sentence: Sentence, token: Token, covered: set[int]) -> bool:
    """Whether a name stands in apposition ("the port of Izmail", "the town, Goma")."""
    above = sentence.head(token)
    if token.base_rel == "appos" and above.i in covered:
        return True
    return any(d.i in covered and d.base_rel in ("nmod", "appos", "compound", "flat") for d in sentence.dependents(token))
