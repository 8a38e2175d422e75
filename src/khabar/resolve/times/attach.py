"""Which time belongs to which trigger: the expression nearest in the tree, with the date of a speech kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khabar.knowledge.timewords import time_words
from khabar.records import Sentence, Span, Token
from khabar.resolve.times.expressions import Expression
from khabar.resolve.times.lookup import tokens_before, tokens_in, top_token
from khabar.resolve.times.meanings import Bounded, Habit, Impossible, Length, Named, Stretch
from khabar.resolve.times.tense import predicate

# What a step of the tree costs on the way from a trigger to a time. Up: a governing clause's time mostly holds for what it
# governs. Down: a time inside a dependent clause mostly is that clause's own. Set by hand, then kept where the training
# reports' dates agreed best; a tenth more or less changes nothing there.
UP = {"conj": 1.0, "xcomp": 0.3, "advcl": 1.2, "acl": 1.4, "acl:relcl": 1.6, "ccomp": 0.8, "parataxis": 1.5, "appos": 0.8, "csubj": 0.6}
DOWN = {"conj": 1.6, "xcomp": 0.4, "advcl": 1.8, "acl": 1.8, "acl:relcl": 2.6, "ccomp": 1.4, "parataxis": 2.2, "appos": 1.2, "csubj": 1.0}
STEP = 0.4
SINCE = 1.0  # how much nearer a clause with "since" or "until" brings its time: it bounds the clause above
REACH = 3.2  # beyond it a time is another clause's
BOUNDING = frozenset({"since", "until", "till"})
LONG = frozenset({"month", "year", "decade", "century"})  # "the worst in years" compares; "the worst day in weeks of rallies" does not
BY_NAME = 0.6  # a war's name yields to a time of the clause: "the war in … from 1994 to 1996"
ASIDE = 0.8  # what it costs more where the time is part of another noun's phrase
FAR = 600  # characters from a trigger beyond which no time is its own, however the tree says
COMPARED = 12  # words back to a superlative


@dataclass(frozen=True, slots=True)
class Tie:
    """An expression as seen from a trigger: what the way to it costs, whether it is the day of a speech about the event, the
    bounding word it is reached through ("since the war began in 2013"), and whether the trigger lies in what it opens."""

    expression: Expression
    cost: float
    speech: bool = False
    through: str | None = None
    opened: bool = False


def ties(sentence: Sentence, trigger: Span, expressions: Sequence[Expression]) -> list[Tie]:
    """The expressions within reach of a trigger, cheapest first."""
    token = top_token(sentence, trigger)
    if token is None:
        return []
    above = _way_up(sentence, token)
    near = (e for e in expressions if abs(e.span.start - trigger.start) <= FAR)
    found = [tie for e in near if (tie := _tie(sentence, token, trigger, above, e))]
    return sorted(found, key=lambda t: (t.cost, abs(t.expression.span.start - trigger.start)))


def _way_up(sentence: Sentence, token: Token) -> dict[int, float]:
    """Each governor of a token, itself first, with what it costs to climb there."""
    costs, cost, below = {token.i: 0.0}, 0.0, token
    for governor in sentence.ancestors(token):
        cost += UP.get(below.rel, UP.get(below.base_rel, STEP))
        costs[governor.i] = cost
        below = governor
    return costs


def _tie(sentence: Sentence, token: Token, trigger: Span, above: dict[int, float], e: Expression) -> Tie | None:
    head = top_token(sentence, e.span)
    if head is None or isinstance(e.meaning, Habit | Impossible):
        return None
    if _compares(e) and is_comparison(sentence, e.span.start):
        return None
    if e.span.overlaps(trigger):
        return Tie(e, BY_NAME if isinstance(e.meaning, Named) else 0.0)
    if isinstance(e.meaning, Named) and e.meaning.goes_on:
        return None
    meeting, steps = _way_down(sentence, head, above)
    cost = above[meeting] + sum(_down_cost(t) for t in steps[1:])
    cost += ASIDE if _dates_another_noun(sentence, head, token, steps) else 0.0
    mark = _subordinator(sentence, steps)
    through = mark.lower if mark is not None else None
    if mark is not None and through == "since" and is_comparison(sentence, mark.span.start):
        return None
    cost -= SINCE if through else 0.0
    speech = _is_speech(sentence, token, trigger, head, e)
    opened = e.opens and inside_opened(sentence, token, e)
    if cost > REACH and not speech and not opened:
        return None
    return Tie(e, max(cost, 0.0), speech, through, opened)


def _way_down(sentence: Sentence, head: Token, above: dict[int, float]) -> tuple[int, list[Token]]:
    """The governor shared with the trigger, and the tokens from the expression's head up to just below it."""
    steps: list[Token] = []
    token = head
    while token.i not in above and token.head != token.i:
        steps.append(token)
        token = sentence.head(token)
    return (token.i if token.i in above else max(above, key=lambda i: above[i])), steps


def _down_cost(token: Token) -> float:
    return DOWN.get(token.rel, DOWN.get(token.base_rel, STEP))


def _dates_another_noun(sentence: Sentence, head: Token, token: Token, steps: Sequence[Token]) -> bool:
    """Whether the time is part of a noun phrase that the trigger stands outside of ("after last year's war")."""
    governor = sentence.head(head)
    return (
        governor.i != token.i
        and len(steps) > 1
        and governor.pos in ("NOUN", "PROPN")
        and head.base_rel in ("nmod", "amod", "compound", "nummod")
    )


def _is_speech(sentence: Sentence, token: Token, trigger: Span, head: Token, e: Expression) -> bool:
    """Whether the time hangs on a verb of speaking that tells the event, and stands on that verb's side of it."""
    words = time_words()
    if isinstance(e.meaning, Bounded | Length | Stretch):  # nobody says a thing since Monday, or for three weeks
        return False
    verb = _verb_before(sentence, e) or predicate(sentence, sentence.head(head))
    if not (verb.lemma.lower() in words.speech or _in_court(sentence, verb)) or verb.i == token.i or verb.span.overlaps(trigger):
        return False
    if sentence.head(token).i == verb.i and verb.lemma.lower() in words.enacting and token.base_rel in ("obj", "nsubj"):
        return False
    if any(t.i == token.i for t in sentence.ancestors(verb)) and verb.base_rel not in ("parataxis", "acl"):
        return False
    between = min(head.i, verb.i) < token.i < max(head.i, verb.i)
    return not (between and _is_content(sentence, token, verb))


def _in_court(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb tells of a day in court by what hangs on it: "went on trial on Wednesday"."""
    return any(t.lemma.lower() in time_words().courtroom for t in sentence.dependents(verb, "obl"))


def _is_content(sentence: Sentence, token: Token, verb: Token) -> bool:
    """Whether a clause lies between a trigger and the verb of speaking above it; an object ("condemned the attack") is none."""
    below = token
    for governor in sentence.ancestors(token):
        if below.base_rel in ("ccomp", "parataxis"):
            return True
        if governor.i == verb.i:
            return False
        below = governor
    return True


def _verb_before(sentence: Sentence, e: Expression) -> Token | None:
    """The verb of speaking that a time follows at once ("said on Tuesday"): there no parse is needed, and some are wrong."""
    for token in reversed(tokens_before(sentence, e.span.start, 3)):
        if token.pos in ("VERB", "AUX"):
            return token if token.lemma.lower() in time_words().speech and token.tag in ("VBD", "VBZ", "VBP") else None
        if token.pos not in ("ADP", "ADV", "DET"):
            return None
    return None


def _subordinator(sentence: Sentence, steps: Iterable[Token]) -> Token | None:
    """The word that opens the clause a time stands in, where that clause bounds the one above: "since", "until"."""
    for step in steps:
        if step.base_rel in ("advcl", "acl", "ccomp"):
            marks = (t for t in sentence.dependents(step, "mark", "case", "advmod") if t.i < step.i)
            return next((t for t in marks if t.lower in BOUNDING), None)
    return None


def inside_opened(sentence: Sentence, token: Token, e: Expression) -> bool:
    """Whether the trigger lies in what an offset opens: "two days after the truce ran out"."""
    if token.span.start < e.span.end:
        return False
    opener = next(iter(tokens_in(sentence, Span(e.span.end - 1, e.span.end))), token)
    top = sentence.head(opener)
    while sentence.head(top).i > opener.i and top.head != top.i:
        top = sentence.head(top)
    return top.i == token.i or any(t.i == top.i for t in sentence.ancestors(token))


def _compares(e: Expression) -> bool:
    meaning = e.meaning
    return (isinstance(meaning, Bounded) and meaning.bound == "since") or (isinstance(meaning, Length) and meaning.unit in LONG)


def is_comparison(sentence: Sentence, offset: int) -> bool:
    """ "The worst violence since the 1980s": a superlative right before, with no verb between."""
    comparing = time_words().comparing
    for token in reversed(tokens_before(sentence, offset, COMPARED)):
        if token.pos == "VERB":
            return False
        if token.tag in ("JJS", "RBS") or token.lower in comparing:
            return True
    return False
