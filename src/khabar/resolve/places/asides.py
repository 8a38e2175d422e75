"""Places that a sentence names without saying that anything happens there: where a speaker stands, where somebody is from."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.records import Sentence, Span, Token
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import OFFICE_NOUNS, OTHER_TIME, SAYING


def head_of(sentence: Sentence, toponym: Toponym) -> Token:
    """The token of the phrase whose governor lies outside it."""
    out = [
        t
        for t in sentence.tokens[toponym.first : toponym.last + 1]
        if (not toponym.first <= t.head <= toponym.last or t.head == t.i) and t.base_rel not in ("punct", "case", "det")
    ]
    phrases = (t for t in out if t.base_rel not in ("flat", "compound"))  # a part of the name hung elsewhere is a slip of the parser
    return next(phrases, out[0] if out else sentence.tokens[toponym.first])


def is_aside(sentence: Sentence, toponym: Toponym, head: Token, people: Sequence[Span]) -> bool:
    """Whether a place tells of who speaks and where, not of what is told: "an expert in Kiev", "said in Geneva", "the governor of X"."""
    if _follows_saying(sentence, toponym) or _origin(sentence, toponym, people):
        return True
    token = head
    for above in sentence.ancestors(head):
        nominal = token.base_rel in ("nmod", "compound", "appos")
        if nominal and above.pos in ("NOUN", "PROPN") and above.lemma.lower() in OFFICE_NOUNS:
            return sentence.tokens[max(0, toponym.first - 2)].text != ","
        if above.pos in ("VERB", "AUX"):
            return speaks(sentence, above) and token.base_rel in ("nsubj", "obl", "obj", "iobj")
        token = above
    return False


def speaks(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells of speech, and not in the passive ("clashes were reported in X" is no speech in X)."""
    return verb.lemma in SAYING and not any(d.rel == "nsubj:pass" for d in sentence.children[verb.i])


def _origin(sentence: Sentence, toponym: Toponym, people: Sequence[Span]) -> bool:
    """Where somebody is from, or what is set against ("Hamza Israr, 29, of Rawalpindi district"; "unlike in Bakhmut")."""
    before = [t for t in sentence.tokens[max(0, toponym.first - 6) : toponym.first] if t.lower != "the"]
    if len(before) >= 2 and before[-2].lower == "unlike":
        return True
    if not before or before[-1].lower not in ("of", "from"):
        return False
    rest = before[:-1]
    if len(rest) >= 3 and rest[-1].text == "," and rest[-2].pos == "NUM" and rest[-3].text == ",":  # "…, 29, of X"
        return True
    while rest and (rest[-1].pos in ("PUNCT", "NUM") or rest[-1].text.isdigit()):
        rest = rest[:-1]
    return bool(rest) and any(span.overlaps(rest[-1].span) for span in people)


def _follows_saying(sentence: Sentence, toponym: Toponym) -> bool:
    """As in "… told a press conference in Goma": a verb of telling a few words before, and no other clause between."""
    for token in reversed(sentence.tokens[max(0, toponym.first - 7) : toponym.first]):
        if token.pos == "PUNCT" or token.lower == "that":
            return False
        if token.pos in ("VERB", "AUX"):
            return token.lemma in SAYING and token.tag != "VBN"
    return False


def other_time(sentence: Sentence, head: Token, governor: Token) -> bool:
    """Whether a place stands in a clause of another time than the governor's: "have been killed since the president died at Kigali"."""
    token = head
    for above in sentence.ancestors(head):
        if token.base_rel == "advcl" and any(m.lower in OTHER_TIME for m in sentence.dependents(token, "mark")):
            return governor.i not in {t.i for t in sentence.subtree(token)}
        token = above
    return False
