"""What is over long enough to be background."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from khabar.records import Statement, Value, When

RECENT = timedelta(days=90)  # the coding guide's bound between news and background

RETROSPECT = "times.retrospect"  # the reason of a date taken over from what a report looks back on
CHRONICLE = "+heading"  # how a date read off the head of a chronicle's line ends its reason


def is_history(when: When | None, published: date | None) -> bool:
    """Whether what is dated so ended more than 90 days before publication; False where either is unknown."""
    return when is not None and published is not None and when.end < published - RECENT


def with_history(statement: Statement, published: date | None) -> Statement:
    """The statement marked as background where its own time says that it is history, with the words that say so.

    Nothing that was marked before is unmarked. A day that stands at the head of a chronicle's line is that report's own topic.
    """
    when = statement.when.value
    own_topic = statement.when.because.endswith(CHRONICLE) or statement.when.because.startswith(RETROSPECT)
    if statement.background.value or own_topic or not is_history(when, published):
        return statement
    return replace(statement, background=Value(True, statement.when.span, "times.history", 0.8))
