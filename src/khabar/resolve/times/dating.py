"""Dates the statements of a report in order, keeping track of where its story is."""

from __future__ import annotations

from datetime import date

from khabar.knowledge.timewords import time_words
from khabar.records import Reading, Sentence, Statement, Value, When
from khabar.resolve.times.attach import Tie
from khabar.resolve.times.expressions import Expression
from khabar.resolve.times.history import CHRONICLE, RECENT, RETROSPECT
from khabar.resolve.times.interval import ONE_DAY, Interval, days_between
from khabar.resolve.times.kinds import is_deed, is_speech, is_state
from khabar.resolve.times.lookup import sentence_at, top_token
from khabar.resolve.times.meanings import Habit
from khabar.resolve.times.reader import Asked, Found, TimeReader, heading_of
from khabar.resolve.times.sentences import times_of
from khabar.resolve.times.story import FEW_DAYS, Reached, Story, week_up_to
from khabar.resolve.times.tense import is_attempt, looks_ahead, predicate, tense

LEAD_SENTENCES = 5  # the first sentences, within which the report's own day is named
FIRST = 1  # the headline and the sentence after it
RUNNING_DAYS = 400  # a report may be news of what happened over the last year, not of longer
OPEN = frozenset({"planned", "conditional"})
POINTING = frozenset({"the", "this", "that", "these", "those", "both"})
FEWEST_HEADINGS = 3  # a dateline is one, and news may have a second
OPENING_SENTENCES = 2
OF_SPEECH = frozenset({"times.day-of-speech", "times.up-to-speech"})
UNSURE = frozenset({"may", "might", "could", "would", "can"})


class Dating:
    """One report's statements to their times. Ask `when` in order of the text."""

    def __init__(self, reading: Reading) -> None:
        self.document = reading.document
        self.reading = reading
        self.published: date | None = reading.document.published.value
        self.story = Story(self.published)
        self.reader = TimeReader(self.published, self.story)
        self.times: dict[int, tuple[Expression, ...]] = {}
        self.passed = 0
        sentences = (sentence_at(reading.sentences, s.trigger.start) for s in reading.statements)
        self.told = {s.index for s in sentences if s is not None}
        self.story.chronicle = self._headings() >= FEWEST_HEADINGS
        self.story.retrospect = self._retrospect()
        self.story.lead = self._lead()
        if self.story.lead is None and self.published is not None and self._clocks() >= FEWEST_HEADINGS:
            self.story.lead = Reached(days_between(self.published, self.published), None, -1, -1)
        self.story.is_read = True
        self.story.narrowed(point for s in reading.sentences if (point := self._point(s)))

    def expressions(self, sentence: Sentence) -> tuple[Expression, ...]:
        if sentence.index not in self.times:
            self.times[sentence.index] = times_of(sentence, self.document)
        return self.times[sentence.index]

    def when(self, statement: Statement) -> Value[When]:
        sentence = sentence_at(self.reading.sentences, statement.trigger.start)
        asked = self._asked(statement, sentence) if sentence else None
        if sentence is None or asked is None:
            return Value.unknown("its sentence was not read", because="times")
        self._pass_to(sentence)
        found = self._read(statement, asked) or self._elsewhere(statement, asked)
        if found is None:
            return Value.unknown(self._reason(statement, sentence), because="times.unresolved")
        if found.basis != "convention" and not asked.open:
            moves = found.moves and not statement.background.value and found.because != "times.story"
            reached = Reached(found.interval, found.span, sentence.paragraph, sentence.index)
            self.story.reach(reached, statement.type.value, moves=moves, read=found.basis == "text")
        i = found.interval
        because = found.because + (CHRONICLE if self.story.under_heading(sentence.paragraph) else "")
        precision = "days" if i.precision == "day" and i.start != i.end else i.precision
        return Value(When(i.start, i.end, precision, found.basis, found.anchor), found.span, because, found.confidence)

    def _read(self, statement: Statement, asked: Asked) -> Found | None:
        """The sentence's own time; but "the attack", of which somebody spoke on a day, was when the attack was."""
        found = self.reader.own(asked)
        if found is not None and found.because in OF_SPEECH:
            memory = self._memory(statement, asked)
            if memory is not None:
                return Found(memory.interval, memory.span, "inherited", RETROSPECT, None, 0.5, moves=False)
            back = self._points_back(statement, asked)
            if back is not None and back.interval.start <= found.interval.end:
                return Found(back.interval, back.span, "inherited", "times.story", None, 0.5)
        return found

    def _memory(self, statement: Statement, asked: Asked) -> Reached | None:
        """The days that a deed told in the past goes on from, in a report that looks back."""
        past = tense(asked.sentence, asked.token) in ("past", "pluperfect", "none")
        told = statement.told_as.value in ("happened", "not-happened")
        return self.story.looked_back_on() if past and told and is_deed(statement.type.value) else None

    def _asked(self, statement: Statement, sentence: Sentence) -> Asked | None:
        token = top_token(sentence, statement.trigger)
        if token is None:
            return None
        told, type = statement.told_as.value, statement.type.value
        return Asked(
            sentence, statement.trigger, token, told in OPEN and not is_attempt(sentence, token), is_state(type), self.expressions(sentence)
        )

    def _lead(self) -> Reached | None:
        """The first day named in the first sentences: what the report is news of. An event's day before any other."""
        early = self.reading.sentences[:LEAD_SENTENCES]
        for statement in sorted(self.reading.statements, key=lambda s: s.trigger):
            sentence = next((s for s in early if s.span.start <= statement.trigger.start < s.span.end), None)
            asked = self._asked(statement, sentence) if sentence else None
            if sentence is None or asked is None or asked.open or statement.background.value:
                continue
            found = self.reader.own(asked)
            if found is None or found.because == "times.up-to-speech":
                continue
            if self.story.is_point(found.interval) or (sentence.index <= FIRST and self._is_running(found.interval)):
                return Reached(found.interval, found.span, sentence.paragraph, sentence.index)
        return next((point for s in early if (point := self._point(s))), None)

    def _headings(self) -> int:
        """How many lines a day opens."""
        return sum(heading_of(s, self.expressions(s)) is not None for s in self.reading.sentences)

    def _clocks(self) -> int:
        """How many paragraphs an hour opens, as in news told live: all of it is of the day of publication."""
        opened = ((s, self.expressions(s)[:1]) for s in self.reading.sentences)
        return sum(bool(e) and e[0].rule.startswith("clock") and e[0].span.start <= s.span.start + 1 for s, e in opened)

    def _retrospect(self) -> Reached | None:
        """The first old days that a deed is put to, where a report looks back: that of a court, since what it hears of is older than the
        day it sits, and one that opens with an old day."""
        if self.published is None or self.story.chronicle:
            return None
        court = self._opens_in_court()
        for statement in sorted(self.reading.statements, key=lambda s: s.trigger):
            sentence = sentence_at(self.reading.sentences, statement.trigger.start)
            if sentence is None or not (court or sentence.index < OPENING_SENTENCES):
                return None
            asked = self._asked(statement, sentence) if is_deed(statement.type.value) else None
            found = self.reader.own(asked) if asked is not None and not asked.open else None
            if found is None or found.because in OF_SPEECH or found.basis != "text":
                continue
            if found.interval.end < self.published - RECENT:
                return Reached(found.interval, found.span, sentence.paragraph, sentence.index)
            if not court:
                return None
        return None

    def _opens_in_court(self) -> bool:
        opening = (t for s in self.reading.sentences[:OPENING_SENTENCES] for t in s.tokens)
        return any(t.lemma.lower() in time_words().court_openings for t in opening)

    def _is_running(self, interval: Interval) -> bool:
        """A stretch up to publication that the news itself is about: the toll of a war's first months."""
        return interval.end == self.published and interval.days <= RUNNING_DAYS

    def _point(self, sentence: Sentence) -> Reached | None:
        """A day named in a sentence, whatever it is said of, unless it lies ahead."""
        for e in self.expressions(sentence):
            head = top_token(sentence, e.span)
            if head is None or e.opens or e.meaning.source == "story" or looks_ahead(sentence, head):
                continue
            found = self.reader.resolve(Asked(sentence, e.span, head), Tie(e, 0.0))
            if found is not None and self.story.is_point(found.interval):
                return Reached(found.interval, e.span, sentence.paragraph, sentence.index)
        return None

    def _pass_to(self, sentence: Sentence) -> None:
        """Take note of the days named in the sentences on the way, and of a day that opens a paragraph of a chronicle."""
        for passed in self.reading.sentences[self.passed : sentence.index + 1]:
            self.passed = passed.index + 1
            heading = heading_of(passed, self.expressions(passed))
            if heading is not None:
                found = self.reader.resolve(Asked(passed, heading.span, passed.root), Tie(heading, 0.0))
                chronicle = found is not None and (self.story.chronicle or not self.story.is_point(found.interval))
                self.story.heading = Reached(found.interval, heading.span, passed.paragraph, passed.index) if found and chronicle else None
            if passed.index < sentence.index and (point := self._point(passed)):
                self.story.named = point
                if passed.index not in self.told and not self._is_of_speech(passed, point):
                    self.story.reach(point, None)

    @staticmethod
    def _is_of_speech(sentence: Sentence, point: Reached) -> bool:
        """Whether a day is only that on which somebody spoke."""
        head = top_token(sentence, point.span) if point.span else None
        return head is not None and predicate(sentence, head).lemma.lower() in time_words().speech

    def _elsewhere(self, statement: Statement, asked: Asked) -> Found | None:
        """Days from where the story is, else the guide's seven days up to publication."""
        told = tense(asked.sentence, asked.token)
        if asked.open or (statement.told_as.value == "possible" and self._is_unsure(asked)):
            return None
        if self._is_habit(asked):
            return None
        reached = self._goes_on_from(statement, asked, told)
        if reached is not None:
            interval = self._stretched(statement, asked, reached.interval, told)
            reason = RETROSPECT if reached is self._memory(statement, asked) else "times.story"
            return Found(interval, reached.span, "inherited", reason, None, 0.5)
        if self.published is None or statement.background.value:
            return None
        return Found(week_up_to(self.published), None, "convention", "times.convention", f"published {self.published}", 0.2)

    def _goes_on_from(self, statement: Statement, asked: Asked, told: str) -> Reached | None:
        paragraph, story = asked.sentence.paragraph, self.story
        if heading := story.under_heading(paragraph):
            return heading
        if memory := self._memory(statement, asked):
            return memory
        if statement.background.value:
            old = story.old
            return old if old is not None and (old.paragraph == paragraph or is_deed(statement.type.value)) else None
        if story.period is not None and story.period.paragraph == paragraph and told == "perfect":
            return story.period
        if asked.state and told in ("present", "perfect", "none"):
            return None
        return self._points_back(statement, asked) or story.going_on(paragraph)

    def _stretched(self, statement: Statement, asked: Asked, interval: Interval, told: str) -> Interval:
        """What has been done since, and what is said of an event, lies between it and publication."""
        published = self.published
        if published is None or not 0 < (published - interval.start).days <= FEW_DAYS or interval.end >= published:
            return interval
        if is_speech(statement.type.value):
            return days_between(max(interval.start, published - ONE_DAY), published)
        counted = statement.type.value == "casualties" and told == "perfect"  # "the office has counted 95 bodies", so far
        if told in ("present", "perfect") and (asked.token.pos in ("VERB", "AUX") or counted):
            return days_between(interval.start, published)
        return interval

    def _points_back(self, statement: Statement, asked: Asked) -> Reached | None:
        """ "The attack", "that raid": the event of its kind told last."""
        token = asked.token
        if token.pos not in ("NOUN", "PROPN") or not any(t.lower in POINTING for t in asked.sentence.dependents(token, "det")):
            return None
        type = statement.type.value or ""
        return self.story.same_event((type,)) or (self.story.same_event(filter(is_deed, self.story.of_type)) if is_deed(type) else None)

    def _is_habit(self, asked: Asked) -> bool:
        """ "They shell the road every day": no day of its own."""
        over = predicate(asked.sentence, asked.token)
        heads = (top_token(asked.sentence, e.span) for e in self.expressions(asked.sentence) if isinstance(e.meaning, Habit))
        return any(head is not None and predicate(asked.sentence, head).i == over.i for head in heads)

    @staticmethod
    def _is_unsure(asked: Asked) -> bool:
        helpers = {t.lower for t in asked.sentence.dependents(asked.token, "aux", "aux:pass")}
        return bool(helpers & UNSURE) and not helpers & {"have", "has", "had"}

    def _reason(self, statement: Statement, sentence: Sentence) -> str:
        if statement.told_as.value not in ("happened", "not-happened"):
            return f"told as {statement.told_as.value}, and no day is named for it"
        asked = self._asked(statement, sentence)
        if asked is not None and self._is_habit(asked):
            return "told as a habit, which has no day of its own"
        if statement.background.value and self.published is not None:
            return "told as background, and no time is named for it"
        if self.published is None and self.expressions(sentence):
            return "its time counts from the day of publication, which is unknown"
        return "no time is named, and the day of publication is unknown"
