"""Reads days out of a sentence for a trigger in it: from the event's own time, a duration, an offset, or the day of a speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from khabar.knowledge.timewords import time_words
from khabar.records import Basis, Sentence, Span, Token
from khabar.resolve.times import interval as cal
from khabar.resolve.times.attach import Tie, inside_opened, ties
from khabar.resolve.times.expressions import Expression
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.lookup import tokens_in, top_token
from khabar.resolve.times.meanings import Ago, Anchor, Bounded, Days, Lean, Length, Meaning, Stretch, Weekday, Weekend, Whole
from khabar.resolve.times.story import FEW_DAYS, Story, week_up_to
from khabar.resolve.times.tense import looks_ahead, predicate, tense

BELOW = 1.8  # beyond it a time stands in a clause below
HEADING = 1.0  # a day that opens a line of a chronicle is near to all of it
HERE = 1.0  # a duration belongs to the trigger only so near
SPEECH_FIRST = 1.8  # beyond it the day of the speech is nearer than an event's time
APART = frozenset({"after", "before", "since", "until"})  # these set a duration apart from the event
LABEL = 7  # tokens of the place that may stand before the day at the head of a line
SHORT_UNITS = frozenset({"minute", "second"})


@dataclass(frozen=True, slots=True)
class Found:
    """Days with their evidence: the words, what they rest on, the rule that read them. `moves`: the story goes on from here."""

    interval: Interval
    span: Span | None
    basis: Basis
    because: str
    anchor: str | None = None
    confidence: float = 1.0
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be dated: the trigger in its sentence, whether it is only planned or conditional, whether it is a state,
    and the times of the sentence."""

    sentence: Sentence
    trigger: Span
    token: Token
    open: bool = False
    state: bool = False
    times: tuple[Expression, ...] = ()


class TimeReader:
    """Reads the times of sentences against a story; `published` is None where nobody knows the day."""

    def __init__(self, published: date | None, story: Story) -> None:
        self.published = published
        self.story = story

    def own(self, asked: Asked) -> Found | None:
        """The days its own sentence gives, None where it gives none."""
        tied = ties(asked.sentence, asked.trigger, asked.times)
        heading = heading_of(asked.sentence, asked.times)
        if heading is not None and self._is_chronicle(asked, heading):
            tied = sorted((replace(t, cost=HEADING, speech=False) if t.expression is heading else t for t in tied), key=lambda t: t.cost)
        spoken = [t for t in tied if t.speech and not t.opened]
        events = [t for t in tied if not t.speech and not t.expression.opens]
        opened = next((t for t in tied if t.opened), None)
        beside = any(t.cost <= HERE and not _is_vague(t.expression) for t in events if not t.opened)
        if opened is not None and not beside and (found := self._opened(asked, opened, tied)):
            return found
        return self._nearest(asked, events, spoken)

    def _is_chronicle(self, asked: Asked, heading: Expression) -> bool:
        """A day at the head of a line is a chronicle's, unless it is near publication: then it is the line that news opens with."""
        found = self.resolve(asked, Tie(heading, 0.0))
        return found is not None and (self.story.chronicle or not self.story.is_point(found.interval))

    def _nearest(self, asked: Asked, events: list[Tie], spoken: list[Tie]) -> Found | None:
        dated = sorted((t for t in events if not isinstance(t.expression.meaning, Length)), key=lambda t: (_is_vague(t.expression), t.cost))
        lengths = [t for t in events if isinstance(t.expression.meaning, Length) and _lasts(asked, t)]
        if asked.open:
            dated, lengths = [t for t in dated if self._lean(asked, t.expression) == "future"], []
        nearer = bool(spoken) and bool(dated) and spoken[0].cost < dated[0].cost and dated[0].cost > SPEECH_FIRST and not _since(dated[0])
        base = None if nearer else next((f for t in dated if (f := self._offset(asked, t, self.resolve(asked, t)))), None)
        if base is not None and not (base.basis == "inherited" and spoken):
            return self._with_length(base, lengths)
        said = next((f for t in spoken if (f := self._said(asked, t))), None) if not asked.open else None
        return self._length(asked, lengths, said) or said or base

    def resolve(self, asked: Asked, tie: Tie) -> Found | None:
        """The days of one expression as this trigger is to take it."""
        e = tie.expression
        meaning = _meaning_for(asked, tie)
        story = self._story_before(asked, e) if meaning.source == "story" else None
        heading = self.story.under_heading(asked.sentence.paragraph)
        if isinstance(meaning, Bounded) and story is None:
            reached = self.story.going_on(asked.sentence.paragraph)
            story = reached.interval if reached else None
        published = self.published
        if heading is not None and heading.interval.days <= FEW_DAYS and isinstance(meaning, Days | Weekday | Weekend):
            published = heading.interval.end  # "7 May – … overnight": the night before that day
        era = heading or self.story.retrospect
        anchor = Anchor(published, story, self._lean(asked, e), era.interval if era else None)
        interval = meaning.resolve(anchor)
        told = tense(asked.sentence, asked.token)
        if interval is None or (e.rule == "since-then" and told != "perfect"):
            return None
        interval = self._under_way(self._up_to_now(asked, tie, meaning, interval, told), anchor.lean)
        counted: str | None = None
        if meaning.source == "published" and not heading:
            counted = f"published {self.published}"
        elif meaning.source == "story" and anchor.story:
            counted = f"story {anchor.story.start}"
        vague = _is_vague(e)
        moves = meaning.source != "story" and tie.cost < SPEECH_FIRST and told != "pluperfect"
        return Found(interval, e.span, "inherited" if vague else "text", f"times.{e.rule}", counted, max(1 - tie.cost / 10, 0.3), moves)

    def _up_to_now(self, asked: Asked, tie: Tie, meaning: Meaning, interval: Interval, told: str) -> Interval:
        """A perfect takes no past day of its own: what "has gone on" with a past time named in a clause below began then. So
        does a war "which began in 2013"."""
        if self.published is None or interval.end >= self.published or isinstance(meaning, Bounded | Stretch):
            return interval
        head = top_token(asked.sentence, tie.expression.span)
        if head is None or interval.precision in ("day", "days"):
            return interval
        if tie.expression.span.start < asked.trigger.start:
            return interval
        below = told == "perfect" and tie.cost >= BELOW
        begun = told in ("perfect", "present", "past") and _began(asked, head)
        return cal.days_between(interval.start, self.published) if below or begun else interval

    def _under_way(self, interval: Interval, lean: Lean) -> Interval:
        """What happened "in 2025", in a report of June 2025, did by then; so in a month."""
        published = self.published
        if published is None or lean == "future" or not interval.start <= published < interval.end:
            return interval
        return Interval(interval.start, published, interval.precision) if interval.precision in ("year", "month", "season") else interval

    def _lean(self, asked: Asked, e: Expression) -> Lean:
        head = top_token(asked.sentence, e.span)
        if head is None:
            return "past"
        above = predicate(asked.sentence, head)
        if looks_ahead(asked.sentence, head):
            return "future"
        return "future" if asked.open and above.i in (asked.token.i, predicate(asked.sentence, asked.token).i) else "past"

    def _story_before(self, asked: Asked, e: Expression) -> Interval | None:
        """What "two days later" counts from: the day named before it in the sentence, else the one that the report has reached."""
        if e.rule == "since-then":
            earlier = self.story.earlier(asked.sentence.index)
            return earlier.interval if earlier else None
        before = [t for t in asked.times if t.span.end <= e.span.start and t.meaning.source != "story" and not t.opens]
        if before and not _is_vague(e):
            near = replace(asked, open=False)
            found = self.resolve(near, Tie(before[-1], 0.0))
            if found is not None:
                return found.interval
        reached = self.story.counted_from(asked.sentence.paragraph, asked.sentence.index)
        if reached is None and self.story.is_read and self.published is not None and not _is_vague(e):
            return cal.day(self.published)  # nothing was told before: "two days earlier" counts from now
        return reached.interval if reached else None

    def _offset(self, asked: Asked, tie: Tie, found: Found | None) -> Found | None:
        """ "They fled two days before troops came on Sunday": the flight is two days before the Sunday."""
        if found is None:
            return None
        head = top_token(asked.sentence, tie.expression.span)
        openers = (e for e in asked.times if e.opens and e.span.end <= tie.expression.span.start)
        opener = next((e for e in openers if head is not None and inside_opened(asked.sentence, head, e)), None)
        if opener is None or inside_opened(asked.sentence, asked.token, opener) or not isinstance(opener.meaning, Ago | Whole):
            return found
        interval = replace(opener.meaning, source="story").resolve(Anchor(self.published, found.interval))
        return replace(found, interval=interval, because="times.offset", moves=False) if interval else found

    def _opened(self, asked: Asked, opened: Tie, tied: Sequence[Tie]) -> Found | None:
        """ "Mourned on Wednesday, a day after six died": the deaths are that day before the one that is named, or before the story's."""
        meaning = opened.expression.meaning
        if not isinstance(meaning, Ago | Whole):
            return None
        others = [t for t in tied if t.expression is not opened.expression and t.expression.span.end <= opened.expression.span.start]
        named = next((f for t in others if (f := self.resolve(asked, t)) and f.basis == "text"), None)
        story = self.story.going_on(asked.sentence.paragraph)
        base = named.interval if named else story.interval if story else None
        if base is None:
            return None
        back = replace(meaning, sign=-meaning.sign) if isinstance(meaning, Ago) else replace(meaning, step=-meaning.step)
        interval = replace(back, source="story").resolve(Anchor(self.published, base))
        if interval is None:
            return None
        return Found(interval, opened.expression.span, "text", "times.offset", f"story {base.start}", 0.7, moves=False)

    def _with_length(self, base: Found, lengths: list[Tie]) -> Found:
        """ "A siege of three days that ended on Sunday": the duration ends with the day named."""
        for tie in lengths:
            length = tie.expression.meaning
            if isinstance(length, Length) and base.interval.days <= 2 and length.unit not in ("hour", *SHORT_UNITS):
                return replace(base, interval=length.ending(base.interval.end), because=f"{base.because}+length")
        return base

    def _length(self, asked: Asked, lengths: list[Tie], said: Found | None) -> Found | None:
        """A duration alone ends where the story is, or with publication where it still goes on."""
        if not lengths:
            return None
        tie = lengths[0]
        length, told = tie.expression.meaning, tense(asked.sentence, asked.token)
        if not isinstance(length, Length) or length.unit in SHORT_UNITS:
            return None
        story = self.story.going_on(asked.sentence.paragraph)
        last = said.interval.end if said else story.interval.end if story else None
        if told in ("present", "perfect") and self.published is not None:
            last = self.published
        last = last or self.published
        if last is None:
            return None
        return Found(length.ending(last), tie.expression.span, "text", "times.length", f"ending {last}", 0.5, moves=False)

    def _said(self, asked: Asked, tie: Tie) -> Found | None:
        """The day of the speech for what it tells as going on, else the guide's seven days up to it, or the story within them."""
        found = self.resolve(asked, tie)
        if found is None:
            return None
        if tie.expression.meaning.source == "story":
            return replace(found, basis="inherited", because="times.story", confidence=0.5)
        if tense(asked.sentence, asked.token) not in ("perfect", "pluperfect") or asked.state:
            return replace(found, because="times.day-of-speech", confidence=0.6)
        window = week_up_to(found.interval.end)
        story = self.story.going_on(asked.sentence.paragraph)
        if story and story.interval.end < found.interval.start and window.start <= story.interval.start <= story.interval.end <= window.end:
            return Found(story.interval, story.span, "inherited", "times.story-before-speech", found.anchor, 0.5)
        return replace(found, interval=window, because="times.up-to-speech", confidence=0.5, moves=False)


def _since(tie: Tie) -> bool:
    meaning = tie.expression.meaning
    return tie.through == "since" or (isinstance(meaning, Bounded) and meaning.bound == "since")


def _lasts(asked: Asked, tie: Tie) -> bool:
    """Whether a duration is the trigger's own: "a siege of three days", "three days of fighting", "fought for three days"."""
    head = top_token(asked.sentence, tie.expression.span)
    if head is None or tie.cost > HERE:
        return False
    if (
        asked.token.head == head.i
        or head.i == asked.token.i
        or (head.head == asked.token.i and head.base_rel in ("nmod", "compound", "amod", "nummod"))
    ):
        return True
    led_in = {t.lower for t in asked.sentence.dependents(head, "case", "mark")}
    return not led_in & APART and bool(led_in & {"for", "over", "in", "within", "during"} or head.base_rel == "advmod")


def _began(asked: Asked, head: Token) -> bool:
    """Whether a time is that of a beginning, and the trigger is what began."""
    verb = predicate(asked.sentence, head)
    if verb.lemma.lower() not in time_words().beginning:
        return False
    begun = {asked.token.i, *(t.i for t in asked.sentence.ancestors(asked.token))} if verb.rel.startswith("acl") else {asked.token.i}
    subjects = {t.i for t in asked.sentence.dependents(verb, "nsubj", "csubj")}
    return bool(subjects & begun) or (verb.rel.startswith("acl") and verb.head in begun)


def _is_vague(e: Expression) -> bool:
    """An hour or "that day": the day is the story's own."""
    meaning = e.meaning
    return isinstance(meaning, Days) and meaning.source == "story" and meaning.first == meaning.last == 0


def _meaning_for(asked: Asked, tie: Tie) -> Meaning:
    """The bound of an expression, where this trigger stands under it: "the March raid" is no later than March, "since March" is."""
    meaning = tie.expression.meaning
    head = top_token(asked.sentence, tie.expression.span)
    if isinstance(meaning, Bounded) and head is not None:
        governor = asked.sentence.head(head)
        modifies = head.base_rel in ("nmod", "compound", "amod", "nummod") and governor.pos in ("NOUN", "PROPN")
        inside = tie.expression.span.overlaps(asked.trigger) or (modifies and governor.i == asked.token.i and head.rel != "nmod")
        if inside or (modifies and meaning.bound in ("after", "before")):
            return meaning.inner
    if tie.through and not isinstance(meaning, Bounded):
        return Bounded("since" if tie.through == "since" else "until", meaning)
    return meaning


def heading_of(sentence: Sentence, expressions: Sequence[Expression]) -> Expression | None:
    """A time that opens a line of a chronicle, or follows the place that labels it: "May 3, 1999 – …", "Galkayo, 11-12 March: …"."""
    if not expressions:
        return None
    first = expressions[0].span
    after = next(iter(tokens_in(sentence, Span(first.end, first.end + 2))), None)
    if after is None or after.text not in ("-", "–", "—", ":", "--"):
        return None
    before = [t for t in sentence.tokens if t.span.start < first.start]
    if first.start <= sentence.span.start + 1 or not any(t.text[:1].isalnum() for t in before):
        return expressions[0]
    label = len(before) <= LABEL and all(t.pos in ("PROPN", "PUNCT", "SYM", "ADP") or t.text[:1].isupper() for t in before)
    return expressions[0] if label and after.text == ":" else None
