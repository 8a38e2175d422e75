"""Every place that a report names, or points back to ("the village", "there"), before anything is resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import CompiledGazetteer, country_of_demonym, fold
from khabar.knowledge.gazetteer.typewords import kind_of_word
from khabar.records import Mention, PlacePrecision, Reading, Sentence, Span, Token
from khabar.resolve.places.words import DIRECTIONS, INSIDE, LOCATIVE, BODIES, NO_NAMES, OFFICE_NOUNS, POINTERS

Origin = Literal["mention", "gazetteer", "pointer"]
PLACE_KINDS = ("GPE", "LOC", "FAC")
_TYPE_WORDS = 3
_NAME_WORDS = 6
_PLAIN_PROMINENCE = 90
_CITY_PROMINENCE = 150


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

    @property
    def key(self) -> tuple[str, PlacePrecision | None]:
        """One sense a report: toponyms with one key are one place."""
        return fold(self.name), self.kind


def spot(reading: Reading, gazetteer: CompiledGazetteer) -> tuple[Toponym, ...]:
    """The toponyms of a reading in order of the text. Names within names of persons and organisations are none."""
    found: list[Toponym] = []
    elsewhere = {fold(m.text) for m in reading.mentions if m.kind in PLACE_KINDS}
    for sentence in reading.sentences:
        found.extend(_in_sentence(reading, sentence, elsewhere, gazetteer))
    return tuple(found)


def _in_sentence(reading: Reading, sentence: Sentence, elsewhere: set[str], gazetteer: CompiledGazetteer) -> list[Toponym]:
    text, tokens = reading.document.text, sentence.tokens
    named: list[tuple[int, int, Origin]] = []
    taken: set[int] = set()
    for mention in reading.mentions:
        if mention.sentence != sentence.index:
            continue
        inside = [t.i for t in tokens if mention.span.overlaps(t.span)]
        if not inside:
            continue
        taken.update(inside)
        placelike = (
            mention.kind in PLACE_KINDS or fold(mention.text) in elsewhere or _stands_as_place(tokens, inside[0], mention, gazetteer)
        )
        if placelike and _may_be_place(mention.text, gazetteer) and not _titled(tokens, inside[0]):
            first, last = _without_type(tokens, *_trimmed(tokens, inside[0], inside[-1]), gazetteer)
            first = _without_side(tokens, first, last, gazetteer)
            named.append((_sided(tokens, first, last, gazetteer), last, "mention"))
    named.extend((first, last, "gazetteer") for first, last in _by_gazetteer(sentence, taken, gazetteer))
    whole: list[Toponym] = []
    for first, last, origin in sorted(named):
        if not whole or first > whole[-1].last:
            whole.append(_toponym(text, sentence, first, last, origin, gazetteer, whole[-1].last if whole else -1))
    whole = _share_kinds(sentence, whole)
    covered = {i for t in whole for i in range(t.first, t.last + 1)}
    whole.extend(_pointers(text, sentence, covered | taken))
    return sorted(whole, key=lambda t: t.first)


def _may_be_place(name: str, gazetteer: CompiledGazetteer) -> bool:
    """Not a people, a weekday or an armed group ("Hamas", "Hutu"), whatever the newsreader took it for."""
    if country_of_demonym(name) or fold(name) in NO_NAMES:
        return False
    entries = gazetteer.lookup(name)
    if entries and (entries[0].kind in ("country", "region", "province") or gazetteer.prominence(entries[0]) >= _CITY_PROMINENCE):
        return True
    return not any(actor.kind in BODIES for actor in register().lookup(name))


def _titled(tokens: Sequence[Token], first: int) -> bool:
    """Whether a title stands before the name ("Major", "Gen."): then it is a person's, whatever the newsreader took it for."""
    before = tokens[first - 1] if first else None
    return before is not None and before.text[:1].isupper() and before.lower.rstrip(".") in OFFICE_NOUNS


def _stands_as_place(tokens: Sequence[Token], first: int, mention: Mention, gazetteer: CompiledGazetteer) -> bool:
    """Whether a name taken for an organisation or a person stands where a place would ("at Dhaka University", "parts of Borno")."""
    before = [t.lower for t in tokens[max(0, first - 2) : first]]
    entries = gazetteer.lookup(mention.text)
    if not entries or not before:
        return False
    if mention.kind == "ORG":
        return any(word in INSIDE or word in ("to", "near") for word in before) and any(e.kind in ("site", "town") for e in entries)
    return (
        mention.kind in ("PERSON", "MISC")
        and (before[-1] in LOCATIVE or mention.kind == "MISC")
        and gazetteer.prominence(entries[0]) >= _PLAIN_PROMINENCE
    )


def _without_type(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> tuple[int, int]:
    """A name that the newsreader marked with its type word ("KOSOVO VILLAGE"), without it, unless it is one name ("Niger State")."""
    words = [t.text for t in tokens[first : last + 1]]
    if (
        len(words) > 1
        and not gazetteer.exact(" ".join(words))
        and kind_of_word(words[-1].lower())
        and gazetteer.exact(" ".join(words[:-1]))
    ):
        return first, last - 1
    return first, last


def _without_side(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> int:
    """Where "East Mosul" starts without its side, if the gazetteer knows only the whole."""
    words = [t.text for t in tokens[first : last + 1]]
    if (
        len(words) > 1
        and words[0].lower() in DIRECTIONS
        and not gazetteer.lookup(" ".join(words))
        and gazetteer.lookup(" ".join(words[1:]))
    ):
        return first + 1
    return first


def _sided(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> int:
    """Where a name starts once a side that is part of it is taken in: "northern Iraq", where the gazetteer has such a region."""
    name = " ".join(t.text for t in tokens[first : last + 1])
    for start in (first - 1, first - 3):
        side = "".join(t.lower for t in tokens[max(0, start) : first])
        if start >= 0 and (side in DIRECTIONS or side == "central") and gazetteer.lookup(f"{side} {name}"):
            return start
    return first


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    while first < last and tokens[first].pos in ("DET", "ADP", "PUNCT"):
        first += 1
    while last > first and (tokens[last].pos == "PUNCT" or tokens[last].text in ("'s", "’s", "'", "’")):
        last -= 1
    return first, last


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() or (token.text[:3] in ("al-", "el-", "as-", "ar-", "ad-") and token.text[3:4].isupper())


def _by_gazetteer(sentence: Sentence, taken: set[int], gazetteer: CompiledGazetteer) -> Iterator[tuple[int, int]]:
    """Longest runs of capitalised words that the gazetteer knows, where the newsreader marked nothing."""
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        end = _run_end(tokens, i, taken)
        for last in range(end, i - 1, -1):
            if _is_name(sentence, i, last, gazetteer):
                yield i, last
                i = last
                break
        i += 1


def _run_end(tokens: Sequence[Token], first: int, taken: set[int]) -> int:
    """The last word of the run of capitalised words that starts at `first`; `first - 1` where none starts there."""
    last, i = first - 1, first
    while i < min(len(tokens), first + _NAME_WORDS) and i not in taken:
        if _capital(tokens[i]) and tokens[i].text[:1].isalpha():
            last = i
        elif i == first or not (tokens[i].text in ("-", "of", "the", "de", "du", "al", "el", "e") or tokens[i].text.startswith("-")):
            break
        i += 1
    return last


def _is_name(sentence: Sentence, first: int, last: int, gazetteer: CompiledGazetteer) -> bool:
    tokens = sentence.tokens
    head = tokens[first]
    words = " ".join(t.text for t in tokens[first : last + 1])
    if len(words) < 3 or fold(words) in NO_NAMES or country_of_demonym(words) or not all(t.pos != "VERB" for t in tokens[first : last + 1]):
        return False
    if first == last and head.pos not in ("PROPN", "NOUN", "X"):
        return False
    entries = gazetteer.lookup(words)
    if not entries:
        return False
    before = tokens[first - 1].lower if first else ""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and after.pos == "PROPN" and after.text[:1].isupper():
        return False
    if before in LOCATIVE or _type_after(tokens, last) or kind_of_word(before):
        return True
    return first > 0 and tokens[first - 1].pos != "PROPN" and gazetteer.prominence(entries[0]) >= _PLAIN_PROMINENCE


def _type_after(tokens: Sequence[Token], last: int) -> tuple[int, PlacePrecision] | None:
    """How many words after the name say its kind, and the kind."""
    for length in range(_TYPE_WORDS, 0, -1):
        words = tokens[last + 1 : last + 1 + length]
        if len(words) == length and all(w.pos in ("NOUN", "PROPN", "ADJ") for w in words):
            kind = kind_of_word(" ".join(w.lower for w in words))
            if kind:
                return length, kind
    return None


def _type_before(tokens: Sequence[Token], first: int) -> tuple[int, PlacePrecision] | None:
    """The word before the name ("the town of X", "Mount X") that says its kind: where it stands, and the kind."""
    i = first - 1
    if i >= 1 and tokens[i].lower == "the":
        i -= 1
    of = i >= 1 and tokens[i].lower == "of"
    if of:
        i -= 1
    for length in range(_TYPE_WORDS, 0, -1):
        if i - length + 1 < 0:
            continue
        words = " ".join(t.lower for t in tokens[i - length + 1 : i + 1])
        kind = kind_of_word(words)
        if kind and (of or tokens[i].pos in ("PROPN", "NOUN")):
            return i - length + 1, kind
    return None


def _toponym(text: str, sentence: Sentence, first: int, last: int, origin: Origin, gazetteer: CompiledGazetteer, floor: int) -> Toponym:
    tokens = sentence.tokens
    start, end, kind, shared = first, last, None, False
    after, before = _type_after(tokens, last), _type_before(tokens, first)
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


def _share_kinds(sentence: Sentence, found: list[Toponym]) -> list[Toponym]:
    """ "The villages of A, B and C", "A, B and C districts": the plural type word is said of every name of the list."""
    tokens = sentence.tokens

    def listed(one: Toponym, other: Toponym) -> bool:
        between = tokens[one.last + 1 : other.first]
        return 0 < len(between) <= 3 and all(t.lower in (",", "and", "or", "&", "the") for t in between)

    for i in range(1, len(found)):
        if found[i].kind is None and found[i - 1].shared and listed(found[i - 1], found[i]):
            found[i] = replace(found[i], kind=found[i - 1].kind, shared=True)
    for i in range(len(found) - 2, -1, -1):
        bare = tokens[found[i + 1].first - 1].lower != "the"  # not "Aleppo and the Damascus suburbs"
        if found[i].kind is None and found[i + 1].shared and bare and listed(found[i], found[i + 1]):
            found[i] = replace(found[i], kind=found[i + 1].kind, shared=True)
    return found


def _pointers(text: str, sentence: Sentence, covered: set[int]) -> Iterator[Toponym]:
    """ "The village", "that city", "there": places that stand for one named before."""
    tokens = sentence.tokens
    for token in tokens:
        if token.i in covered or token.lower not in POINTERS:
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


def _is_named(sentence: Sentence, token: Token, covered: set[int]) -> bool:
    """Whether a name stands in apposition ("the port of Izmail", "the town, Goma")."""
    return any(d.i in covered and d.base_rel in ("nmod", "appos", "compound", "flat") for d in sentence.dependents(token))
