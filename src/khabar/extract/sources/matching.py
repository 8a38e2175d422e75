"""Words of a sentence matched to the cues of reporting."""

from __future__ import annotations

from collections.abc import Mapping

from khabar.extract import clauses, verdicts
from khabar.knowledge.ontology import ReportingCue, SourceNoun, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_LOOK = 4  # words within which the next word of a phrase must follow

_NOT = frozenset({"not", "never", "n't", "neither", "nor"})

Table = Mapping[str, tuple[ReportingCue, ...]]


def cue_at(s: Sentence, table: Table, token: Token) -> ReportingCue | None:
    """The longest cue of a table that begins at a word."""
    for spelling in dict.fromkeys((token.lemma.lower(), token.lower)):
        for cue in table.get(spelling, ()):
            if follows(s, token, cue.words[1:]) and not _with_particle(s, token, cue) and not _in_a_compound(s, token, cue):
                return cue
    return None


def _with_particle(s: Sentence, token: Token, cue: ReportingCue) -> bool:
    """ "carried out" is not "carried"."""
    return any(t.lower not in cue.words for t in s.dependents(token, "compound:prt"))


def _in_a_compound(s: Sentence, token: Token, cue: ReportingCue) -> bool:
    """ "on an old air base" is not "on air"."""
    if len(cue.words) < 2:
        return False
    last = next((t for t in s.tokens[token.i + 1 : token.i + _LOOK * len(cue.words)] if t.lower == cue.words[-1]), None)
    return last is not None and last.rel == "compound" and last.head == last.i + 1


def follows(s: Sentence, token: Token, words: tuple[str, ...]) -> bool:
    """Whether the rest of a phrase follows a word, or hangs on it as a preposition ("put the toll at 12")."""
    if len(words) == 1 and any(prep == words[0] for prep, _ in clauses.obliques(s, token)):
        return True
    if len(words) == 1 and any(words[0] == t.lower for t in s.dependents(token, "xcomp")):
        return True
    if words == ("at",) and s.dependents(token, "obj"):
        return any(t.lower == "at" and t.i > token.i for t in s.subtree(token))
    at = token.i
    for word in words:
        found = next((t for t in s.tokens[at + 1 : at + _LOOK] if word in (t.lower, t.lemma.lower())), None)
        if found is None:
            return False
        at = found.i
    return True


def source_noun(s: Sentence, token: Token) -> SourceNoun | None:
    """What kind of voice a noun is or carries: a spokesman, a statement, footage."""
    cues = reporting()
    if token.i:
        first, last = s.tokens[token.i - 1].lemma.lower(), (token.lemma.lower(),)
        for table in (cues.evidence, cues.media, cues.speakers):
            for noun in table.get(first, ()):
                if noun.words[1:] == last:
                    return noun
    named = (cues.media, cues.evidence, cues.speakers)
    for table in named if token.pos == "PROPN" else named[1:]:  # "Telegram" is a platform, a telegram a document
        for noun in table.get(token.lemma.lower(), ()):
            if follows(s, token, noun.words[1:]):
                return noun
    return None


def tree(s: Sentence, token: Token) -> set[int]:
    return {t.i for t in s.subtree(token)}


def below(s: Sentence, token: Token, *rels: str) -> set[int]:
    """The words of all dependents of given relations."""
    return {i for t in s.dependents(token, *rels) for i in tree(s, t)}


def negated(s: Sentence, verb: Token) -> bool:
    """Whether a verb of saying is denied: "did not say", "refused to confirm", "could neither confirm nor deny"."""
    if any(t.lemma.lower() in _NOT or verdicts.is_no_longer(s, t) for t in s.dependents(verb, "advmod", "cc", "cc:preconj")):
        return True
    above = s.head(verb)
    if verb.base_rel == "conj" and above.i != verb.i and not s.dependents(verb, "nsubj"):
        return negated(s, above)
    return (verb.base_rel == "xcomp" and above.lemma.lower() in word_list("will not say")) or verdicts.is_withheld(s, verb)
