"""Voices beside the clause: "reportedly", "according to X", "citing X", "by his account"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.sources import said
from khabar.extract.sources.matching import below, cue_at, negated, source_noun, tree
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import REPORTS, Voice
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Source, Token

_CITES = frozenset({"citing", "quoting", "cite", "quote"})
_BY_ACCOUNT = frozenset({"by", "in", "on", "from", "to"})
_BODIES = frozenset({"press", "state", "relief", "agent"})
_REACH = 8  # words within which the object of a phrase is sought where the tree does not give it


def hearsay(phrases: Phrases, token: Token) -> Iterator[Voice]:
    """ "reportedly", "allegedly"."""
    s = phrases.sentence
    cue = cue_at(s, reporting().adverbs, token)
    if cue is None:
        return
    head = s.head(token)
    if head.rel == "obl:agent":
        head = s.head(head)  # "killed, allegedly by soldiers"
    scope = tree(s, head) if clauses.is_verbal(head) else {head.i}
    source = Source(token.span, REPORTS, kind="carrier", cue=token.span)
    yield Voice(source, token, frozenset(scope), cue.stance, cue.told_as, cue.alleged, f"sources.hearsay “{token.text}”")


def phrase(phrases: Phrases, token: Token, speakers: Speakers, quoted: frozenset[int]) -> Iterator[Voice]:
    """ "according to X", "citing X", "as told to X"."""
    s = phrases.sentence
    cue = cue_at(s, reporting().phrases, token)
    if cue is None or cue.source == "subject":
        return
    noun = _object(phrases, token, len(cue.words))
    if noun is None:
        return
    cites = token.lower in _CITES
    if cites and not can_be_cited(phrases, noun):
        return
    scope = (_cited(phrases, token, quoted) if cites else None) or _around(phrases, token, noun)
    why = f"sources.phrase “{' '.join(cue.words)}”"
    for source in speakers.sources(phrases, noun, token, cue, scope):
        yield Voice(source, token, scope, cue.stance, cue.told_as, cue.alleged, why, rank=-1 if cites else 0)


def can_be_cited(phrases: Phrases, noun: Token) -> bool:
    """ "citing police", but not "citing a sharp deterioration": a reason is no source."""
    known = noun.pos in {"PRON", "PROPN", "NUM", "DET"} or phrases.is_party(noun) or bool(phrases.classes(noun) & _BODIES)
    return known or phrases.mention(noun) is not None or source_noun(phrases.sentence, noun) is not None


def conviction(phrases: Phrases, word: Token, speakers: Speakers) -> Iterator[Voice]:
    """ "The mayor is convinced that …", "was adamant that …"."""
    s = phrases.sentence
    sure = word.lower in word_list("is sure")
    made = s.head(word) if word.base_rel in {"xcomp", "obj"} and s.head(word).lemma.lower() == "make" else word
    who = next(iter(s.dependents(made, "nsubj")), None)  # "made it clear that …"
    scope = frozenset(below(s, word, "ccomp") | (below(s, made, "ccomp") - {word.i}))
    if not (sure or word.lower in word_list("is adamant")) or not scope or who is None or who.lower in {"it", "this", "that", "what"}:
        return
    cue = ReportingCue((word.lower,), "believe" if sure else "say", told_as="possible" if sure else None)
    if can_be_cited(phrases, who) and (sure or not negated(s, word)):
        for source in speakers.sources(phrases, who, word, cue, scope):
            yield Voice(source, word, scope, "asserts", cue.told_as, False, f"sources.conviction “{word.text}”")


def account(phrases: Phrases, noun: Token, speakers: Speakers) -> Iterator[Voice]:
    """ "by his account", "in the general's view", "by the count of the Red Cross"."""
    s = phrases.sentence
    owner = next(iter(s.dependents(noun, "nmod:poss", "compound")), None)
    if owner is None:  # "by the count of the Red Cross"
        owner = next((t for prep, t in clauses.obliques(s, noun) if prep == "of" and t.i > noun.i), None)
    if owner is None or noun.lemma.lower() not in word_list("one's account") or clauses.preposition(s, noun) not in _BY_ACCOUNT:
        return
    if noun.base_rel not in {"obl", "nmod", "conj", "appos"} or not (phrases.is_party(owner) or owner.pos == "PRON"):
        return
    source = speakers.owner(phrases, owner, noun, None)
    scope = frozenset(tree(s, s.head(noun)) - tree(s, noun))
    yield Voice(source, noun, scope, "asserts", None, False, f"sources.account “{noun.text}”")


def _cited(phrases: Phrases, token: Token, quoted: frozenset[int]) -> frozenset[int] | None:
    """What somebody who cites another says: "the daily reported, citing police sources"."""
    s = phrases.sentence
    above = s.head(token)
    verb = above if clauses.is_verbal(above) else clauses.governor_verb(s, token)
    cue = cue_at(s, reporting().verbs, verb) if verb is not None else None
    if verb is None or cue is None or verb.i == token.i:
        return None
    speaker = clauses.agent(s, verb)
    own = tree(s, token) | {verb.i} | (tree(s, speaker.token) if speaker is not None and speaker.token.head == verb.i else set())
    return (said.content(s, verb, cue, quoted) - own) or None


def _around(phrases: Phrases, token: Token, noun: Token) -> frozenset[int]:
    """The clause that a phrase stands in; at an edge of the sentence, all of it."""
    s = phrases.sentence
    above = s.head(noun)
    if above.i == token.i or above.lemma.lower() == "accord":
        above = s.head(above)
    own = tree(s, noun) | tree(s, token)
    edge = min(own) == 0 or not any(any(c.isalnum() for c in t.text) for t in s.tokens[max(own) + 1 :])
    return frozenset((set(range(len(s.tokens))) if edge else tree(s, above)) - own)


def _object(phrases: Phrases, token: Token, length: int) -> Token | None:
    """The noun of "according to X", "citing X", however it is attached."""
    s = phrases.sentence
    last = s.tokens[min(token.i + length - 1, len(s.tokens) - 1)]
    for start in (token, last):
        if start.base_rel in {"case", "mark", "fixed"}:
            noun = s.head(start) if start.base_rel != "fixed" else s.head(s.head(start))
            if noun.i > last.i:
                return noun
        beneath = [t for t in s.dependents(start, "obj", "obl", "nmod") if t.i > last.i]
        if beneath:
            return beneath[0]
    following = s.tokens[last.i + 1 : last.i + _REACH]
    return next((t for t in following if t.pos in {"NOUN", "PROPN", "PRON"} and t.base_rel not in {"compound", "nmod:poss"}), None)


def unnamed(phrases: Phrases, token: Token, cue: ReportingCue) -> Voice:
    """A phrase of hearsay that names nobody."""
    source = Source(token.span, REPORTS, kind="carrier", cue=token.span)
    scope = frozenset(tree(phrases.sentence, clauses.clause_head(phrases.sentence, token)))
    return Voice(source, token, scope, cue.stance, cue.told_as, cue.alleged, "sources.phrase")
