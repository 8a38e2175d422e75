"""When: a grammar of English time expressions, for use by itself, and the stage that dates statements with it.

**Find.** `find_times(text)` gives the time expressions of a text of any length, in order, by its words alone: no parser, no model.
An `Expression` knows where it stands (`span`, `words`), the two ends of a range (`parts`), and what it is counted from
(`counts_from`): nothing ("absolute"), the day of `publication`, or another `event` that the text has told of.

**Resolve.** An `Anchor` says from where to count: the day of publication, the days the story has reached, and whether the clause looks
back or ahead. `resolve` gives an `Interval` of days with its precision, or None where the anchor lacks what is needed.

>>> from datetime import date
>>> from khabar.resolve.times import Anchor, find_times, tell_times
>>> friday, later = find_times("They struck on Friday, and two days later a truce held.")
>>> friday.words, friday.counts_from, later.words, later.counts_from
('Friday', 'publication', 'two days later', 'event')
>>> published = Anchor(date(2021, 8, 25))
>>> day = friday.resolve(published)
>>> print(day.start, day.end, day.precision)
2021-08-20 2021-08-20 day
>>> later.value(published), later.value(Anchor(date(2021, 8, 25), story=day))
('XXXX', '2021-08-22')

**Tell.** Where a text has no day of publication, or goes back in time, its dates are counted along it. `tell_times(text, published)` walks
a text and resolves each expression against the point that the telling has reached.

>>> [t.value for t in tell_times("On 10 May 1940 they came. By the end of the month they were at the coast; in July all was over.")]
['1940-05-10', '1940-05', '1940-07']

**Values.** `value` is that of TIMEX3: a day "2021-08-25", with its hour or part where one is named ("2021-08-25TMO"); a week "2021-W34", a
month "2021-08", a season "2014-SU" (a winter without a year is called by the year it ends in), a year "2014", a decade "199", a century
"18"; a duration "P3W", "PT48H", "PXD" where nobody says how many; a habit "XXXX-XX-XX" (daily); "PAST_REF", "PRESENT_REF" and "FUTURE_REF"
for what only points; "start/end" for a stretch without a name; "XXXX" for what is not known. `modifier` is "START", "MID" or "END" of it.
Years before Christ have values ("BC0480") but no interval, as no `date` holds them. A fiscal year is "FY2021".

>>> [(e.words, e.value(Anchor()), e.modifier(Anchor())) for e in find_times("From late May 1943 on; in the 470s BC; for several days.")]
[('late May 1943', '1943-05', 'END'), ('the 470s BC', 'BC047', ''), ('several days', 'PXD', '')]

**What is none.** A day that no calendar has is found, and said to be none.

>>> [(e.words, e.is_impossible) for e in find_times("They came on 31 June.")]
[('31 June', True)]

Time grows with the text and no faster, whatever stands in it. The grammar's words are data (`knowledge/data/time`); its rules are
`calendar_rules`, `relative_rules`, `other_calendars` and `loose_rules`, `traps` knows what only looks like a date, `joining` what belongs
together, `meanings` what words mean until an anchor is known. `TimeStage` ties times to statements (`attach` by the tree, `story` by
where the report has got to). `quality/times.py` measures all of it.
"""

from khabar.resolve.times.expressions import Expression
from khabar.resolve.times.history import is_history
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings import Anchor
from khabar.resolve.times.narrative import Told, tell_times
from khabar.resolve.times.sentences import find_times
from khabar.resolve.times.stage import TimeStage

__all__ = ["Anchor", "Expression", "Interval", "TimeStage", "Told", "find_times", "is_history", "tell_times"]
