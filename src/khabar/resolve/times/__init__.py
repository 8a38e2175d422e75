"""When: a grammar of time expressions of our own, and the stage that dates statements with it.

`find_times` reads expressions out of a text (`calendar_rules` and `relative_rules` are the grammar, `traps` what only looks
like a date, `joining` what belongs together, `meanings` what they mean until an anchor is known). `TimeStage` ties them to
statements (`attach` by the tree, `story` by where the report has got to).
"""

from khabar.resolve.times.expressions import Expression
from khabar.resolve.times.history import is_history
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings import Anchor
from khabar.resolve.times.sentences import find_times
from khabar.resolve.times.stage import TimeStage

__all__ = ["Anchor", "Expression", "Interval", "TimeStage", "find_times", "is_history"]
