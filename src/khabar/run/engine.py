"""The local engine: files in, readings out, one at a time, with what went wrong beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khabar import plugins
from khabar.errors import InputError
from khabar.records import Problem, Reading
from khabar.run.drafts import Draft, batches, drafts
from khabar.run.files import walk
from khabar.run.pipeline import Pipeline, assemble
from khabar.seams import Blob, ReadResult
from khabar.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: its reading, or None and the problems that say why. `path` is the file it came from."""

    reading: Reading | None
    problems: tuple[Problem, ...] = ()
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `total` counts the files to read, `done` those read; `path` is the one just finished."""

    done: int
    total: int
    reports: int
    path: Path | None = None


def code_text(
    text: str, *, published: date | None = None, name: str = "text", settings: Settings | None = None, reader: str = "text"
) -> Reading:
    """Read one report given as text. Offsets count the text as given, a leading byte-order mark apart.

    Raises InputError where the text cannot be a report.
    """
    settings = settings or Settings()
    try:
        blob = Blob(text.encode("utf-8"), name, None, published, "utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"{name}: character {error.start} is half of a surrogate pair, which no text may hold") from error
    result: ReadResult = plugins.load("khabar.readers", reader)(settings.limits).read(blob)
    if len(result.documents) != 1:
        reasons = "; ".join(p.message for p in result.problems) or f"it holds {len(result.documents)} reports"
        raise InputError(f"{name}: {reasons}")
    return assemble(settings).read(Reading(result.documents[0], problems=result.problems))


def code_paths(
    paths: Iterable[Path | str],
    settings: Settings | None = None,
    published: date | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    *,
    encoding: str | None = None,
    jobs: int = 1,
) -> Iterator[Outcome]:
    """Read every report in files and folders, in order of path, holding a few batches at a time.

    Problems of a document are in its reading and in its outcome; problems of a file that gave no document are in an
    outcome without reading. With several `jobs`, other processes code and this one reads and keeps; the outcome is the
    same. Only what khabar itself lacks (a model, a plug-in, sound knowledge) is raised; a pipeline that cannot work is
    refused before a file is touched.
    """
    settings = settings or Settings()
    roots = [Path(p) for p in paths]
    pipeline = assemble(settings)
    drafted = batches(drafts(roots, settings, published, encoding))
    coded = _here(drafted, pipeline) if jobs <= 1 else _elsewhere(drafted, settings, jobs)
    return _told(once(coded), _progress(roots, on_progress))


def _here(drafted: Iterable[list[Draft]], pipeline: Pipeline) -> Iterator[Outcome]:
    for batch in drafted:
        yield from outcomes(batch, pipeline.pipe([d.reading for d in batch if d.reading]))


def _elsewhere(drafted: Iterable[list[Draft]], settings: Settings, jobs: int) -> Iterator[Outcome]:
    from khabar.run.workers import Workers

    with Workers(settings, jobs) as workers:
        for batch, readings in workers.pipe((batch, [d.reading for d in batch if d.reading]) for batch in drafted):
            yield from outcomes(batch, iter(readings))


def _told(coded: Iterable[Outcome], listen: Callable[[Outcome], None]) -> Iterator[Outcome]:
    for outcome in coded:
        yield outcome
        listen(outcome)


def outcomes(batch: Sequence[Draft], readings: Iterator[Reading]) -> Iterator[Outcome]:
    """What became of a batch, in its own order; `readings` are those of its drafts that have one, coded."""
    for draft in batch:
        if draft.reading is None:
            yield Outcome(None, draft.problems, draft.path)
        else:
            reading = next(readings)
            yield Outcome(reading, reading.problems, draft.path)


def once(coded: Iterable[Outcome]) -> Iterator[Outcome]:
    """Each name once: a second report of that name is refused, so that none stands for the other."""
    names: set[str] = set()
    for outcome in coded:
        name = outcome.reading.document.name if outcome.reading else None
        if name is not None and name in names:
            message = f"a report named {name!r} was read already; give this one a name of its own"
            yield Outcome(None, (Problem("read", "double-name", message, where=str(outcome.path)),), outcome.path)
        else:
            if name is not None:
                names.add(name)
            yield outcome


def _progress(roots: Sequence[Path], on_progress: Callable[[Progress], None] | None) -> Callable[[Outcome], None]:
    """A listener that counts files and reports; without a callback, one that does nothing."""
    if on_progress is None:
        return lambda outcome: None
    total = sum(1 for _ in walk(roots))
    files = reports = 0
    last: Path | None = None

    def listen(outcome: Outcome) -> None:
        nonlocal files, reports, last
        files += outcome.path != last
        reports += outcome.reading is not None
        last = outcome.path
        on_progress(Progress(files, total, reports, outcome.path))

    return listen
