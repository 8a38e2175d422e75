"""Voices of nouns: "the army's claim that …", "reports of clashes", "allegations that …"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.sources.matching import below, cue_at, source_noun, tree
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import REPORTS, Voice
from khabar.knowledge.ontology import ReportingCue, ontology, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Source, Span, Token

_MADE_OR_DENIED = frozenset({"make", "deny", "reject", "dismiss"})

_OWNED = frozenset({"warn", "announce"})
"""Kinds of noun that are a voice only as somebody's: a threat, a promise."""


def voices_of(phrases: Phrases, noun: Token, speakers: Speakers) -> Iterator[Voice]:
    """The voice of a noun that has a clause or a topic of its own."""
    s = phrases.sentence
    yield from _pictures(phrases, noun, speakers)
    cue = cue_at(s, reporting().nouns, noun)
    if cue is None:
        return
    told = {i for t in s.dependents(noun, "acl", "ccomp") if not _relative(phrases, t) for i in tree(s, t)} | {
        i for prep, t in clauses.obliques(s, noun) if prep in {"of", "about"} for i in tree(s, t)
    } | _set_apart(phrases, noun) | (_charged(phrases, noun) if cue.kind == "allege" else set())  # fmt: skip
    told |= _is_that(phrases, noun)
    if cue.words[-1] == "that":
        told = below(s, noun, "acl", "ccomp") | _set_apart(phrases, noun) | _is_that(phrases, noun)
    if not told or (noun.base_rel == "obl" and clauses.preposition(s, noun) in {"in", "by"} and _is_said(phrases, noun)):
        return
    scope, above = frozenset(told), s.head(noun)
    if noun.lemma.lower() in word_list("bare news") and noun.base_rel == "obj" and cue_at(s, reporting().verbs, above) is not None:
        return  # "put out word that …"
    if any(noun.lower in cue.words[1:] for cue in reporting().verbs.get(above.lemma.lower(), ())):
        return  # "broke the news that …": the verb says it
    why = f"sources.noun “{noun.text}”"
    owner = _owner(phrases, noun) if cue.source != "reports" else None
    if owner is None and noun.lemma.lower() in word_list("proofs") and any(t.pos == "PRON" for t in s.dependents(above, "nsubj")):
        return  # "says it has evidence that …": whoever says so
    if owner is not None:
        for source in speakers.sources(phrases, owner, noun, cue, scope):
            yield Voice(source, noun, scope, cue.stance, cue.told_as, cue.alleged, why)
    elif cue.kind not in _OWNED and (noun.base_rel != "obj" or above.lemma.lower() not in _MADE_OR_DENIED):
        known = source_noun(s, noun)
        source = Source(noun.span, REPORTS, channel=known.channel if known else cue.channel, kind="carrier", cue=noun.span)
        rank = 1 if noun.base_rel in {"obj", "obl"} and cue_at(s, reporting().verbs, above) is not None and above.i < noun.i else 0
        yield Voice(source, noun, scope, cue.stance, cue.told_as, cue.alleged, why, rank=rank)


def _is_that(phrases: Phrases, noun: Token) -> set[int]:
    """ "The mayor's claim is that …", "it is the mayor's contention that …"."""
    s = phrases.sentence
    clause = s.head(noun)
    if noun.rel == "nsubj:outer" and any(t.lower == "that" for t in s.dependents(clause, "mark")):
        return tree(s, clause) - tree(s, noun)
    return below(s, noun, "csubj") if s.dependents(noun, "cop") and s.dependents(noun, "expl") else set()


def _charged(phrases: Phrases, noun: Token) -> set[int]:
    """ "on trial for torturing prisoners", "charges over the killing": what the charge is for."""
    s = phrases.sentence
    below = s.dependents(noun, "nmod", "obl", "advcl", "acl")
    return {i for t in below if clauses.preposition(s, t) in {"for", "over"} for i in tree(s, t)}


def _pictures(phrases: Phrases, noun: Token, speakers: Speakers) -> Iterator[Voice]:
    """ "Footage of soldiers beating a man", "the army released a video of …": what they show, and who put them out."""
    s = phrases.sentence
    verb = s.head(noun)
    if noun.lemma.lower() not in word_list("pictures") or noun.lower == "picture":
        return
    shown = {i for prep, t in clauses.obliques(s, noun) if prep == "of" for i in tree(s, t)}
    beating = (t for t in s.dependents(noun, "acl") if t.tag == "VBG" and clauses.preposition(s, t) == "of")
    shown |= {i for t in beating for i in tree(s, t)}  # "of soldiers beating prisoners", taken for a clause
    if shown:
        shown |= {i for t in s.dependents(noun, "acl") if t.tag == "VBG" and t.i > min(shown) for i in tree(s, t)}
    scope = frozenset(shown | _set_apart(phrases, noun))
    if not scope:
        return
    known = source_noun(s, noun)
    first = min(noun.i, *(t.i for t in s.dependents(noun, "compound", "amod")), noun.i)
    span = Span(s.tokens[first].span.start, noun.span.end)
    name = span.of(speakers.document.text)
    source = Source(span, name, channel=known.channel if known else None, kind="record", cue=noun.span)
    yield Voice(source, noun, scope, "asserts", None, False, f"sources.pictures “{noun.text}”")
    by = clauses.agent(s, verb) if noun.base_rel in {"obj", "nsubj"} and verb.lemma.lower() in word_list("puts out") else None
    cue = cue_at(s, reporting().verbs, verb)
    if by is not None and by.token.i != noun.i and (cue is None or cue.words[0] in word_list("says by clause")):
        said = ReportingCue((verb.lemma.lower(),), "say")
        for source in speakers.sources(phrases, by.token, verb, said, scope):
            yield Voice(source, verb, scope, "asserts", None, False, f"sources.put-out “{verb.text}”", rank=1)


def _is_said(phrases: Phrases, noun: Token) -> bool:
    """ "said in a statement that …": the verb says it."""
    return cue_at(phrases.sentence, reporting().verbs, phrases.sentence.head(noun)) is not None


def _relative(phrases: Phrases, clause: Token) -> bool:
    """ "a statement that condemned the attack", "released after the attack": the clause tells of the noun, and not what it says."""
    if clause.rel == "acl" and clause.tag in {"VBG", "VBN"} and clauses.preposition(phrases.sentence, clause) is None:
        return not any(t.base_rel == "nsubj" for t in phrases.sentence.dependents(clause))
    subjects = phrases.sentence.dependents(clause, "nsubj")
    return clause.rel == "acl:relcl" and any(t.tag in {"WDT", "WP"} or t.lower in {"which", "that"} for t in subjects)


def _set_apart(phrases: Phrases, noun: Token) -> set[int]:
    """ "Word came from the front that …", "reports have emerged of …": what belongs to the subject but stands at the end."""
    s = phrases.sentence
    if noun.base_rel != "nsubj":
        return set()
    verb = s.head(noun)
    if clauses.preposition(s, verb) == "of" and s.dependents(verb, "cop"):  # "the first reports were of an attack"
        return tree(s, verb) - tree(s, noun) - below(s, verb, "conj")
    put_out = verb.lemma.lower() in word_list("puts out") and clauses.is_passive(s, verb)
    if not put_out and verb.lemma.lower() not in word_list("comes in"):
        return set()
    beside = (verb, *(t for prep, t in clauses.obliques(s, verb) if prep == "on"))  # "emerged on Sunday of soldiers beating …"
    about = {
        i for above in beside for prep, t in clauses.obliques(s, above) if prep in {"of", "about"} and t.i > verb.i for i in tree(s, t)
    }
    about |= {
        i
        for above in beside
        for t in s.dependents(above, "acl", "advcl")
        if clauses.preposition(s, t) == "of" and t.i > verb.i
        for i in tree(s, t)
    }
    if about:
        return about
    that = next((t for t in s.tokens[verb.i + 1 :] if t.lower == "that" and t.pos in {"SCONJ", "PRON"}), None)
    return {t.i for t in s.tokens[that.i + 1 :]} if that is not None else set()


def _owner(phrases: Phrases, noun: Token) -> Token | None:
    """Whose claim it is: "the army's claim", "claims by the army", "the army made claims"."""
    s = phrases.sentence
    beside = s.dependents(noun, "nmod:poss", "compound", "amod", "nmod")
    owner = next((t for t in beside if t.rel != "nmod" or clauses.preposition(s, t) in {"by", "from"}), None)
    if owner is None and noun.i + 2 < len(s.tokens) and s.tokens[noun.i + 1].lower == "by":
        owner = s.head(s.tokens[noun.i + 1])  # "denied claims by the rebels that …", wherever the parser hung them
    if owner is None and s.dependents(noun, "cop") and clauses.preposition(s, noun) == "of":
        owner = next(iter(s.dependents(noun, "nsubj")), None)  # "is of the opinion that …"
    if owner is not None and phrases.is_party(owner):
        return owner
    above = s.head(noun)
    if noun.base_rel == "obj" and noun.lemma.lower() in word_list("proofs") and clauses.is_verbal(above):
        finder = clauses.agent(s, above)
        return finder.token if finder is not None and finder.token.pos != "PRON" else None
    light = ontology().light.get(above.lemma.lower())
    if noun.base_rel == "obj" and clauses.is_verbal(above) and light is not None and light.subject == "actor":
        maker = clauses.agent(s, above)
        return maker.token if maker is not None else None
    return None
