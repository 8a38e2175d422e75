"""What a time expression means before it is known when it was said.

A meaning resolves to days once it is given an `Anchor`. Each says what it counts from:

- `nothing`: it names its days itself ("25 August 2021", "the 1990s");
- `published`: it counts from publication ("yesterday", "on Tuesday", "in May": the last one, or the next where the clause looks ahead);
- `story`: it counts from the days the story has reached ("two days earlier", "the same day", "at dawn").
"""

from khabar.resolve.times.meanings.anchor import Anchor, Bound, Lean, Meaning, Source
from khabar.resolve.times.meanings.calendar import DayOfMonth, NamedDay, Within, Yearless, YearlessSeason
from khabar.resolve.times.meanings.composed import Ancient, Bounded, Fixed, Habit, Impossible, Named, Range, Reference
from khabar.resolve.times.meanings.counted import Ago, Days, Length, OfStory, Stretch, Weekday, Weekend, Whole, duration

__all__ = [
    "Ago", "Anchor", "Ancient", "Bound", "Bounded", "DayOfMonth", "Days", "Fixed", "Habit", "Impossible", "Lean", "Length", "Meaning",
    "Named", "NamedDay", "OfStory", "Range", "Reference", "Source", "Stretch", "Weekday", "Weekend", "Whole", "Within", "Yearless",
    "YearlessSeason", "duration",
]  # fmt: skip
