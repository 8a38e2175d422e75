from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeExtract, FakeNewsreader, Step, step
from reading_builders import TEXT, a_reading

from khabar.errors import InputError, KnowledgeError, ModelError, PipelineError, PluginError
from khabar.records import Problem, Reading, Span
from khabar.run.pipeline import Pipeline, assemble, check_order
from khabar.settings import Limits, Settings


def bare(text: str = TEXT, name: str = "orlev") -> Reading:
    return replace(a_reading(text, name, triggers=()), statements=())


def pipeline(*stages: Step | FakeExtract, limits: Limits | None = None) -> Pipeline:
    return Pipeline(FakeNewsreader(), stages, limits or Limits())


EXTRACT = step("extract", "sentences mentions", "statements")
ACTORS = step("actors", "statements", "statements")
PLACES = step("places", "statements sentences", "statements")

ORDERS = [
    ([], None),
    ([EXTRACT], None),
    ([EXTRACT, ACTORS, PLACES], None),
    ([EXTRACT, PLACES, ACTORS], None),
    ([ACTORS, EXTRACT], r"'actors' needs statements.*move extract before it"),
    ([PLACES], r"'places' needs statements, which no earlier stage adds: add a stage that does"),
    ([step("vain", "weather")], r"'vain' needs weather, which no earlier stage adds"),
    ([step("vain", "weather"), step("sky", "", "weather")], r"'vain' needs weather.*move sky before it"),
    ([step("sky", "", "weather"), step("vain", "weather")], None),
]


@pytest.mark.parametrize(("stages", "complaint"), ORDERS)
def test_a_wrong_order_is_refused_before_it_runs(stages: list[Step], complaint: str | None) -> None:
    if complaint is None:
        check_order([FakeNewsreader(), *stages])
        assert pipeline(*stages).read(bare()).sentences
    else:
        with pytest.raises(PipelineError, match=complaint):
            pipeline(*stages)


def test_stages_run_in_their_order() -> None:
    read = pipeline(EXTRACT, PLACES, ACTORS).read(bare())
    assert [p.stage for p in read.problems] == ["extract", "places", "actors"]


THEIRS = [
    InputError("the text is upside down"), IndexError("7"), KeyError("x"), ValueError("bad"), RecursionError("deep"), TypeError("t"),
    AttributeError("a"), ZeroDivisionError("z"), AssertionError("no"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), StopIteration(),
    MemoryError(), NotImplementedError(), OverflowError("o"), FileNotFoundError("f"), EOFError(),
]  # fmt: skip


@pytest.mark.parametrize("error", THEIRS, ids=lambda e: type(e).__name__)
def test_a_stage_that_fails_on_a_document_leaves_a_problem_and_the_rest_goes_on(error: Exception) -> None:
    read = pipeline(step("first", "", "", error), step("second")).read(bare())
    assert [(p.stage, p.kind, p.severity) for p in read.problems] == [("first", "stage-failed", "error"), ("second", "ran", "note")]
    assert read.problems[0].where == "orlev"
    assert str(error) in read.problems[0].message


def test_a_bug_says_where_it_is_and_a_complaint_speaks_for_itself() -> None:
    bug, complaint = (pipeline(step("s", "", "", e)).read(bare()).problems[0].message for e in (IndexError("7"), InputError("no words")))
    assert complaint == "no words"
    assert bug.startswith("fakes, line ")
    assert "IndexError: 7" in bug


def test_a_bug_is_where_a_record_was_made_wrongly_and_not_in_the_record() -> None:
    class Backwards(FakeExtract):
        def __call__(self, reading: Reading) -> Reading:
            return reading.with_problem(Problem("s", "x", "y", span=Span(2, 1)))

    assert pipeline(Backwards()).read(bare()).problems[0].message.startswith("test_pipeline, line ")


@pytest.mark.parametrize("error", [ModelError("gone"), KnowledgeError("faulty"), PluginError("none"), KeyboardInterrupt(), SystemExit(2)])
def test_what_khabar_itself_lacks_ends_the_run(error: BaseException) -> None:
    with pytest.raises(type(error)):
        pipeline(step("s", "", "", error)).read(bare())


def test_what_is_not_installed_ends_the_run_with_advice() -> None:
    with pytest.raises(PluginError, match=r"'s' cannot go on: no weather.*pip install"):
        pipeline(step("s", "", "", ImportError("no weather"))).read(bare())


class TheirOwn(Exception):
    pass


def test_a_stage_may_name_exceptions_of_its_own() -> None:
    assert pipeline(step("s", "", "", TheirOwn("t"), TheirOwn)).read(bare()).problems[0].kind == "stage-failed"
    with pytest.raises(TheirOwn):
        pipeline(step("s", "", "", TheirOwn("t"))).read(bare())


def test_stages_that_need_what_a_failed_one_would_have_added_are_passed_over() -> None:
    failing = step("extract", "sentences", "statements", ValueError("no"))
    assert [p.stage for p in pipeline(failing, ACTORS, step("last")).read(bare()).problems] == ["extract", "last"]
    assert [p.stage for p in pipeline(EXTRACT, ACTORS).read(bare("unreadable")).problems] == ["fake"]


def test_a_stage_that_fails_takes_nothing_with_it() -> None:
    read = pipeline(FakeExtract(), step("actors", "statements", "statements", ValueError("no"))).read(bare())
    assert len(read.statements) == 1


def test_one_bad_document_in_a_batch_does_not_stop_the_others() -> None:
    batch = [bare(f"{TEXT} {n}{' unreadable' if n == 2 else ''}", f"r{n}") for n in range(5)]
    read = list(pipeline(FakeExtract()).pipe(batch))
    assert [r.document.name for r in read] == [r.document.name for r in batch]
    assert [len(r.statements) for r in read] == [1, 1, 0, 1, 1]
    assert [len(r.problems) for r in read] == [0, 0, 1, 0, 0]


def test_a_batch_reads_as_its_documents_read_alone() -> None:
    batch = [bare(f"{TEXT} {n}", f"r{n}") for n in range(3)]
    made = pipeline(FakeExtract())
    assert list(made.pipe(batch)) == [made.read(r) for r in batch]
    assert list(made.pipe([])) == []


class Forgetful(FakeNewsreader):
    """Loses the last of a batch."""

    def pipe(self, readings):
        yield from list(super().pipe(readings))[:-1]


def test_a_newsreader_that_loses_a_document_is_not_believed() -> None:
    batch = [bare(f"{TEXT} {n}", f"r{n}") for n in range(3)]
    assert [len(r.sentences) for r in Pipeline(Forgetful(), ()).pipe(batch)] == [1, 1, 1]


def test_statements_beyond_the_limit_are_cut_and_said() -> None:
    class Many(FakeExtract):
        def __call__(self, reading: Reading) -> Reading:
            return replace(reading, statements=a_reading(triggers=("seized",) * 5).statements)

    read = pipeline(Many(), limits=Limits(statements=3)).read(bare())
    assert len(read.statements) == 3
    assert [(p.kind, p.severity) for p in read.problems] == [("too-many-statements", "warning")]


def test_plug_ins_are_assembled_by_name(fake_settings: Settings) -> None:
    made = assemble(replace(fake_settings, stages=("fake-extract", "fake-limited"), limits=Limits(statements=7)))
    assert [s.name for s in made.stages] == ["fake-extract", "fake-limited"]
    assert made.read(bare()).problems[0].message == "7"
    assert assemble(fake_settings) is assemble(fake_settings)


@pytest.mark.parametrize(("stages", "complaint"), [(("nosuch",), "nosuch"), (("fake-nosuch",), "does not hold")])
def test_an_unknown_plug_in_is_named(fake_settings: Settings, stages: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(PluginError, match=complaint):
        assemble(replace(fake_settings, stages=stages))
