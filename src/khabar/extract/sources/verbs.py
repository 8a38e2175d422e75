"""Voices of verbs: "X said that …", "it was reported that …", "footage showed …"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.extract import clauses, verdicts
from khabar.extract.clauses import Argument
from khabar.extract.phrases import Phrases
from khabar.extract.sources import accusations, asides, denials, said
from khabar.extract.sources.matching import below, cue_at, negated, source_noun, tree
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import NOBODY, REPORTS, Voice
from khabar.knowledge.ontology import ReportingCue, reporting, telling
from khabar.knowledge.wordlists import word_list
from khabar.records import Channel, Sentence, Source, Token

_UNNAMED = frozenset({"say", "hearsay", "claim", "allege", "learn", "show"})
"""Kinds of cue whose impersonal passive is hearsay ("it was claimed that …")."""

_VOICED = frozenset({"press", "state", "relief", "agent", "place"})
_PUT_OUT = frozenset({"release", "issue", "publish", "post", "make", "put", "send", "read", "circulate", "air", "broadcast"})
_SEEN_IN = frozenset({"in", "on", "from"})


def voices_of(phrases: Phrases, verb: Token, speakers: Speakers, quoted: frozenset[int]) -> Iterator[Voice]:
    """The voices that a verb brings in, active or passive."""
    s = phrases.sentence
    verdict = (*denials.by_verdict(phrases, verb, speakers), *denials.of_charges(phrases, verb, speakers))
    if verdict:
        yield from verdict
        return
    if clauses.is_passive(s, verb):
        raised = cue_at(s, reporting().passives, verb)
        cue = raised or cue_at(s, reporting().verbs, verb)
        if cue is not None:
            yield from _passive(phrases, verb, cue, speakers, raised is not None)
            yield from _denied_by_nobody(s, verb, cue)
        return
    cue = cue_at(s, reporting().verbs, verb) or _manner_of_speaking(phrases, verb)
    if cue is None:
        raised = cue_at(s, reporting().passives, verb)
        if raised is not None and raised.kind == "allege":
            yield from accusations.unnamed(phrases, verb, raised)
            return
        shown = next((t for t in s.dependents(verb, "nsubj") if source_noun(s, t) is not None), None)
        aside = verb.base_rel == "parataxis" and any(t.lower == "it" for t in s.dependents(verb, "nsubj"))
        if raised is not None and shown is None and (aside or below(s, verb, "xcomp", "ccomp", "csubj")):
            yield from _passive(phrases, verb, raised, speakers, True)
    elif not (cue.source == "carrier" and not _can_show(phrases, verb, cue)) and not _of_a_side_of_it(phrases, verb, cue):
        yield from _active(phrases, verb, cue, speakers, quoted)


def _manner_of_speaking(phrases: Phrases, verb: Token) -> ReportingCue | None:
    """ "The mayor grumbled that …": English makes verbs of saying of any noise. Whoever does something with a "that" clause says it,
    unless the verb takes the clause as given."""
    s = phrases.sentence
    clause = next((t for t in s.dependents(verb, "ccomp") if any(m.lower == "that" for m in s.dependents(t, "mark"))), None)
    lemma = verb.lemma.lower()
    if clause is None or clause.i < verb.i or lemma in word_list("takes it as so") or lemma in reporting().passives or telling().of(lemma):
        return None
    who = next(iter(s.dependents(verb, "nsubj")), None)
    if who is None or who.lower in {"it", "this", "that", "which", "what", "there"} or not asides.can_be_cited(phrases, who):
        return None
    return ReportingCue((lemma,), "say")


def _active(phrases: Phrases, verb: Token, cue: ReportingCue, speakers: Speakers, quoted: frozenset[int]) -> Iterator[Voice]:
    s = phrases.sentence
    scope = _hand_in_it(phrases, verb, cue) or said.content(s, verb, cue, quoted)
    opening = not scope and s.tokens[-1].text == ":"
    speaker = _speaker(phrases, verb, cue)
    if (
        speaker is None
        or not (scope or opening)
        or not _can_speak(phrases, verb, speaker, cue)
        or (cue.told_as is None and negated(s, verb))
    ):
        return
    yield from _cited_one(phrases, verb, cue, speakers, scope, speaker)
    if negated(s, verb) and verb.base_rel in {"xcomp", "conj"}:
        return
    told_as = cue.told_as if not negated(s, verb) else None
    stance = cue.stance if not (cue.stance == "denies" and negated(s, verb)) else "asserts"
    scope -= {verb.i} | (tree(s, speaker) if speaker.head == verb.i else set()) | denials.said_besides(s, verb, cue, scope)
    asserted = denials.own_version(s, verb, cue, scope)
    why = f"sources.opening “{verb.text}”" if opening else f"sources.verb “{verb.text}”"
    for source in speakers.sources(phrases, speaker, verb, cue, scope):
        yield Voice(source, verb, scope - asserted, stance, told_as, cue.alleged, why, itself=cue.kind == "claim")
        if asserted:
            yield Voice(source, verb, asserted, "asserts", None, False, why)
    yield from _put_out_by(phrases, speaker, cue, speakers, scope)
    quoting = _who_quotes(s, verb, cue)
    if quoting is not None and asides.can_be_cited(phrases, quoting):
        for source in speakers.sources(phrases, quoting, verb, replace(cue, channel=None), scope):
            yield Voice(source, verb, scope, "asserts", None, False, why, rank=1)


def _who_quotes(s: Sentence, verb: Token, cue: ReportingCue) -> Token | None:
    """ "The daily quoted residents as saying …": the daily."""
    above = s.head(verb)
    if cue.source != "object":
        as_said = verb.tag == "VBG" and verb.base_rel in {"advcl", "xcomp"} and clauses.preposition(s, verb) == "as"
        if not as_said or not clauses.is_verbal(above) or clauses.is_passive(s, above) or not s.dependents(above, "obj"):
            return None
    found = clauses.agent(s, verb if cue.source == "object" else above)
    return found.token if found is not None else None


def _put_out_by(phrases: Phrases, record: Token, cue: ReportingCue, speakers: Speakers, scope: frozenset[int]) -> Iterator[Voice]:
    """ "footage broadcast by state television", "a video that the army released": who put a record out stands behind what it shows."""
    s = phrases.sentence
    known = source_noun(s, record)
    if known is None or known.kind not in {"record", "carrier"}:
        return
    for verb in s.dependents(record, "acl"):
        if verb.lemma.lower() not in word_list("puts out") or verb.i < record.i:
            continue
        by = clauses.by_agent(s, verb) if clauses.is_passive(s, verb) else clauses.subject(s, verb)
        if by is not None and by.token.i != record.i and by.token.i not in scope:
            for source in speakers.sources(phrases, by.token, verb, cue, scope):
                yield Voice(source, verb, scope, "asserts", None, False, f"sources.put-out “{verb.text}”", rank=1)


def _can_speak(phrases: Phrases, verb: Token, speaker: Token, cue: ReportingCue) -> bool:
    """Whether somebody hands on a word: not nobody ("no group claimed …"), and for verbs that are not only of speech no abstraction
    ("hunger claims lives"), save where a clause follows: only who speaks can claim that something is so."""
    if speaker.lower in {"nobody", "none"} or any(t.lower in {"no", "neither"} for t in phrases.sentence.dependents(speaker, "det")):
        return False
    if cue.words == ("have", "it") and speaker.lemma.lower() in word_list("nobody's word"):
        return False
    if cue.kind == "retract" and verb.lemma.lower() not in {"retract", "recant"}:  # words are taken back here, and not ground
        taken = phrases.sentence.dependents(verb, "obj", "nsubj:pass")
        return any(t.lemma.lower() in verdicts.carriers() | {"word", "remark", "comment"} for t in taken)
    if cue.words[0] in word_list("carries news") and not phrases.sentence.dependents(verb, "ccomp"):
        outlet = source_noun(phrases.sentence, speaker)
        return bool(phrases.classes(speaker) & {"press"}) or (outlet is not None and outlet.channel == "media report")
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


def _denied_by_nobody(s: Sentence, verb: Token, cue: ReportingCue) -> Iterator[Voice]:
    """ "Allegations that troops fired are refuted": by whom nobody says, but the report does not tell them as its own."""
    if cue.stance != "denies" or negated(s, verb) or clauses.by_agent(s, verb) is not None:
        return
    carried = (t for t in s.dependents(verb, "nsubj") if t.lemma.lower() in verdicts.carriers())
    scope = frozenset(i for t in carried for i in tree(s, t))
    if scope:
        yield Voice(Source(None, NOBODY), verb, scope, "denies", "not-happened", False, f"sources.denied-by-nobody “{verb.text}”")


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


def _of_a_side_of_it(phrases: Phrases, verb: Token, cue: ReportingCue) -> bool:
    """ "disputes the number of dead": whoever does so does not deny that there are any."""
    objects = phrases.sentence.dependents(verb, "obj")
    return cue.stance == "denies" and any(t.lemma.lower() in word_list("sides of it") for t in objects)


def _hand_in_it(phrases: Phrases, verb: Token, cue: ReportingCue) -> frozenset[int]:
    """ "denied any part in the massacre": whoever denies it denies the part, and not that the massacre happened."""
    objects = phrases.sentence.dependents(verb, "obj") if cue.stance == "denies" else ()
    return frozenset(t.i for t in objects if t.lemma.lower() in word_list("hands in it"))


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
    if verb.base_rel == "parataxis" and any(t.lower == "it" for t in s.dependents(verb, "nsubj")):
        told |= tree(s, s.head(verb)) - tree(s, verb)  # "…, it emerged on Sunday"
    if not told:
        return
    scope = frozenset(told)
    scenes = (verb, *s.dependents(verb, "xcomp")) if cue.kind != "allege" else ()
    seen = next((t for v in scenes for p, t in clauses.obliques(s, v) if p in _SEEN_IN and source_noun(s, t)), None)
    agent = clauses.by_agent(s, verb)
    known = source_noun(s, seen) if seen is not None else None
    if agent is not None and known is not None and known.kind != "record":
        seen = None  # "claimed by the militia in a message"
    if seen is not None:
        scope -= tree(s, seen)
    by = Argument(seen, "the record it was seen in") if seen is not None else agent
    if by is not None and negated(s, verb) and cue.told_as is None:
        return  # "was not claimed by any group"
    if by is not None:
        why = f"sources.passive “{verb.text}”"
        for source in speakers.sources(phrases, by.token, verb, cue, scope):
            yield Voice(source, verb, scope, cue.stance, cue.told_as, cue.alleged, why, itself=claimed)
        yield from _put_out_by(phrases, by.token, cue, speakers, scope)
    elif cue.kind == "allege":
        yield from accusations.unnamed(phrases, verb, cue)
    elif (raised or clause) and not _of_nothing(phrases, verb) and (cue.source == "reports" or cue.kind in _UNNAMED):
        channel: Channel | None = "media report" if verb.lemma == "report" else None
        source = Source(verb.span, REPORTS, channel=channel, kind="carrier", cue=verb.span)
        yield Voice(source, verb, scope, cue.stance, cue.told_as, cue.alleged, f"sources.passive “{verb.text}”")
