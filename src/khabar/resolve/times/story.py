"""The time a report has reached: what an undated sentence goes on from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from khabar.records import Span
from khabar.resolve.times import interval as cal
from khabar.resolve.times.interval import Interval

NEWS_DAYS = 45  # what lies further back is no day that a story goes on from
FEW_DAYS = 10  # a longer stretch is a period, not a point of the story
WINDOW = 6  # the guide's week: this many days before its last day


@dataclass(frozen=True, slots=True)
class Reached:
    """Days the story has reached, the words that say so, and where they stand."""

    interval: Interval
    span: Span | None
    paragraph: int
    sentence: int


@dataclass
class Story:
    """Kept while a report is dated in order.

    `lead` is the day of the news itself, `retrospect` the first days of what a report looks back on ("the trial of …"), `now` the day
    reached, `named` the day named last whatever it was said of, `last` the days that words last put an event to and `before` those of
    a sentence before it, `period` a stretch that goes on up to publication, `old` the days a retrospect last spoke of, `heading` those
    that open a paragraph of a chronicle, which a report is throughout where `chronicle` says so. `is_read` tells that the lead has been
    looked for.
    """

    published: date | None
    lead: Reached | None = None
    retrospect: Reached | None = None
    now: Reached | None = None
    period: Reached | None = None
    old: Reached | None = None
    heading: Reached | None = None
    chronicle: bool = False
    is_read: bool = False
    last: Reached | None = None
    named: Reached | None = None
    before: Reached | None = None
    of_type: dict[str, Reached] = field(default_factory=dict)

    def reach(self, reached: Reached, type: str | None, *, moves: bool = True, read: bool = True) -> None:
        """Take note of days; `moves` is False where they look back from where the story stands, `read` where no words say so."""
        if type:
            self.of_type[type] = reached
        if read:
            self.before = self.last if self.last and self.last.sentence < reached.sentence else self.before
            self.last = reached
        interval = reached.interval
        if self.is_point(interval):
            self.now = reached if moves else self.now
        elif self.published is not None and interval.end >= self.published > interval.start:
            self.period = reached
        elif self.published is None or interval.end < self.published:
            self.old = reached

    def is_point(self, interval: Interval) -> bool:
        """Whether a story can go on from these days: few, and not long ago."""
        if interval.days > FEW_DAYS:
            return False
        return self.published is None or 0 <= (self.published - interval.end).days <= NEWS_DAYS

    def going_on(self, paragraph: int) -> Reached | None:
        """Where an undated sentence stands: where its paragraph is, else back at the news of the day."""
        if self.now is not None and (self.now.paragraph == paragraph or self.lead is None):
            return self.now
        return self.lead or self.now

    def looked_back_on(self) -> Reached | None:
        """Where an undated deed stands in a report that looks back: the old days named last, at first those that it is about."""
        return (self.old or self.retrospect) if self.retrospect is not None else None

    def counted_from(self, paragraph: int, sentence: int) -> Reached | None:
        """Where "two days earlier" and "the same day" count from: the day that the paragraph named last, before this sentence, else
        where the story is."""
        here = [r for r in (self.named, self.last) if r is not None and r.paragraph == paragraph and r.sentence < sentence]
        return max(here, key=lambda r: r.sentence, default=None) or self.going_on(paragraph)

    def earlier(self, sentence: int) -> Reached | None:
        """The days an event was last put to before a sentence: what "since then" counts from."""
        return next((r for r in (self.last, self.before) if r is not None and r.sentence < sentence), None)

    def under_heading(self, paragraph: int) -> Reached | None:
        """The days that open this paragraph of a chronicle ("1990 – …")."""
        return self.heading if self.heading is not None and self.heading.paragraph == paragraph else None

    def same_event(self, types: Iterable[str]) -> Reached | None:
        """The days of the event of such a type told last: what "the attack" points back to."""
        found = [self.of_type[t] for t in types if t in self.of_type]
        return max(found, key=lambda r: r.sentence, default=None)

    def narrowed(self, points: Iterable[Reached]) -> None:
        """Where the news is told of a week and its day comes later in the report, that day is the lead."""
        lead = self.lead
        if lead is None or lead.interval.precision not in ("week", "month"):
            return
        week = lead.interval
        inside = (p for p in points if p.interval.days <= 2 and week.start <= p.interval.start and p.interval.end <= week.end)
        self.lead = next(inside, lead)


def week_up_to(last: date) -> Interval:
    """The guide's window: the seven days that end with publication, or with a speech."""
    return cal.days_between(cal.move(last, -WINDOW), last)
