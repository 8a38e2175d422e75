"""The way of one report: the newsreader first, then the stages that the settings name, in an order that can work.

Here is the one place where a stage's failure is caught: it becomes a `Problem` on that document, and the rest goes on.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, cast

from khabar import plugins
from khabar.errors import KhabarError, KnowledgeError, ModelError, PipelineError, PluginError, SettingsError, StoreError
from khabar.records import Problem, Reading
from khabar.seams import Newsreader, Stage
from khabar.settings import Limits, Settings

GIVEN = frozenset({"document"})

# What khabar itself lacks is no fault of the document: these end the run.
OURS = (ModelError, KnowledgeError, PluginError, SettingsError, PipelineError, StoreError)
# What a stage may raise over one document: its own complaint, or a bug that this document brought to light.
THEIRS: tuple[type[Exception], ...] = (
    KhabarError, ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, MemoryError, NameError,
    OSError, RuntimeError, StopIteration, TypeError, ValueError,
)  # fmt: skip


def failures_of(stage: Stage) -> tuple[type[Exception], ...]:
    """The exceptions that count as a failure on one document.

    A stage over a library with exceptions of its own (ONNX Runtime, tokenizers) names them in an attribute `failures`.
    """
    return (*THEIRS, *getattr(stage, "failures", ()))


def check_order(stages: Sequence[Stage], given: frozenset[str] = GIVEN) -> None:
    """Refuse stages that need what no earlier one adds: fields of `Reading`, or finer names that stages agree on ("places").

    Raises PipelineError naming the stage, what it needs and which later stage would add it.
    """
    there = set(given)
    for i, stage in enumerate(stages):
        if missing := sorted(stage.needs - there):
            later = sorted({s.name for s in stages[i + 1 :] if s.adds & set(missing)})
            advice = f"move {' or '.join(later)} before it" if later else "add a stage that does"
            raise PipelineError(f"stage {stage.name!r} needs {', '.join(missing)}, which no earlier stage adds: {advice}")
        there |= stage.adds


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A newsreader and the stages after it, checked when made. `read` takes one report, `pipe` a batch."""

    newsreader: Newsreader
    stages: tuple[Stage, ...]
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        check_order((self.newsreader, *self.stages))

    def read(self, reading: Reading) -> Reading:
        """One report through all stages; never raises over the report itself."""
        return self._finish(*attempt(self.newsreader, reading))

    def pipe(self, readings: Sequence[Reading]) -> Iterator[Reading]:
        """A batch, annotated together, one at a time from there; as many readings come out as went in, in order."""
        for reading, annotated in self._annotate(readings):
            yield self._finish(reading, annotated)

    def _annotate(self, readings: Sequence[Reading]) -> Iterator[tuple[Reading, bool]]:
        try:
            together = list(self.newsreader.pipe(readings))
        except OURS:
            raise
        except ImportError as error:
            raise lacking(self.newsreader, error) from error
        except failures_of(self.newsreader):
            together = []
        if [r.document.id for r in together] == [r.document.id for r in readings]:
            return ((reading, True) for reading in together)
        return (attempt(self.newsreader, reading) for reading in readings)

    def _finish(self, reading: Reading, annotated: bool) -> Reading:
        """The stages after the newsreader; one that needs what a failed one would have added is passed over."""
        there = GIVEN | self.newsreader.adds if annotated else GIVEN
        for stage in self.stages:
            if stage.needs <= there:
                reading, done = attempt(stage, reading)
                there = there | stage.adds if done else there
        return within(reading, self.limits)


def attempt(stage: Stage, reading: Reading) -> tuple[Reading, bool]:
    """Run one stage on one report, and say whether it went well.

    What the stage raises over the report becomes a Problem on what it was given; what khabar itself lacks is raised on.
    """
    try:
        return stage(reading), True
    except OURS:
        raise
    except ImportError as error:
        raise lacking(stage, error) from error
    except failures_of(stage) as error:
        return reading.with_problem(failure(stage.name, error, reading.document.name)), False


def lacking(stage: Stage, error: ImportError) -> PluginError:
    """What to say where a stage imports late what is not installed."""
    return PluginError(f"stage {stage.name!r} cannot go on: {error}; pip install what is missing")


def failure(stage: str, error: Exception, where: str) -> Problem:
    """The Problem for an exception; a complaint of khabar's own speaks for itself, a bug says what and where it was."""
    if isinstance(error, KhabarError):
        return Problem(stage, "stage-failed", str(error), where=where)
    return Problem(stage, "stage-failed", f"{_origin(error)}: {type(error).__name__}: {error}; please report this", where=where)


def _origin(error: Exception) -> str:
    """The innermost line of the trace that is not a record's own check of what it is given."""
    origin, trace = "unknown place", error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "?"))
        if not module.startswith(("khabar.records", "dataclasses")):
            origin = f"{module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return origin


def within(reading: Reading, limits: Limits) -> Reading:
    """Hold a reading to the settings' bound on statements; what is cut is said."""
    if len(reading.statements) <= limits.statements:
        return reading
    message = f"{len(reading.statements)} statements, of which the first {limits.statements} are kept; raise limits.statements to keep all"
    cut = replace(reading, statements=reading.statements[: limits.statements])
    return cut.with_problem(Problem("run", "too-many-statements", message, "warning", where=reading.document.name))


@lru_cache(maxsize=4)
def assemble(settings: Settings) -> Pipeline:
    """The pipeline that the settings describe, loaded once.

    Raises PluginError where a name is unknown, PipelineError where the order cannot work.
    """
    newsreader = _newsreader(settings)
    stages = tuple(_made("khabar.stages", name, settings) for name in settings.stages)
    return Pipeline(newsreader, stages, settings.limits)


def _newsreader(settings: Settings) -> Newsreader:
    """A plug-in of that name, or else a pipeline of Universal Dependencies: a spaCy package, a folder, "stanza:en"."""
    if settings.newsreader in plugins.available("khabar.newsreaders"):
        return cast(Newsreader, _made("khabar.newsreaders", settings.newsreader, settings))
    from khabar.annotate.stage import foreign_newsreader

    return foreign_newsreader(settings.newsreader, settings.limits)


def _made(group: str, name: str, settings: Settings) -> Any:
    """Call a plug-in's class or factory with what it asks for by name: `settings`, or one of their fields (`limits`, …)."""
    try:
        factory = plugins.load(group, name)
    except AttributeError as error:
        raise PluginError(f"{group} {name!r} names what its package does not hold: {error}; upgrade the package") from error
    offered = {"settings": settings} | {f.name: getattr(settings, f.name) for f in fields(settings)}
    return factory(**{p: offered[p] for p in inspect.signature(factory).parameters if p in offered})
