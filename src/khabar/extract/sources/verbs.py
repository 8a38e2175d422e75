"""Voices of verbs: "X said that …", "it was reported that …", "footage showed …"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.clauses import Argument
from khabar.extract.phrases import Phrases
from khabar.extract.sources import accusations, asides, said
from khabar.extract.sources.matching import below, cue_at, negated, source_noun, tree
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import REPORTS, Voice
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Channel, Source, Token

_UNNAMED = frozenset({"say", "hearsay", "claim", "allege", "learn", "show"})
"""Kinds of cue whose impersonal passive is hearsay ("it was claimed that …")."""

_VOICED = frozenset({"press", "state", "relief", "agent", "place"})
_PUT_OUT = frozenset({"release", "issue", "publish", "post", "make", "put", "send", "read", "circulate", "air", "broadcast"})
_SEEN_IN = frozenset({"in", "on", "from"})


def voices_of(phrases: Phrases, verb: Token, speakers: Speakers, quoted: frozenset[int]) -> Iterator[Voice]:
    """The voices that a verb brings in, active or passive."""
    s = phrases.sentence
    if clauses.is_passive(s, verb):
        raised = cue_at(s, reporting().passives, verb)
        cue = raised or cue_at(s, reporting().verbs, verb)
        if cue is not None:
            yield from _passive(phrases, verb, cue, speakers, raised is not None)
        return
    cue = cue_at(s, reporting().verbs, verb)
    if cue is None:
        raised = cue_at(s, reporting().passives, verb)
        if raised is not None and raised.kind == "allege":
            yield from accusations.unnamed(phrases, verb, raised)
            return
        shown = next((t for t in s.dependents(verb, "nsubj") if source_noun(s, t) is not None), None)
        if raised is not None and shown is None and below(s, verb, "xcomp", "ccomp", "csubj"):
            yield from _passive(phrases, verb, raised, speakers, True)
    elif not (cue.source == "carrier" and not _can_show(phrases, verb, cue)) and not _of_a_hand_in_it(phrases, verb, cue):
        yield from _active(phrases, verb, cue, speakers, quoted)


def _active(phrases: Phrases, verb: Token, cue: ReportingCue, speakers: Speakers, quoted: frozenset[int]) -> Iterator[Voice]:
    s = phrases.sentence
    scope = said.content(s, verb, cue, quoted)
    opening = not scope and s.tokens[-1].text == ":"
    speaker = _speaker(phrases, verb, cue)
    if speaker is None or not (scope or opening) or not _can_speak(phrases, verb, speaker, cue) or (cue.told_as is None and negated(s, verb)):
        return
    yield from _cited_one(phrases, verb, cue, speakers, scope, speaker)
    if negated(s, verb) and verb.base_rel in {"xcomp", "conj"}:
        return
    told_as = cue.told_as if not negated(s, verb) else None
    stance = cue.stance if not (cue.stance == "denies" and negated(s, verb)) else "asserts"
    scope -= {verb.i} | (tree(s, speaker) if speaker.head == verb.i else set())
    why = f"sources.opening “{verb.text}”" if opening else f"sources.verb “{verb.text}”"
    for source in speakers.sources(phrases, speaker, verb, cue, scope):
        yield Voice(source, verb, scope, stance, told_as, cue.alleged, why, itself=cue.kind == "claim")


def _can_speak(phrases: Phrases, verb: Token, speaker: Token, cue: ReportingCue) -> bool:
    """Whether somebody hands on a word: not nobody ("no group claimed …"), and for verbs that are not only of speech no abstraction
    ("hunger claims lives"), save where a clause follows: only who speaks can claim that something is so."""
    if speaker.lower in {"nobody", "none"} or any(t.lower in {"no", "neither"} for t in phrases.sentence.dependents(speaker, "det")):
        return False
    if cue.words[0] not in word_list("not only speech") or phrases.sentence.dependents(verb, "ccomp"):
        return True
    known = speaker.pos in {"PRON", "PROPN", "DET", "NUM"} or phrases.is_party(speaker) or bool(phrases.classes(speaker) & _VOICED)
    return known or phrases.mention(speaker) is not None or source_noun(phrases.sentence, speaker) is not None


def _cited_one(phrases: Phrases, verb: Token, cue: ReportingCue, speakers: Speakers, scope: frozenset[int], by: Token) -> Iterator[Voice]:
    """ "…, the agency quoted the mayor as saying": the mayor, whose words stand before the tag."""
    s = phrases.sentence
    if verb.lemma.lower() not in {"quote", "cite", "report"} or cue.source == "object":
        return
    saying = next((t for t in s.dependents(verb, "advcl", "xcomp", "obl") if t.tag == "VBG" and clauses.preposition(s, t) == "as"), None)
    cited = next(iter(s.dependents(verb, "obj")), None)
    if saying is None or cited is None or below(s, saying, "ccomp"):
        return
    said_words = scope - tree(s, cited) - tree(s, saying) - {verb.i} - tree(s, by)
    for source in speakers.sources(phrases, cited, verb, cue, said_words):
        yield Voice(source, verb, said_words, "asserts", None, False, f"sources.verb “{verb.text}”", rank=-1)


def _speaker(phrases: Phrases, verb: Token, cue: ReportingCue) -> Token | None:
    """Whose words they are: the subject; of "quoted X as saying", X."""
    s = phrases.sentence
    if cue.source == "object":
        cited = next(iter(s.dependents(verb, "obj", "obl")), None)
        return cited if cited is not None and asides.can_be_cited(phrases, cited) else None
    above = s.head(verb)
    if verb.tag == "VBG" and verb.base_rel == "advcl" and clauses.preposition(s, verb) == "as" and clauses.is_verbal(above):
        quoted = next((a.token for a in clauses.patients(s, above)), None)
        if quoted is not None:
            return quoted
    if verb.rel == "acl" and above.base_rel == "obj" and s.head(above).lemma.lower() in _PUT_OUT and verb.lemma.lower() == "say":
        author = clauses.agent(s, s.head(above))  # "released a statement saying …"
        if author is not None:
            return author.token
    if verb.base_rel == "ccomp" and above.rel == "acl:relcl" and not s.dependents(verb, "nsubj"):
        return s.head(above)  # "a video which they said showed …"
    found = clauses.agent(s, verb)
    return found.token if found is not None else None


def _can_show(phrases: Phrases, verb: Token, cue: ReportingCue) -> bool:
    """Whether something that can show it is the subject: footage, a report, an image, an outlet."""
    found = _speaker(phrases, verb, cue)
    return found is not None and (source_noun(phrases.sentence, found) is not None or "press" in phrases.classes(found))


def _of_a_hand_in_it(phrases: Phrases, verb: Token, cue: ReportingCue) -> bool:
    """ "denied any part in the massacre": whoever denies it does not deny that it happened."""
    objects = phrases.sentence.dependents(verb, "obj")
    return cue.stance == "denies" and any(t.lemma.lower() in word_list("hands in it") for t in objects)


def _reported_noun(phrases: Phrases, verb: Token) -> set[int]:
    """ "a reported strike", "with several explosions reported": the noun is hearsay; "the first reported strike" only counts."""
    s, noun = phrases.sentence, phrases.sentence.head(verb)
    if verb.lemma.lower() != "report" or verb.rel not in {"acl", "amod"}:
        return set()
    beside = {t.lower for t in s.dependents(noun, "det", "amod", "nummod", "advmod")}
    if beside & {"no", "first", "last", "only", "second", "latest"}:
        return set()
    return tree(s, noun) - tree(s, verb)


def _of_nothing(phrases: Phrases, verb: Token) -> bool:
    """ "No damage was reported": nobody reports it."""
    s = phrases.sentence
    if negated(s, verb):
        return True
    return any(d.lower in {"no", "neither"} for t in s.dependents(verb, "nsubj") for d in s.dependents(t, "det"))


def _passive(phrases: Phrases, verb: Token, cue: ReportingCue, speakers: Speakers, raised: bool) -> Iterator[Voice]:
    s = phrases.sentence
    clause = below(s, verb, "xcomp", "ccomp", "csubj", "csubj:pass")
    told = clause | below(s, verb, "nsubj:pass", "nsubj")
    if cue.kind == "allege":
        told = set(accusations.deeds(s, verb, cue))
    if clauses.by_agent(s, verb) is not None:  # "was quoted by the daily as saying …"
        told |= {
            i for t in s.dependents(verb, "advcl", "xcomp") if t.tag == "VBG" and clauses.preposition(s, t) == "as" for i in tree(s, t)
        }
    told |= _reported_noun(phrases, verb)
    claimed = verb.base_rel == "acl" and verb.rel != "acl:relcl" and verb.lemma.lower() == "claim"
    if claimed:
        told |= tree(s, s.head(verb)) - tree(s, verb) | {verb.i}
    if verb.base_rel == "advcl" and any(t.lower == "as" for t in s.dependents(verb, "mark", "advmod")):
        told |= tree(s, s.head(verb)) - tree(s, verb)
    if not told:
        return
    scope = frozenset(told)
    scenes = (verb, *s.dependents(verb, "xcomp")) if cue.kind != "allege" else ()
    seen = next((t for v in scenes for p, t in clauses.obliques(s, v) if p in _SEEN_IN and source_noun(s, t)), None)
    by = Argument(seen, "the record it was seen in") if seen is not None else clauses.by_agent(s, verb)
    if by is not None:
        why = f"sources.passive “{verb.text}”"
        for source in speakers.sources(phrases, by.token, verb, cue, scope):
            yield Voice(source, verb, scope, cue.stance, cue.told_as, cue.alleged, why, itself=claimed)
    elif cue.kind == "allege":
        yield from accusations.unnamed(phrases, verb, cue)
    elif (raised or clause) and not _of_nothing(phrases, verb) and (cue.source == "reports" or cue.kind in _UNNAMED):
        channel: Channel | None = "media report" if verb.lemma == "report" else None
        source = Source(verb.span, REPORTS, channel=channel, kind="carrier", cue=verb.span)
        yield Voice(source, verb, scope, cue.stance, cue.told_as, cue.alleged, f"sources.passive “{verb.text}”")
