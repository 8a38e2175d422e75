"""The stage that dates statements: by the clause's own words, else by where the story is, else by convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khabar.records import Problem, Reading, Statement
from khabar.resolve.times.dating import Dating
from khabar.resolve.times.history import with_history


class TimeStage:
    """Gives every statement its `when`, and marks as background what its time shows to be history.

    Relative words count from publication; where that is unknown they stay unread and say so. A day that no calendar has ("31 June")
    dates nothing and is kept as a problem; so is one after publication that something is said to have happened on.
    """

    name = "times"
    needs = frozenset({"sentences", "statements"})
    adds = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        dating = Dating(reading)
        published = reading.document.published.value
        order = sorted(range(len(reading.statements)), key=lambda i: (reading.statements[i].trigger, i))
        whens = {i: dating.when(reading.statements[i]) for i in order}
        dated = (replace(s, when=whens[i]) for i, s in enumerate(reading.statements))
        statements = tuple(with_history(s, published) for s in dated)
        problems = (*reading.problems, *_impossible(dating), *_ahead(reading, statements))
        return replace(reading, statements=statements, problems=problems)


def _impossible(dating: Dating) -> Iterator[Problem]:
    for sentence in dating.reading.sentences:
        for expression in dating.expressions(sentence):
            if expression.is_impossible:
                message = (
                    f'no calendar has the day "{expression.words}", so that nothing is dated by it; correct it in the report if you know it'
                )
                yield Problem(TimeStage.name, "no-such-day", message, "warning", expression.span, dating.document.name)


def _ahead(reading: Reading, statements: Sequence[Statement]) -> Iterator[Problem]:
    """What is told as having happened, on a day after the report's own: one of the two days is wrong, or misread."""
    published, told = reading.document.published.value, set[object]()
    for statement in statements:
        when, span = statement.when.value, statement.when.span
        if published is None or when is None or span is None or when.start <= published or statement.told_as.value != "happened":
            continue
        if when.basis == "text" and span not in told:
            told.add(span)
            message = (
                f'"{span.of(reading.document.text)}" is {when.start}, after the day of the report, {published}, but told as past; '
                "the day of publication may be wrong (--published), or khabar misread the words"
            )
            yield Problem(TimeStage.name, "after-publication", message, "warning", span, reading.document.name)
