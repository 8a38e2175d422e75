"""The stage that dates statements: by the clause's own words, else by where the story is, else by convention."""

from __future__ import annotations

from dataclasses import replace

from khabar.records import Reading
from khabar.resolve.times.dating import Dating
from khabar.resolve.times.history import with_history


class TimeStage:
    """Gives every statement its `when`, and marks as background what its time shows to be history.

    Relative words count from publication; where that is unknown they stay unread and say so.
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
        return replace(reading, statements=tuple(with_history(s, published) for s in dated))
