"""What a number counts: whose it is, and whether it is new or a total."""

from __future__ import annotations

from khabar.extract import clauses
from khabar.extract.phrases import Phrases, is_time
from khabar.knowledge.numbers import numbers
from khabar.knowledge.wordlists import word_list
from khabar.records import QuantityScope, Sentence, Token

_BESIDE = 4  # words behind a number within which "in all" or "so far" stands
_OPENING = 3  # words within which a sentence opens with it


def whose(phrases: Phrases, token: Token) -> str | None:
    """The words for what is counted in a phrase, without the number: "women", "Afghan soldiers"; None for a bare number."""
    s, noun = phrases.sentence, phrases.core(token)
    only_what = numbers().kind_of_trigger.get(noun.lemma.lower()) in {"killed", "injured", "displaced"}  # "40 dead"
    if noun.pos == "NUM" or numbers().is_number(noun.lower) or only_what:
        return None
    together = [noun, *(t for t in clauses.members(s, noun)[1:] if not s.dependents(t, "nummod", "det"))]
    return " and ".join(_words(s, t) for t in together)


def _words(s: Sentence, noun: Token) -> str:
    before = [t for t in s.dependents(noun, "amod", "compound") if t.i < noun.i and not numbers().is_number(t.lower)]
    words = [t for t in before if t.lower not in word_list("one more") and t.lemma.lower() not in word_list("others")]
    return " ".join(t.text for t in (*words, noun))


def scope(s: Sentence, head: Token, run: list[Token]) -> QuantityScope:
    """Whether a number is of the event alone, or a total that earlier news went into ("rose to 132", "80 since Friday", "21 in all")."""
    if any(t.lower in word_list("one more") for t in s.tokens[max(0, run[0].i - 2) : run[0].i]):
        return "incident"  # "another 12 people"
    if head.lemma.lower() in word_list("tolls") or _is_summed_up(s, run):
        return "cumulative"
    return "cumulative" if _goes_up_to(s, run[-1]) or _since(s, head) else "incident"


def _is_summed_up(s: Sentence, run: list[Token]) -> bool:
    beside = s.tokens[run[-1].i + 1 : run[-1].i + 1 + _BESIDE]
    places = (s.tokens[:_OPENING], beside, s.tokens[max(0, run[0].i - 2) : run[0].i], s.tokens[-_BESIDE:])
    texts = (" ".join(t.lower for t in words) for words in places)
    return any(f" {phrase} " in f" {text} " for text in texts for phrase in word_list("in all"))


def _goes_up_to(s: Sentence, number: Token) -> bool:
    """ "bringing the total to 80", "the number rose to 132"."""
    above = s.head(number)
    to = clauses.preposition(s, above) == "to" or any(t.lower == "to" for w in (number, above) for t in s.dependents(w, "case"))
    return to and any(t.lemma.lower() in word_list("goes up to") for t in s.ancestors(number))


def _since(s: Sentence, head: Token) -> bool:
    """ "since Friday", "this year": counted from a day on."""
    verb = clauses.governor_verb(s, head) or head
    times = (t for w in (head, verb) for t in s.dependents(w, "obl", "obl:unmarked", "nmod", "advcl"))
    return any(clauses.preposition(s, t) == "since" or (is_time(t) and _this_long(s, t)) for t in times)


def _this_long(s: Sentence, time: Token) -> bool:
    return time.lemma.lower() in {"year", "month", "week"} and any(t.lower == "this" for t in s.dependents(time, "det"))
