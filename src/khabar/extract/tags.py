"""Repairs of trees around speech tags ("…, witnesses said, adding that …"), which parsers trained on little news often miss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.knowledge.ontology import ontology, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_TELLS = frozenset({"say", "announce", "claim", "confirm", "admit", "deny", "warn"})
_FINITE = frozenset({"VBD", "VBN", "VBZ", "VBP"})
_OPENS = frozenset({",", '"', "”", "’", "''", "--", "—", "–", ";"})
_PHRASE_ENDS = frozenset({"PUNCT", "ADP", "SCONJ", "VERB", "AUX"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})
_SPEAKING = frozenset({"threaten", "demand", "accuse", "reject", "agree", "support", "negotiate"})
_TURNS = frozenset({"threaten", "demand", "accuse"})
_AFTER = frozenset({"on", "in", "at", "late", "early", "through", "by", "via", "during", "after"})
_MANY, _ONE = frozenset({"NNS", "NNPS", "NNP"}), frozenset({"NN", "NNP"})
_AGREES = {"NN": _MANY, "VBP": _MANY, "NNS": _ONE, "VBZ": _ONE}
"""Tags of a verb's subject by the tag of the noun that the verb was taken for: plural for "claim", singular for "claims"."""
_ASIDE = 25  # words that a speaker's phrase with its asides may have
_REACH = 10  # words that a tag may have between its comma and its verb


def speakers(sentence: Sentence) -> Iterator[Token]:
    """ "…, witnesses and a doctor said": the noun between a comma and a verb of saying without subject is its subject."""
    for verb in sentence.tokens:
        if not _is_bare_tag(sentence, verb):
            continue
        beside = _speaker_with_aside(sentence, verb)
        if beside is not None:
            yield replace(beside, head=verb.i, rel="nsubj")
            yield from (replace(t, rel="iobj") for t in sentence.dependents(verb, "nsubj"))
            continue
        phrase = _between_comma_and(sentence, verb)
        outside = [t for t in phrase if not (phrase[0].i <= t.head < verb.i) or t.head == t.i]
        says = verb.lemma.lower() == "say"  # whoever it is
        heads = [t for t in outside if (t.pos in _NAMES or (says and t.pos in {"DET", "NUM", "ADJ"})) and t.head != t.i]
        if not heads or len(heads) < len([t for t in outside if t.pos != "PUNCT"]) or not (says or any(_can_speak(t) for t in heads)):
            continue
        yield replace(heads[0], head=verb.i, rel="nsubj")
        if verb.rel == "acl" and verb.tag in _FINITE - {"VBN"}:
            yield from _set_aside(sentence, verb)
        for joined in heads[1:]:
            yield replace(joined, head=heads[0].i, rel="conj")


def _set_aside(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """ "…, a monitor reported on Sunday": a finite tag describes no noun, but stands beside the whole."""
    above = sentence.ancestors(verb)
    main = next((t for t in above if t.head == t.i), None)
    if main is not None and main.i < verb.i:
        yield replace(verb, head=main.i, rel="parataxis")


def _speaker_with_aside(sentence: Sentence, verb: Token) -> Token | None:
    """ "…, the mayor of Odra, Ana Pol, told the radio": the speaker whose apposition or relative clause stands between it and the tag,
    taken by the parser for an apposition to a word before."""
    for token in sentence.tokens[max(0, verb.i - _ASIDE) : verb.i - 1]:
        if token.base_rel not in {"appos", "conj", "parataxis", "dep"} or token.pos not in _NAMES or not _can_speak(token):
            continue
        inside = [t.i for t in sentence.subtree(token) if t.pos != "PUNCT"]
        first, last = min(inside), max(inside)
        aside = any(t.text == "," for t in sentence.tokens[first:last])
        ends = last == verb.i - 1 or (last == verb.i - 2 and sentence.tokens[verb.i - 1].text == ",")
        if aside and ends and first and sentence.tokens[first - 1].text in _OPENS and token.head < first:
            return token
    return _before_aside(sentence, verb)


def _before_aside(sentence: Sentence, verb: Token) -> Token | None:
    """The noun in the stretch before last between commas, where the stretch is a phrase and no list: ", the mayor, a lawyer, told"."""
    commas = [t.i for t in sentence.tokens[max(0, verb.i - _ASIDE) : verb.i] if t.text == ","][-3:]
    if len(commas) < 3 or commas[-1] != verb.i - 1:
        return None
    first, aside = sentence.tokens[commas[0] + 1 : commas[1]], sentence.tokens[commas[1] + 1 : commas[2]]
    if any(t.pos in {"VERB", "AUX", "CCONJ", "SCONJ", "ADP"} for t in first) or not aside or aside[0].pos in {"CCONJ", "ADP", "VERB"}:
        return None
    heads = [t for t in first if t.pos in _NAMES and not first[0].i <= t.head <= first[-1].i]
    return heads[0] if len(heads) == 1 and heads[0].base_rel != "nsubj" and _can_speak(heads[0]) else None


def speakers_after(sentence: Sentence) -> Iterator[Token]:
    """ "…, say police sources": the noun after a verb of saying that stands behind a comma is its subject. In a headline ("Six killed,
    says army") what the parser took for its subject is what is said."""
    for verb in sentence.tokens:
        if not verb.i or not _is_speech(verb) or verb.tag == "VBG" or _needs_hearer(verb):
            continue
        if sentence.tokens[verb.i - 1].text not in _OPENS:
            continue
        below = sentence.dependents(verb)
        said_before = any(t.base_rel == "ccomp" and t.i < verb.i for t in below)
        if any(t.base_rel in {"xcomp", "aux"} or (t.base_rel == "ccomp" and t.i > verb.i and t.pos not in _NAMES) for t in below):
            continue
        if said_before and (any(t.base_rel == "nsubj" for t in below) or verb.lemma.lower() in word_list("says to somebody")):
            continue
        words = _phrase_after(sentence, verb)
        ends = verb.i + len(words) + 1 >= len(sentence.tokens) - 1
        inside = {t.i for t in words}
        heads = [t for t in words if t.head not in inside and t.pos in _NAMES]
        if (
            len(heads) != 1
            or heads[0].lemma.lower() in word_list("charges")
            or not _can_speak(heads[0])
            or (heads[0].rel == "nsubj" and heads[0].head == verb.i)
        ):
            continue
        named = heads[0].pos == "PROPN" and heads[0].base_rel == "obj"
        inverted = _is_inverted(sentence, verb, words)
        named = named or (inverted and heads[0].head == verb.i)
        others = (t for t in below if t.base_rel in {"obj", "nsubj"} and not (inverted and t.i < verb.i))
        if any(not (named and t.i == heads[0].i) for t in others) and not ends:
            continue
        if inverted and heads[0].i == verb.head:
            yield replace(verb, head=heads[0].head, rel="parataxis", tag="VBD")
        elif inverted and verb.base_rel == "conj" and not any(t.base_rel == "cc" for t in below):
            yield replace(verb, rel="parataxis", tag="VBD")
        yield replace(heads[0], head=verb.i, rel="nsubj")
        yield from (replace(t, rel="ccomp") for t in below if t.base_rel == "nsubj" and t.i < verb.i)


def _needs_hearer(verb: Token) -> bool:
    """ "…, told the radio": the noun behind it hears and does not speak; "…, warned officials" may be either."""
    lemma = verb.lemma.lower()
    return lemma in word_list("says to somebody") and all(cue.kind not in {"warn", "quote"} for cue in reporting().verbs.get(lemma, ()))


def _is_inverted(sentence: Sentence, verb: Token, words: tuple[Token, ...]) -> bool:
    """ "…, reported officials, with …": a verb of saying and its speaker, alone between commas."""
    after = verb.i + len(words) + 1
    if any(t.base_rel == "nsubj" and t.i < verb.i for t in sentence.dependents(verb)):
        return False
    closed = after >= len(sentence.tokens) or sentence.tokens[after].text in {",", ";", ".", "--", "—", "–", *_AFTER}
    return closed and verb.tag in {"VBD", "VBN"} and verb.lemma.lower() not in word_list("says to somebody")


def _phrase_after(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    end = verb.i + 1
    while end < len(sentence.tokens) and end <= verb.i + _REACH and sentence.tokens[end].pos not in _PHRASE_ENDS:
        end += 1
    return sentence.tokens[verb.i + 1 : end]


def headline_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "Group claims attack": the bare noun right before a finite verb is its subject, and no part of a compound."""
    for token in sentence.tokens[:-1]:
        verb = sentence.tokens[token.i + 1]
        joined = token.base_rel == "compound" and token.head == verb.i and verb.pos == "VERB" and verb.tag in {"VBZ", "VBD"}
        if joined and not any(t.base_rel == "nsubj" for t in sentence.dependents(verb)):
            yield replace(token, rel="nsubj")


def verbs_as_nouns(sentence: Sentence) -> Iterator[Token]:
    """ "The rebels claim 20 soldiers were killed": a noun of saying that shares a verb with a subject behind it, or stands before "that",
    is a verb, and the word before it, which agrees with it, its subject."""
    for token in sentence.tokens[1:-1]:
        verb, before = sentence.head(token), sentence.tokens[token.i - 1]
        if token.tag not in _AGREES or token.base_rel != "nsubj" or token.i > verb.i or not _says(token.lemma):
            continue
        if before.head != token.i or before.base_rel != "compound" or before.tag not in _AGREES.get(token.tag, ()):
            continue
        follows = [t for t in sentence.dependents(verb, "nsubj") if token.i < t.i < verb.i]
        if not follows and sentence.tokens[token.i + 1].lower != "that":
            continue
        yield replace(
            token,
            pos="VERB",
            tag="VBP" if token.tag in {"NN", "VBP"} else "VBZ",
            head=token.i if verb.head == verb.i else verb.head,
            rel=verb.rel,
        )
        yield replace(before, head=token.i, rel="nsubj")
        yield from (replace(t, head=before.i) for t in sentence.dependents(token) if t.i < before.i)
        yield replace(verb, head=token.i, rel="ccomp")


def seen_where(sentence: Sentence) -> Iterator[Token]:
    """ "where clashes have been reported": the noun after "where" is the subject of the passive."""
    for verb in sentence.tokens:
        below = sentence.dependents(verb)
        if verb.tag != "VBN" or not any(t.rel == "aux:pass" for t in below) or any(t.base_rel == "nsubj" for t in below):
            continue
        for token in below:
            if (
                token.i < verb.i
                and token.base_rel == "advcl"
                and token.pos == "NOUN"
                and any(t.tag == "WRB" for t in sentence.dependents(token))
            ):
                yield replace(token, rel="nsubj:pass")


def participles(sentence: Sentence) -> Iterator[Token]:
    """ "…, the minister said, adding that …": the participle goes with the tag before it, and so has its speaker."""
    for token in sentence.tokens:
        if token.tag != "VBG" or token.base_rel not in {"advcl", "acl", "conj", "xcomp", "parataxis"} or not _is_speech(token):
            continue
        if not token.i or sentence.tokens[token.i - 1].text != ",":
            continue
        verb = next(
            (t for t in reversed(sentence.tokens[max(0, token.i - _REACH) : token.i - 1]) if _is_speech(t) and t.tag in _FINITE), None
        )
        subject = next((t for t in sentence.dependents(verb, "nsubj") if t.i < verb.i), None) if verb is not None else None
        if verb is None or subject is None or subject.i == 0 or token.head == verb.i:
            continue
        first = min(t.i for t in sentence.subtree(subject))
        if first and sentence.tokens[first - 1].text in _OPENS and token.i not in {t.i for t in sentence.ancestors(verb)}:
            yield replace(token, head=verb.i, rel="advcl")


def joined_reports(sentence: Sentence) -> Iterator[Token]:
    """ "said the gunmen surrounded the village and opened fire": what is joined to a verb of saying after its clause, without a subject
    and no speech itself, goes on with the clause. Not after "had": "said he had fled and arrested two others"."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        if token.base_rel != "conj" or token.tag not in _FINITE or not _is_speech(verb) or _speaks(token):
            continue
        below = sentence.dependents(token)
        if any(t.base_rel in {"nsubj", "mark"} or (t.base_rel == "aux" and t.lemma == "have" and t.tag == "VBZ") for t in below):
            continue
        clause = next((t for t in sentence.dependents(verb, "ccomp") if verb.i < t.i < token.i), None)
        if clause is None or not any(t.base_rel == "nsubj" for t in sentence.dependents(clause)):
            continue
        perfect = any(t.lower == "had" for t in sentence.dependents(clause, "aux"))
        if not perfect or token.tag == "VBN":
            yield replace(token, head=clause.i)


def joined_clauses(sentence: Sentence) -> Iterator[Token]:
    """ "report that 23 were killed and another 20 were captured", "announced the end of the operation, and that 20 had died": a clause
    with a subject of its own that is joined to a verb of saying without a comma, or by "that", is said too."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        if token.base_rel != "conj" or token.i < verb.i:
            continue
        below = sentence.dependents(token)
        if any(t.lower == "that" and t.rel == "mark" for t in below):
            teller = next((t for t in (verb, *sentence.ancestors(verb)) if _is_speech(t)), None)
            if teller is not None:
                yield replace(token, head=teller.i, rel="ccomp")
            continue
        if not _is_speech(verb):
            continue
        clause = next((t for t in sentence.dependents(verb, "ccomp") if verb.i < t.i < token.i), None)
        cc = next((t for t in below if t.base_rel == "cc"), None)
        if clause is None or cc is None or _says(token.lemma) or not any(t.base_rel == "nsubj" for t in below):
            continue
        if sentence.tokens[cc.i - 1].text not in {",", ";", '"', "”", "''"}:
            yield replace(token, head=clause.i)


def joined_speech(sentence: Sentence) -> Iterator[Token]:
    """ "said the army had left and called for talks": an act of speech joined to what is said is the speaker's next, as a rule."""
    for token in sentence.tokens:
        clause = sentence.head(token)
        verb = sentence.head(clause)
        if token.base_rel != "conj" or token.tag not in _FINITE or clause.base_rel != "ccomp" or not _is_speech(verb) or verb.i > clause.i:
            continue
        below = sentence.dependents(token)
        bare = not any(t.base_rel in {"nsubj", "aux", "mark"} for t in below)
        if bare and _takes_turn(sentence, token) and not any(t.tag == "MD" for t in sentence.dependents(clause, "aux")):
            yield replace(token, head=verb.i)


def _takes_turn(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb, with the word after it, demands, threatens or accuses: "blamed", "called for"."""
    following = sentence.tokens[verb.i + 1].lower if verb.i + 1 < len(sentence.tokens) else ""
    rules = ontology().by_word.get(verb.lemma.lower(), ())
    return any(rule.type in _TURNS and rule.words[1:] in ((), (following,)) for rule in rules)


def _is_speech(token: Token) -> bool:
    cues = reporting().verbs.get(token.lemma.lower(), ())
    return (token.pos == "VERB" or token.tag in {"VBP", "VBZ", "VBD"}) and any(len(cue.words) == 1 and cue.kind in _TELLS for cue in cues)


def _says(lemma: str) -> bool:
    return any(len(cue.words) == 1 and cue.kind in _TELLS for cue in reporting().verbs.get(lemma.lower(), ()))


def _speaks(verb: Token) -> bool:
    """Whether a verb is itself an act of speech, and so likely the speaker's next."""
    rules = ontology().by_word.get(verb.lemma.lower(), ())
    return verb.lemma.lower() in reporting().verbs or any(len(rule.words) == 1 and rule.type in _SPEAKING for rule in rules)


def _is_bare_tag(sentence: Sentence, verb: Token) -> bool:
    if not _is_speech(verb) or verb.tag not in _FINITE or verb.base_rel in {"amod", "xcomp"} or not verb.i:
        return False
    hears = _needs_hearer(verb)
    if any(t.base_rel == "aux" or (t.base_rel == "nsubj" and not (hears and t.i > verb.i)) for t in sentence.dependents(verb)):
        return False
    following = sentence.tokens[verb.i + 1] if verb.i + 1 < len(sentence.tokens) else None
    return (
        following is None
        or following.pos == "PUNCT"
        or following.lower in _AFTER
        or following.pos == "PROPN"
        or (hears and verb.tag == "VBD" and following.tag != "TO")
    )


def _between_comma_and(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """The words between the last comma or quotation mark and a verb, if they hold no verb."""
    start = verb.i
    while start > max(0, verb.i - _REACH) and sentence.tokens[start - 1].text not in _OPENS:
        start -= 1
    words = sentence.tokens[start : verb.i]
    opened = start > 0 and sentence.tokens[start - 1].text in _OPENS
    return words if opened and words and not any(t.pos in {"VERB", "AUX"} for t in words) else ()


def _can_speak(token: Token) -> bool:
    if token.pos in {"PROPN", "PRON"}:
        return token.lower not in {"which", "that", "it's"}
    word, cues = token.lemma.lower(), reporting()
    return any(word in table for table in (cues.speakers, cues.evidence, cues.media)) or bool(
        ontology().classes_of(word) & {"armed", "officials", "organisation", "press", "person", "police", "civilians"}
    )
