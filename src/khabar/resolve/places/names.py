"""Where names of places start and end in a sentence: from the newsreader's marks, and by the gazetteer where it marked nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import CompiledGazetteer, country_of_demonym, fold
from khabar.knowledge.gazetteer.typewords import kind_of_word
from khabar.records import Mention, PlacePrecision, Sentence, Span, Token
from khabar.resolve.places.words import BODIES, BORDERS, DIRECTIONS, INSIDE, LOCATIVE, NO_NAMES, OFFICE_NOUNS, ROADS

_TYPE_WORDS = 3
_NAME_WORDS = 6
_PLAIN_PROMINENCE = 90
_CITY_PROMINENCE = 150


def may_be_place(name: str, gazetteer: CompiledGazetteer) -> bool:
    """Not a people, a weekday or an armed group ("Hamas", "Hutu"), whatever the newsreader took it for."""
    if country_of_demonym(name) or fold(name) in NO_NAMES:
        return False
    entries = gazetteer.lookup(name)
    if entries and (entries[0].kind in ("country", "region", "province") or gazetteer.prominence(entries[0]) >= _CITY_PROMINENCE):
        return True
    return not any(actor.kind in BODIES for actor in register().lookup(name))


def titled(tokens: Sequence[Token], first: int) -> bool:
    """Whether a title stands before the name ("Major", "Gen."): then it is a person's, whatever the newsreader took it for."""
    before = tokens[first - 1] if first else None
    return before is not None and before.text[:1].isupper() and before.lower.rstrip(".") in OFFICE_NOUNS


def stands_as_place(tokens: Sequence[Token], first: int, mention: Mention, gazetteer: CompiledGazetteer) -> bool:
    """Whether a name taken for an organisation or a person stands where a place would ("at Dhaka University", "parts of Borno")."""
    before = [t.lower for t in tokens[max(0, first - 2) : first]]
    entries = gazetteer.lookup(mention.text)
    if not entries or not before:
        return False
    if mention.kind in ("ORG", "GROUP"):
        return any(word in INSIDE or word in ("to", "near") for word in before) and any(e.kind in ("site", "town") for e in entries)
    return (
        mention.kind in ("PERSON", "MISC")
        and (before[-1] in LOCATIVE or mention.kind == "MISC")
        and gazetteer.prominence(entries[0]) >= _PLAIN_PROMINENCE
    )


def in_list(tokens: Sequence[Token], inside: Sequence[int], placed: Sequence[Span]) -> bool:
    """Whether a name stands in a list right beside a place ("Andarab, X and Nahrin")."""

    def beside(step: int, i: int) -> bool:
        links = 0
        while 0 <= i < len(tokens) and links < 2 and tokens[i].lower in (",", "and", "or"):
            i, links = i + step, links + 1
        return links > 0 and 0 <= i < len(tokens) and any(span.overlaps(tokens[i].span) for span in placed)

    return beside(-1, inside[0] - 1) and beside(1, inside[-1] + 1)


def without_type(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> tuple[int, int]:
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


def without_side(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> int:
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


def with_own(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> int:
    """Where a name ends once what is its own is taken in: "Syria's coast", where the gazetteer has such a region."""
    if last + 2 < len(tokens) and tokens[last + 1].text in ("'s", "’s"):
        for end in (last + 4, last + 3, last + 2):
            words = " ".join(t.text for t in tokens[first : end + 1]).replace(" 's", "'s").replace(" ’s", "'s")
            if end < len(tokens) and gazetteer.exact(words):
                return end
    return last


def with_side(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> int:
    """Where a name starts once a side that is part of it is taken in: "northern Iraq", where the gazetteer has such a region."""
    name = " ".join(t.text for t in tokens[first : last + 1])
    for start in (first - 1, first - 3):
        side = "".join(t.lower for t in tokens[max(0, start) : first])
        if start >= 0 and (side in DIRECTIONS or side == "central") and gazetteer.lookup(f"{side} {name}"):
            return start
    return first


def trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    while first < last and tokens[first].pos in ("DET", "ADP", "PUNCT"):
        first += 1
    while last > first and (tokens[last].pos == "PUNCT" or tokens[last].text in ("'s", "’s", "'", "’")):
        last -= 1
    return first, last


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() or (token.text[:3] in ("al-", "el-", "as-", "ar-", "ad-") and token.text[3:4].isupper())


def by_gazetteer(sentence: Sentence, taken: set[int], gazetteer: CompiledGazetteer) -> Iterator[tuple[int, int]]:
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
    if before == "the" and not type_after(tokens, last) and entries[0].kind == "town":
        return False
    if before in LOCATIVE or type_after(tokens, last) or kind_of_word(before):
        return True
    known = entries[0].source != "khabar" or entries[0].kind in ("country", "region", "province")
    return first > 0 and known and tokens[first - 1].pos != "PROPN" and gazetteer.prominence(entries[0]) >= _PLAIN_PROMINENCE


def type_after(tokens: Sequence[Token], last: int) -> tuple[int, PlacePrecision] | None:
    """How many words after the name say its kind, and the kind."""
    for length in range(_TYPE_WORDS, 0, -1):
        words = tokens[last + 1 : last + 1 + length]
        if len(words) == length and all(w.pos in ("NOUN", "PROPN", "ADJ") for w in words):
            kind = kind_of_word(" ".join(w.lower for w in words))
            of = tokens[last + length + 1 : last + length + 3]
            if kind and not (kind == "town" and len(of) == 2 and of[0].lower == "of" and _capital(of[1])):  # "the Danube port of Izmail"
                return length, kind
    return None


def type_before(tokens: Sequence[Token], first: int) -> tuple[int, PlacePrecision] | None:
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


def border_names(sentence: Sentence, gazetteer: CompiledGazetteer) -> Iterator[tuple[int, int]]:
    """First and last token of "X-Y border", whatever the newsreader took its parts for."""
    for token in sentence.tokens:
        if token.lower in BORDERS and token.i >= 3:
            words = " ".join(t.text for t in sentence.tokens[token.i - 3 : token.i + 1])
            if sentence.tokens[token.i - 2].text in ("-", "–", "/") and gazetteer.exact(words):
                yield token.i - 3, token.i


def both_ends(tokens: Sequence[Token], first: int, last: int, gazetteer: CompiledGazetteer) -> tuple[tuple[int, int], ...]:
    """The two names of "the Goma-Sake road", which is a stretch between them; empty where it is one name."""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is None or after.lower not in ROADS or gazetteer.exact(" ".join(t.text for t in tokens[first : last + 1])):
        return ()
    for i in range(first + 1, last):
        one, other = ("".join(t.text for t in tokens[a:b]) for a, b in ((first, i), (i + 1, last + 1)))
        if tokens[i].text in ("-", "–", "—", "/") and gazetteer.lookup(one) and gazetteer.lookup(other):
            return (first, i - 1), (i + 1, last)
    return ()
