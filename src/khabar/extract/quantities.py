"""Quantities: the numbers that belong to an event, as bounds, with their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from khabar.extract import clauses
from khabar.extract.draft import Draft, Role
from khabar.extract.phrases import Phrases
from khabar.knowledge.numbers import Bounds, numbers
from khabar.records import Quantity, QuantityKind, Sentence, Span, Token, Value

_SINGULAR = frozenset({"a", "an"})
_COUNTS_ONE = frozenset({"killed", "injured"})


def attach(draft: Draft) -> None:
    """Read the numbers of a draft's parties, of its trigger noun, and of what they include."""
    seen: set[int] = set()
    for role in _counted(draft):
        kind = _kind(draft, role)
        if kind is None:
            continue
        for number, bounds, span in _numbers_of(role.phrases, role.whole or role.token):
            if number.i not in seen:
                seen.add(number.i)
                draft.quantities.append(_quantity(kind, bounds, span, draft, f"the number of “{role.token.text}”"))
        if not seen and kind in _COUNTS_ONE and _is_one(role):
            draft.quantities.append(_quantity(kind, Bounds(1, 1), role.phrases.span(role.token), draft, "one, by its article"))
    if draft.rule.pos == "noun":
        kind = (
            "other" if draft.type != "casualties" else cast(QuantityKind, numbers().kind_of_trigger.get(draft.head.lemma.lower(), "killed"))
        )
        for number, bounds, span in _numbers_of(draft.phrases, draft.head):
            if number.i not in seen:
                draft.quantities.append(_quantity(kind, bounds, span, draft, "the number of the events"))


def _counted(draft: Draft) -> list[Role]:
    """Whose number it is: the targets', and the actors' where the event is theirs alone."""
    alone = draft.type in {"mobilize", "displace", "surrender", "withdraw", "strength", "protest"}
    return [*draft.targets, *(draft.actors if alone or (draft.type == "battle" and draft.rule.frame.endswith("suffers")) else [])]


def _kind(draft: Draft, role: Role) -> QuantityKind | None:
    known = numbers()
    words = " ".join(t.lemma.lower() for t in draft.words)
    kind = known.kind_of_trigger.get(words) or known.kind_of_trigger.get(draft.head.lemma.lower())
    classes = role.phrases.classes(role.token)
    people = classes & {
        "armed",
        "civilians",
        "police",
        "protected",
        "person",
        "captives",
        "crowd",
        "officials",
        "people",
    } or role.token.pos in {"NUM", "PRON"}
    thing = next((known.kind_of_class[c] for c in sorted(classes) if c in known.kind_of_class), None)
    if kind in {"killed", "injured"} and draft.type == "destroy":
        kind = None
    if not people and thing:
        return cast(
            QuantityKind, thing if draft.type in {"capture", "hold", "mobilize", "strength", "aid", "surrender", "destroy"} else "other"
        )
    if kind == "captured" and draft.type == "capture":
        kind = "captured" if people else "other"
    if kind:
        return cast(QuantityKind, kind)
    return cast(QuantityKind, known.kind_of_type.get(draft.type, "other"))


def _quantity(kind: QuantityKind, bounds: Bounds, span: Span, draft: Draft, why: str) -> Value[Quantity]:
    words = ""  # filled by the stage, which has the text
    return Value(Quantity(span, kind, words, bounds.low, bounds.high), span, because=f"quantities.{numbers().policy}: {why}")


def _numbers_of(phrases: Phrases, token: Token) -> Iterator[tuple[Token, Bounds, Span]]:
    """The numbers of a phrase: its numeral, the numeral it consists of, and those of what it includes."""
    sentence = phrases.sentence
    own = [t for t in (token, *sentence.dependents(token, "nummod", "amod", "compound")) if numbers().is_number(t.lower)]
    core = phrases.core(token)
    if core.i != token.i:
        own += [t for t in sentence.dependents(core, "nummod") if numbers().is_number(t.lower)]
    used: set[int] = set()
    for numeral in own:
        run = _run(sentence, numeral)
        if numeral.i in used or not run:
            continue
        used.update(t.i for t in run)
        bounds = _bounds(sentence, run)
        if bounds is not None:
            yield run[-1], bounds, Span(run[0].span.start, run[-1].span.end)
    for below in sentence.dependents(token, "nmod"):
        if clauses.preposition(sentence, below) == "including":
            for member in clauses.members(sentence, below):
                yield from _numbers_of(phrases, member)


def _run(sentence: Sentence, numeral: Token) -> list[Token]:
    """The words of a number around one of them: "tens of thousands", "twenty-three", "2.5 million"."""
    known, tokens = numbers(), sentence.tokens

    def part(i: int) -> bool:
        if not 0 <= i < len(tokens):
            return False
        word = tokens[i].lower
        if known.is_number(word):
            return True
        inside = 0 < i < len(tokens) - 1 and known.is_number(tokens[i - 1].lower) and known.is_number(tokens[i + 1].lower)
        if word == "of":
            return inside and tokens[i - 1].lower in known.vague and tokens[i + 1].lower in known.vague
        return inside and word in {"-", "and"} and (word == "-" or tokens[i - 1].lower in {"hundred", "thousand"})

    first = last = numeral.i
    while part(first - 1):
        first -= 1
    while part(last + 1):
        last += 1
    return list(tokens[first : last + 1])


def _bounds(sentence: Sentence, run: list[Token]) -> Bounds | None:
    known = numbers()
    before = tuple(t.lower for t in sentence.tokens[max(0, run[0].i - 5) : run[0].i])
    after = tuple(t.lower for t in sentence.tokens[run[-1].i + 1 : run[-1].i + 5])
    if any(_follows(after, phrase) for phrase in known.rates):
        return None
    bounds = known.read([t.lower for t in run])
    if bounds is None or (bounds.low is None and bounds.high is None):
        return None
    spread = _range(before, bounds)
    if spread is not None:
        return spread
    if any(before[-len(p) :] == p for p in known.at_least) or after[:2] == ("or", "more") or after[:1] == ("+",):
        return Bounds(bounds.low, None)
    if any(before[-len(p) :] == p for p in known.at_most):
        return Bounds(None, bounds.high)
    return bounds


def _follows(after: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(after[k : k + len(phrase)] == phrase for k in (0, 1))


def _range(before: tuple[str, ...], upper: Bounds) -> Bounds | None:
    """ "between 40 and 50", "40 to 50": the lower end stands before."""
    if len(before) < 2 or before[-1] not in {"and", "to", "-", "–", "or"} or upper.low is None:
        return None
    lower = numbers().read([before[-2]])
    if lower is None or lower.low is None or lower.low >= upper.low:
        return None
    if before[-1] in {"and"} and "between" not in before:
        return None
    return Bounds(lower.low, upper.high)


def _is_one(role: Role) -> bool:
    """ "a teacher": one person, told by the article."""
    core = role.token
    if core.tag != "NN" or not role.phrases.classes(core) & {"civilians", "armed", "police", "protected", "person", "officials"}:
        return False
    return any(t.lower in _SINGULAR for t in role.sentence.dependents(core, "det"))
