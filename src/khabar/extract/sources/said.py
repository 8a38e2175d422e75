"""What is said: the words of a sentence that a verb of saying reports, by grammar and, for tags, by where they stand."""

from __future__ import annotations

from khabar.extract import clauses, verdicts
from khabar.extract.phrases import is_time
from khabar.extract.sources.matching import below, cue_at, source_noun, tree
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_TAG_MARKS = frozenset({",", '"', "”", "'", "’", "--", "—", "–", ";", ".", "-", "``", "''"})
_QUOTES = frozenset({",", ":", '"', "“", "‘", "'", "``", "that"})
_THINGS = frozenset({"it", "this", "that", "which", "what", "these", "those"})
_RELATIVE = frozenset({"WDT", "WP", "IN"})
_OWN_WORDS = ("nsubj", "obl", "advmod", "obj", "iobj", "aux", "obl:unmarked")
_TELLING_OF = frozenset({"say", "claim", "admit", "announce", "warn", "deny"})
_BESIDE = frozenset({"others", "some", "another", "one", "both", "all", "they", "he", "she", "it"})


def content(s: Sentence, verb: Token, cue: ReportingCue, quoted: frozenset[int]) -> frozenset[int]:
    """What is said: the clause or noun below the verb, or, where the verb stands aside, the clause it stands beside."""
    if " ".join(cue.words) in word_list("says by quoting") and not quoted:
        speakers = s.dependents(verb, "nsubj")
        somebody = any((t.pos in {"PRON", "PROPN"} and t.lower not in _THINGS) or source_noun(s, t) is not None for t in speakers)
        return tag(s, verb, quoted) if somebody else frozenset()
    scope = _governed(s, verb, cue) | _that_clauses(s, verb) | _topics(s, verb, cue)
    if verb.rel == "acl:relcl" and not scope:
        scope |= {i for t in s.dependents(s.head(verb), "acl:relcl") if t.i > verb.i for i in tree(s, t)}
    scope |= _what_it_was(s, verb)
    if verb.rel == "acl:relcl" and s.head(verb).lower == "what" and s.head(verb).base_rel == "nsubj" and not scope:
        scope |= tree(s, s.head(s.head(verb))) - tree(s, verb)  # "what its owners alleged was an attack"
    if _stands_aside(s, verb):
        scope |= tree(s, s.head(verb)) - tree(s, verb)
    tagged = tag(s, verb, quoted)
    if tagged:
        scope |= tagged
    elif verb.base_rel == "parataxis" and not scope:
        scope |= tree(s, s.head(verb)) - tree(s, verb)
    return frozenset(scope)


def _governed(s: Sentence, verb: Token, cue: ReportingCue) -> set[int]:
    """The clauses and objects of a verb. Some verbs say something only with a clause ("found that", not "found a body"); what is
    told of an object in passing ("a hill that the army took last year") is the reporter's."""
    word = cue.words[0]
    if " ".join(cue.words) in word_list("says by quoting"):
        return below(s, verb, "ccomp") if len(quoted_after(s, verb)) else set()
    if word in word_list("accuses somebody"):
        return below(s, verb, "xcomp", "ccomp", "csubj")
    if word in word_list("says by infinitive"):
        return below(s, verb, "xcomp", "ccomp")
    if word in word_list("says by clause") and len(cue.words) == 1:
        return below(s, verb, "ccomp", "csubj") | (_witnessed(s, verb) if cue.kind == "learn" else set())
    if word == "call":
        scope = below(s, verb, "xcomp")
        return scope | below(s, verb, "obj") if verb.base_rel == "acl" and s.head(verb).lower == "what" else scope
    scope = below(s, verb, "ccomp", "xcomp", "csubj")
    if cue.kind != "learn":
        shown = [t for t in s.dependents(verb, "iobj") if cue.kind == "show" and s.dependents(t, "acl")]  # "show soldiers looting"
        for t in (*s.dependents(verb, "obj"), *shown):
            scope |= tree(s, t) - _aside(s, t)
            scope |= _beside(s, verb, t)
    others = (t for t in s.dependents(verb, "conj") if t.i > verb.i)
    return scope - {i for t in others for i in tree(s, t)}


def _beside(s: Sentence, verb: Token, noun: Token) -> set[int]:
    """ "confirmed the death of two men in the strike": where the noun happened, right behind it, whatever it was hung on."""
    end = max(tree(s, noun)) + 1
    phrase = next((t for t in s.dependents(verb, "obl") if min(tree(s, t)) == end), None)
    if phrase is None or is_time(phrase) or source_noun(s, phrase) is not None or clauses.preposition(s, phrase) not in {"in", "during"}:
        return set()
    return tree(s, phrase)


def _what_it_was(s: Sentence, verb: Token) -> set[int]:
    """ "after what they said was a drone attack": what "what" is."""
    if verb.rel != "acl:relcl" or s.head(verb).lower != "what" or verb.i + 1 >= len(s.tokens):
        return set()
    was = s.tokens[verb.i + 1]
    named = s.head(was)
    return {i for i in tree(s, named) if i > was.i} if was.lemma == "be" and was.base_rel in {"cop", "aux"} and named.i > was.i else set()


def _aside(s: Sentence, noun: Token) -> set[int]:
    """What is told of an object in passing; but "reports troops had fled", without "that", is what the reports say."""
    clauses_of = s.dependents(noun, "acl:relcl")
    if noun.lemma.lower() in verdicts.carriers():
        clauses_of = tuple(t for t in clauses_of if not _has_own_subject(s, t) or t.lemma.lower() in word_list("puts out"))
    return {i for t in clauses_of for i in tree(s, t)}


def _has_own_subject(s: Sentence, verb: Token) -> bool:
    relative = any(t.tag in {"WDT", "WP", "WP$"} for t in s.subtree(verb))
    return not relative and bool(s.dependents(verb, "nsubj"))


def _witnessed(s: Sentence, verb: Token) -> set[int]:
    """ "Witnesses saw soldiers beating men", "heard gunfire", "watched as …": what a witness tells is what was seen."""
    subject = next(iter(s.dependents(verb, "nsubj")), None)
    if subject is None and verb.base_rel == "conj":
        subject = next(iter(s.dependents(s.head(verb), "nsubj")), None)
    known = source_noun(s, subject) if subject is not None else None
    if known is None or known.kind != "witness":
        return set()
    seen = below(s, verb, "xcomp", "obj")
    while_ = (t for t in s.dependents(verb, "advcl") if t.i > verb.i and clauses.preposition(s, t) in {"as", "while", "how"})
    return seen | {i for t in while_ for i in tree(s, t)}


def quoted_after(s: Sentence, verb: Token) -> tuple[Token, ...]:
    """The clauses of a verb that follow it behind a comma, colon or quotation mark."""
    clauses_after = (t for t in s.dependents(verb, "ccomp") if t.i > verb.i)
    return tuple(t for t in clauses_after if any(x.text in _QUOTES for x in s.tokens[verb.i + 1 : t.i + 1]))


def _that_clauses(s: Sentence, verb: Token) -> set[int]:
    """A "that" clause which the parser hung on a phrase beside the verb, and a clause that follows without one."""
    found: set[int] = set()
    for t in s.dependents(verb, "obl:unmarked", "obl", "iobj"):
        for clause in s.dependents(t, "acl", "ccomp"):
            if any(m.lower == "that" for m in s.dependents(clause, "mark")):
                found |= tree(s, clause)
    for t in s.dependents(verb, "parataxis"):
        if t.i > verb.i and not _speaks_itself(s, t) and all(x.text != ";" or _leans(s, x) for x in s.tokens[verb.i : t.i]):
            found |= tree(s, t)
    return found


def _heads_only(s: Sentence, token: Token) -> set[int]:
    """ "called for an inquiry into the killing": what is called for, and not what that is about."""
    about = s.dependents(token, "nmod", "acl:relcl")
    return tree(s, token) - {i for t in about if clauses.preposition(s, t) not in {"of", None} or t.rel == "acl:relcl" for i in tree(s, t)}


def _topics(s: Sentence, verb: Token, cue: ReportingCue) -> set[int]:
    """ "spoke of an attack", "claimed responsibility for the attack", "quoted her as saying that …"."""
    found: set[int] = set()
    for prep, t in clauses.obliques(s, verb):
        topic = {"of", "about", *cue.words[1:]} | (
            {"as"} if cue.kind == "quote" or cue.words[0] in word_list("says what it was") else set()
        )
        if cue.words[0] in word_list("accuses somebody"):
            topic |= {"with", "for"}
        if cue.words[1:] == ("about",):
            continue  # to speak about a battle is not to say that there was one
        if prep in topic or (prep == "for" and cue.kind == "claim"):
            found |= _heads_only(s, t) if cue.words[1:] == (prep,) else tree(s, t) - below(s, t, "acl:relcl")
    for t in s.dependents(verb, "obj", "iobj", "obl"):
        if t.lower == "how":  # "spoke about how soldiers …"
            found |= tree(s, t)
        if t.base_rel != "obl" and _is_hearer(verb, t):  # "told the agency of the capture"
            found |= {i for prep, n in clauses.obliques(s, t) if prep in {"of", "about"} for i in tree(s, n) if n.i > t.i}
    for t in s.dependents(verb, "advcl"):
        marks = {m.lower for m in s.dependents(t, "mark", "case")}
        if (
            (cue.kind in _TELLING_OF and _is_gerund(s, t) and marks & {"of", "about", "to"})
            or (cue.kind == "quote" and "as" in marks)
            or (cue.kind == "allege" and marks & {"of", "for", "with"})
        ):
            found |= tree(s, t)
    return found


def _is_gerund(s: Sentence, verb: Token) -> bool:
    return verb.tag == "VBG" or any(t.tag == "VBG" for t in s.dependents(verb, "aux", "aux:pass"))


def _stands_aside(s: Sentence, verb: Token) -> bool:
    """ "as X said": the verb hangs below what it reports."""
    if verb.head == verb.i or verb.base_rel != "advcl":
        return False
    return any(t.lower == "as" for t in s.dependents(verb, "mark", "advmod")) and not (
        below(s, verb, "ccomp") or any(t.pos != "PRON" for t in s.dependents(verb, "obj"))
    )


def tag(s: Sentence, verb: Token, quoted: frozenset[int]) -> frozenset[int]:
    """ "…, he said": the words that a speech tag reports, by where it stands and not by the tree.

    A tag at the end speaks for the whole sentence, one in the middle from the semicolon before it on: what follows another one goes on in
    its voice. A clause joined to the tag in which somebody else speaks is not its own.
    """
    tokens = s.tokens
    first, last = _edges(s, verb)
    if not _is_tag(s, verb, first, last, quoted):
        return frozenset()
    own = tree(s, verb) if verb.base_rel != "root" else _speaker_words(s, verb)
    if last + 1 < len(tokens) and tokens[last + 1].text == ",":  # "had heard, she said, of shots"
        own -= {i for t in s.dependents(verb, "obl", "obj") if t.i > last + 1 for i in tree(s, t)}
    if not any(any(c.isalnum() for c in t.text) for t in tokens[last + 1 :] if t.i not in own):
        return frozenset(t.i for t in tokens[:first])
    start = max((t.i for t in tokens[:first] if t.text == ";"), default=-1)
    if last + 1 < len(tokens) and tokens[last + 1].text not in _TAG_MARKS and last + 1 not in own:
        return frozenset(t.i for t in tokens[start + 1 : first])
    others = {i for t in s.dependents(verb, "conj") if _speaks_itself(s, t) for i in tree(s, t)} - quoted
    return frozenset(t.i for t in tokens[start + 1 :] if not first <= t.i <= last and t.i not in own | others)


def _is_tag(s: Sentence, verb: Token, first: int, last: int, quoted: frozenset[int]) -> bool:
    tokens = s.tokens
    if verb.i in quoted and 0 not in quoted:
        return False
    if verb.rel in {"acl", "xcomp", "amod"} or first == 0 or tokens[first - 1].text not in _TAG_MARKS:
        return False
    following = tokens[last + 1].text if last + 1 < len(tokens) else None
    told = [
        t
        for t in s.dependents(verb, "ccomp", "xcomp", "obj")
        if t.i > verb.i and not (t.base_rel == "obj" and (t.lower == "it" or _is_hearer(verb, t)))
    ]
    if told and following not in {",", ";"}:
        return False
    return verb.rel != "acl:relcl" or (tokens[first].tag not in _RELATIVE and following in _TAG_MARKS)


def _is_hearer(verb: Token, token: Token) -> bool:
    """ "told reporters", "told him": to whom, and not what."""
    cues, word = reporting(), token.lemma.lower()
    if verb.lemma.lower() not in word_list("says to somebody"):
        return False
    return token.pos in {"PROPN", "PRON"} or any(word in table for table in (cues.speakers, cues.evidence, cues.media))


def _leans(s: Sentence, semicolon: Token) -> bool:
    """Whether what follows a semicolon only makes sense by what stands before it."""
    following = s.tokens[semicolon.i + 1] if semicolon.i + 1 < len(s.tokens) else None
    return following is not None and following.lower in _BESIDE


def _speaks_itself(s: Sentence, verb: Token) -> bool:
    return cue_at(s, reporting().verbs, verb) is not None and bool(s.dependents(verb, "nsubj"))


def _speaker_words(s: Sentence, verb: Token) -> set[int]:
    """The speaker's phrase and what is told of the speaking: when, where, to whom, while what; not for what end others acted."""
    own = {i for t in s.dependents(verb, *_OWN_WORDS) if t.i > verb.i for i in tree(s, t)}
    aside = (t for t in s.dependents(verb, "advcl") if t.i > verb.i and clauses.preposition(s, t) != "to")
    return own | {i for t in aside for i in tree(s, t)}


def _edges(s: Sentence, verb: Token) -> tuple[int, int]:
    """From the first to the last word of verb and speaker, where they stand together."""
    speaker = min(s.dependents(verb, "nsubj"), key=lambda t: abs(t.i - verb.i), default=None)
    places = {verb.i, *(t.i for t in s.dependents(verb, "aux", "compound:prt") if abs(t.i - verb.i) < 3)}
    if speaker is not None:
        places |= tree(s, speaker)
    return min(places), max(places)
