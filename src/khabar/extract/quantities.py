"""Quantities: the numbers that belong to an event, as bounds, with their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from khabar.extract import clauses, counted
from khabar.extract.draft import Draft, Role
from khabar.extract.phrases import Phrases, is_time
from khabar.knowledge.numbers import Bounds, numbers
from khabar.knowledge.wordlists import word_list
from khabar.records import Quantity, QuantityKind, Sentence, Span, Token, Value

_Number = tuple[list[Token], Bounds, Span]

_ARMED_NUMBERS = frozenset({"battle", "attack", "besiege", "capture", "hold", "abduct", "detain"})
"""Types whose armed actors are counted as fighters."""

_SHARED_OUT = frozenset({"capture", "hold"})
"""Types whose places are told in shares too: "30 per cent of its territory"."""

_OWN = frozenset({"mobilize", "displace", "surrender", "withdraw", "strength", "protest"})
"""Types that are their actors' alone, so that the actors' number is the event's."""


def attach(draft: Draft) -> None:
    """Read the numbers of a draft's parties, of what it fires or takes, of its trigger noun, and of what they include."""
    seen: set[int] = set()

    def add(kind: QuantityKind, phrases: Phrases, token: Token, why: str) -> None:
        for run, bounds, span in _numbers_of(phrases, token, shares=draft.type in _SHARED_OUT):
            if run[-1].i not in seen:
                seen.add(run[-1].i)
                draft.quantities.append(_quantity(draft, kind, phrases, token, (run, bounds, span), why))

    for role in draft.targets:
        if role.token.lower in {"none", "neither"} and role.whole is None:
            continue  # "none of the 28 passengers"
        add(_kind(draft, role), role.phrases, role.whole or role.token, f"the number of “{role.token.text}”")
    for role in draft.actors:
        kind = _actor_kind(draft, role)
        if kind is not None:
            add(kind, role.phrases, role.whole or role.token, f"the number of “{role.token.text}”")
    for role in draft.counted:
        add(
            _kind(draft, role) if _people_number(role) else _counted_kind(role),
            role.phrases,
            role.token,
            f"the number of “{role.token.text}”",
        )
    if draft.rule.pos != "verb":
        add(_trigger_kind(draft), draft.phrases, draft.head, "the number of the events")
        _put_at(draft, seen)


def include(draft: Draft, *heads: Token) -> None:
    """ "killed in the attack, including five children": the included number is of the toll's kind, wherever the phrase hangs."""
    toll = next((q.value.kind for q in draft.quantities if q.value is not None), None)
    if toll is None:
        return
    seen = {q.span for q in draft.quantities}
    for number, whose in _of_them(draft):
        if number[2] not in seen:
            seen.add(number[2])
            part = _quantity(draft, toll, draft.phrases, number[0][-1], number, "the number of some of them")
            draft.quantities.append(replace(part, value=replace(part.value, whose=whose) if part.value is not None else None))
    holders = (*heads, *(r.token for r in draft.targets))
    for token in (t for head in holders for prep, t in clauses.obliques(draft.sentence, head) if prep == "including"):
        for member in clauses.members(draft.sentence, token):
            for found in _numbers_of(draft.phrases, member):
                if found[2] not in seen:
                    seen.add(found[2])
                    draft.quantities.append(_quantity(draft, toll, draft.phrases, member, found, "the number included"))


def _of_them(draft: Draft) -> Iterator[tuple[_Number, str | None]]:
    """ "killed 14 villagers, nine of them children", "212 hostages, 31 of whom are foreigners": a part of the number just before."""
    s = draft.sentence
    last = max((q.span.end for q in draft.quantities if q.span is not None), default=None)
    if last is None:
        return
    start = bisect_left(s.tokens, last, key=lambda t: t.span.start)
    behind = s.tokens[start : start + _PART]
    for number, of, them in zip(behind, behind[1:], behind[2:], strict=False):
        if of.lower != "of" or them.lower not in _THEM or not numbers().is_number(number.lower):
            continue
        run = _run(s, number)
        bounds = _bounds(s, run)
        excepted = s.tokens[run[0].i - 1].lower in {"but", "except", "save"}  # "let all but six of them go"
        between = s.tokens[start : run[0].i]
        if bounds is None or excepted or any(numbers().is_number(t.lower) and not is_time(t) for t in between):
            continue
        following = [t for t in s.tokens[of.i + 2 : of.i + 5] if t.pos not in {"AUX", "DET", "ADV"}]
        whose = following[0].text if following and following[0].pos in {"NOUN", "PROPN"} else None
        yield (run, bounds, Span(run[0].span.start, run[-1].span.end)), whose


_THEM = frozenset({"them", "whom", "those"})
_PART = 15  # words behind a number within which a part of it is told


def _put_at(draft: Draft, seen: set[int]) -> None:
    """ "put the dead at 20": the number stands with the verb."""
    s, verb = draft.sentence, draft.sentence.head(draft.head)
    if draft.type != "casualties" or not clauses.is_verbal(verb):
        return
    for prep, token in clauses.obliques(s, verb):
        if prep == "at" and token.pos == "NUM" and token.i not in seen:
            for found in _numbers_of(draft.phrases, token):
                seen.add(found[0][-1].i)
                draft.quantities.append(_quantity(draft, _trigger_kind(draft), draft.phrases, token, found, "the number it is put at"))


def _trigger_kind(draft: Draft) -> QuantityKind:
    if draft.type == "casualties":
        return cast(QuantityKind, numbers().kind_of_trigger.get(draft.head.lemma.lower(), "killed"))
    fired = draft.type in {"shelling", "airstrike", "bombing"} and draft.phrases.classes(draft.head) & {"artillery", "bomb"}
    return "weapons" if fired else "other"


def _people_number(role: Role) -> bool:
    """A bare number, or fighters sent somewhere: it is read as that of a party would be."""
    other = role.token.lemma.lower() in word_list("others")
    return other or role.token.pos == "NUM" or role.token.lower in numbers().vague or bool(role.phrases.classes(role.token) & {"armed"})


def _counted_kind(role: Role) -> QuantityKind:
    classes = role.phrases.classes(role.token)
    known = numbers().kind_of_class
    return cast(QuantityKind, next((known[c] for c in ("artillery", "bomb", "firearm", "place", "facility") if c in classes), "other"))


def _actor_kind(draft: Draft, role: Role) -> QuantityKind | None:
    """What the actors' number is the number of; None where it is no number of the event."""
    if draft.type in _OWN:
        return _kind(draft, role)
    armed = role.phrases.classes(role.token) & {"armed", "police"}
    collective = role.phrases.core(role.token).lemma.lower() in word_list("descriptions")
    return "fighters" if draft.type in _ARMED_NUMBERS and armed and not collective else None


def _kind(draft: Draft, role: Role) -> QuantityKind:
    known = numbers()
    classes = role.phrases.classes(role.token)
    if draft.type == "besiege" and "armed" in classes:
        return "fighters"
    words = " ".join(t.lemma.lower() for t in draft.words)
    told = (words, draft.head.lemma.lower(), *(t.lemma.lower() for t in draft.words))
    kind = next((known.kind_of_trigger[w] for w in told if w in known.kind_of_trigger), None)
    people = bool(classes & _PEOPLE) or (role.token.pos in {"NUM", "PRON"} and not classes)
    thing = next((known.kind_of_class[c] for c in sorted(classes) if c in known.kind_of_class), None)
    if not people and thing:
        return cast(QuantityKind, thing if draft.type in _THINGS_COUNTED else "other")
    if kind == "captured" and draft.type == "capture":
        return "captured" if people else "other"
    if kind is None or (kind in {"killed", "injured"} and draft.type == "destroy"):
        return cast(QuantityKind, known.kind_of_type.get(draft.type, "other"))
    return cast(QuantityKind, kind)


_PEOPLE = frozenset({"armed", "civilians", "police", "protected", "person", "captives", "crowd", "officials", "people", "someone"})
_THINGS_COUNTED = frozenset({"capture", "hold", "mobilize", "strength", "surrender"})


def _quantity(draft: Draft, kind: QuantityKind, phrases: Phrases, token: Token, number: _Number, why: str) -> Value[Quantity]:
    run, bounds, span = number
    words = ""  # filled by the stage, which has the text
    whose = counted.whose(phrases, token)
    scope = counted.scope(phrases.sentence, draft.head if phrases is draft.phrases else token, run)
    found = Quantity(span, kind, words, bounds.low, bounds.high, whose, scope)
    return Value(found, span, because=f"quantities.{numbers().policy}: {why}")


def _numbers_of(phrases: Phrases, token: Token, *, shares: bool = False) -> Iterator[_Number]:
    """The numbers of a phrase: its numerals, the numeral it consists of, and those of what it includes."""
    sentence = phrases.sentence
    own = _numerals(sentence, token) or _strong(phrases, token)
    core = phrases.core(token)
    if core.i != token.i and not own:
        own = _numerals(sentence, core)
    used: set[int] = set()
    found = []
    for numeral in reversed(own):
        run = _run(sentence, numeral)
        if numeral.i in used or _reciprocal(sentence, run) or _hyphenated(sentence, run):
            continue
        used.update(t.i for t in run)
        spread = _range(_before(sentence, run), numbers().read([t.lower for t in run]))
        if spread is not None:
            used.update(range(run[0].i - 3, run[0].i))
        bounds = spread or _bounds(sentence, run, shares=shares)
        if bounds is not None:
            found.append((run, bounds, Span(run[0].span.start, run[-1].span.end)))
    yield from reversed(found)


def _numerals(sentence: Sentence, token: Token) -> list[Token]:
    """The number words that belong to a noun: itself, and those before it that hang below it."""
    left = [t for t in sentence.tokens[max(0, token.i - 12) : token.i] if _hangs_below(sentence, t, token)]
    return [t for t in (*left, token) if numbers().is_number(t.lower) and not is_time(t) and not _dates(sentence, t)]


def _strong(phrases: Phrases, token: Token) -> list[Token]:
    """ "a crew of five", "a force of 900": people whose number stands behind them."""
    s = phrases.sentence
    if not phrases.classes(token) & _PEOPLE and token.lemma.lower() not in word_list("containers"):
        return []
    behind = (t for prep, t in clauses.obliques(s, token) if prep == "of" and t.pos == "NUM" and not s.dependents(t, "nmod"))
    return [t for t in behind if numbers().is_number(t.lower)][:1]


def _dates(sentence: Sentence, numeral: Token) -> bool:
    """ "the October 7 attacks": a day of the month, and no count."""
    beside = sentence.tokens[max(0, numeral.i - 1) : numeral.i + 2]
    return any(t.i != numeral.i and t.pos == "PROPN" and is_time(t) for t in beside) and len(numeral.text) <= 2


def _hangs_below(sentence: Sentence, token: Token, noun: Token) -> bool:
    for _ in range(4):
        if (
            token.base_rel not in {"nummod", "amod", "advmod", "compound", "nmod", "det", "conj", "case", "fixed", "obl"}
            or token.rel == "nmod:poss"
        ):
            return False
        token = sentence.head(token)
        if token.i == noun.i:
            return True
    return False


def _hyphenated(sentence: Sentence, run: list[Token]) -> bool:
    """ "a six-week war", "a 35-year conflict": part of a word, and no count."""
    after = sentence.tokens[run[-1].i + 1 : run[-1].i + 2]
    return any(t.text == "-" and t.span.start == run[-1].span.end for t in after)


def _reciprocal(sentence: Sentence, run: list[Token]) -> bool:
    after = sentence.tokens[run[-1].i + 1 : run[-1].i + 2]
    return len(run) == 1 and run[0].lower == "one" and any(t.lower == "another" for t in after)


def _run(sentence: Sentence, numeral: Token) -> list[Token]:
    """The words of a number around one of them: "tens of thousands", "twenty-three", "2.5 million"."""
    known, tokens = numbers(), sentence.tokens

    def joins(left: Token, right: Token) -> bool:
        """Whether two neighbouring words are one number: "two hundred", "2.5 million", not "24 two"."""
        if not (known.is_number(left.lower) and known.is_number(right.lower)):
            return False
        return right.lower in known.multipliers or not (left.lower[0].isdigit() or right.lower[0].isdigit())

    first = last = numeral.i
    while first > 0 and joins(tokens[first - 1], tokens[first]):
        first -= 1
    while last + 1 < len(tokens) and joins(tokens[last], tokens[last + 1]):
        last += 1
    for link in ("of", "-", "and"):
        if last + 2 < len(tokens) and tokens[last + 1].lower == link and _linked(tokens[last], tokens[last + 1], tokens[last + 2]):
            last += 2
        if first > 1 and tokens[first - 1].lower == link and _linked(tokens[first - 2], tokens[first - 1], tokens[first]):
            first -= 2
    return list(tokens[first : last + 1])


def _linked(left: Token, link: Token, right: Token) -> bool:
    """ "tens of thousands", "twenty-three", "two hundred and five"."""
    known = numbers()
    if not known.is_number(right.lower) or not (known.is_number(left.lower) or left.lower == "tens"):
        return False
    if link.lower == "of":
        return right.lower in known.vague
    if link.lower == "and":
        return left.lower in {"hundred", "thousand"}
    return left.span.end == link.span.start and link.span.end == right.span.start and left.lower.isalpha() and right.lower.isalpha()


def _before(sentence: Sentence, run: list[Token]) -> tuple[str, ...]:
    words = tuple(t.lower for t in sentence.tokens[max(0, run[0].i - 6) : run[0].i])
    return words[:-1] if words[-1:] in (("a",), ("an",)) else words


def _bounds(sentence: Sentence, run: list[Token], *, shares: bool = False) -> Bounds | None:
    known = numbers()
    before = _before(sentence, run)
    after = tuple(t.lower for t in sentence.tokens[run[-1].i + 1 : run[-1].i + 5])
    if any(_follows(after, phrase) for phrase in known.rates) or (not shares and _is_share(sentence, run, after)):
        return None
    bounds = known.read([t.lower for t in run])
    just_before = [t.lower for t in sentence.tokens[max(0, run[0].i - 2) : run[0].i]]
    if bounds is not None and bounds.low is not None and just_before == ["half", "a"]:
        return Bounds(bounds.low // 2, bounds.low // 2)  # "half a million"
    if bounds is None or (bounds.low is None and bounds.high is None):
        return None
    if (
        any(before[-len(p) :] == p for p in known.at_least)
        or any(after[k : k + 2] == ("or", "more") for k in (0, 1, 2))
        or after[:1] == ("+",)
    ):
        return Bounds(bounds.low, None)
    if any(before[-len(p) :] == p for p in known.at_most):
        return Bounds(None, bounds.high)
    return bounds


def _is_share(sentence: Sentence, run: list[Token], after: tuple[str, ...]) -> bool:
    """ "two thirds of", "80 per cent", "one in five": a share; "no one": nobody; "every week some 200 flee": a rate."""
    opening = [t.lower for t in sentence.tokens[:2]]
    if opening[0] in {"every", "each"} and len(opening) > 1 and opening[1] in {"day", "week", "month", "year", "night", "hour", "morning"}:
        return True
    if any(after[: len(phrase)] == phrase for phrase in numbers().shares):
        return True
    if run[0].i and len(run) == 1 and run[0].lower == "one" and sentence.tokens[run[0].i - 1].lower == "no":
        return True
    of_so_many = after[:1] == ("in",) and len(after) > 1 and numbers().is_number(after[1])
    return len(run) == 1 and of_so_many and run[0].lower in {"one", "two", "three"}


def _follows(after: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(after[k : k + len(phrase)] == phrase for k in (0, 1))


def _range(before: tuple[str, ...], upper: Bounds | None) -> Bounds | None:
    """ "between 40 and 50", "40 to 50": the lower end stands before."""
    if len(before) < 2 or before[-1] not in {"and", "to", "-", "–", "or"} or upper is None or upper.low is None:
        return None
    lower = numbers().read([before[-2]])
    if lower is None or lower.low is None or lower.low >= upper.low:
        return None
    if before[-1] in {"and"} and "between" not in before:
        return None
    return Bounds(lower.low, upper.high)
