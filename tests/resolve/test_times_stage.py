"""Which day a statement gets, by trees written down beside it; and what the stage promises of every value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from khabar.annotate.fake import sentences_from_conllu, text_from_conllu
from khabar.api import code
from khabar.records import Document, Reading, Span, Statement, Value, Values, When, statement_id
from khabar.resolve.times import TimeStage, is_history
from khabar.seams import Stage

TREES = (Path(__file__).parent / "timex_trees.conllu").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Case:
    name: str
    published: date | None
    asks: tuple[tuple[str, ...], ...]
    conllu: str


def cases() -> list[Case]:
    found = []
    for block in TREES.split("# case = ")[1:]:
        name, _, rest = block.partition("\n")
        lines = rest.splitlines()
        published = next(line.partition("=")[2].strip() for line in lines if line.startswith("# published ="))
        asks = tuple(tuple(line.partition(" = ")[2].split("|")) for line in lines if line.startswith("# ask ="))
        trees = "\n".join(line for line in lines if not line.startswith(("# ask", "# published")))
        found.append(Case(name, date.fromisoformat(published) if published else None, asks, trees))
    return found


def reading_of(case: Case) -> Reading:
    text = text_from_conllu(case.conllu)
    published: Value[date] = Value(case.published) if case.published else Value.unknown("no date is given")
    document = Document("d", case.name, text, published)
    reading = Reading(document, sentences_from_conllu(case.conllu, text))
    statements, at = [], 0
    for ordinal, ask in enumerate(case.asks):
        at = text.index(ask[0], at)
        trigger = Span(at, at + len(ask[0]))
        sentence = reading.sentence_at(at)
        assert sentence is not None
        statements.append(statement(document, trigger, sentence.span, ask, ordinal))
    return replace(reading, statements=tuple(statements))


def statement(document: Document, trigger: Span, evidence: Span, ask: tuple[str, ...], ordinal: int) -> Statement:
    when: Value[When] = Value.unknown("not read yet")
    return Statement(
        statement_id(document.id, trigger, ordinal),
        document.id,
        trigger,
        ordinal,
        evidence,
        type=Value(ask[1]),
        actors=Values(),
        targets=Values(),
        places=Values(),
        when=when,
        told_as=Value(ask[2]),  # type: ignore[arg-type]
        background=Value(False),
        sources=Values(),
        stance=Value("asserts"),
    )


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_days_of_statements(case: Case) -> None:
    reading = TimeStage()(reading_of(case))
    for read, ask in zip(reading.statements, case.asks, strict=True):
        _, _, _, history, start, end, basis = ask
        when = read.when.value
        got = (str(when.start), str(when.end), when.basis) if when else ("", "", "")
        assert got == (start, end, basis), read.when
        assert bool(read.background.value) == bool(history)


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_every_day_leads_back_to_words_or_says_why_not(case: Case) -> None:
    text = text_from_conllu(case.conllu)
    for read in TimeStage()(reading_of(case)).statements:
        when = read.when.value
        if when is None:
            assert read.when.reason
        elif when.basis == "convention":
            assert read.when.span is None
        else:
            assert read.when.span is not None
            assert read.when.span.of(text).strip()
        assert read.when.because.startswith("times.")


def test_without_a_day_of_publication_relative_words_say_so() -> None:
    case = next(c for c in cases() if c.name == "undated-report")
    (read,) = TimeStage()(reading_of(case)).statements
    assert read.when.value is None
    assert read.when.reason is not None
    assert "publication" in read.when.reason


def test_what_is_given_stays_as_it_was() -> None:
    reading = reading_of(cases()[0])
    before = reading.statements
    after = TimeStage()(reading)
    assert reading.statements is before
    assert [s.id for s in after.statements] == [s.id for s in before]


def test_a_day_that_no_calendar_has_is_a_problem_with_its_words() -> None:
    rows = ("1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj", "2\tstruck\tstrike\tVERB\tVBD\t_\t0\troot", "3\ton\ton\tADP\tIN\t_\t4\tcase")
    rows = (*rows, "4\t31\t31\tNUM\tCD\t_\t2\tobl", "5\tJune\tJune\tPROPN\tNNP\t_\t4\tnmod")
    conllu = "\n".join(f"{row}\t_\t_" for row in rows) + "\n\n"
    reading = reading_of(Case("no-such-day", date(2021, 8, 25), (("struck", "assault", "happened", "", "", "", ""),), conllu))
    read = TimeStage()(reading)
    (problem,) = read.problems
    assert (problem.stage, problem.kind, problem.severity) == ("times", "no-such-day", "warning")
    assert problem.span is not None
    assert problem.span.of(reading.document.text) == "31 June"
    assert "31 June" in problem.message
    assert read.statements[0].when.because != "times.day-month"


def test_the_stage_keeps_its_protocol() -> None:
    assert isinstance(TimeStage(), Stage)


@pytest.mark.parametrize(
    ("end", "published", "wanted"),
    [
        (date(2021, 5, 26), date(2021, 8, 25), True),
        (date(2021, 5, 27), date(2021, 8, 25), False),
        (date(2021, 5, 26), None, False),
    ],
)
def test_history_ends_ninety_days_before(end: date, published: date | None, wanted: bool) -> None:
    assert is_history(When(date(2021, 1, 1), end, "days", "text"), published) is wanted


def test_nothing_is_history_without_a_time() -> None:
    assert not is_history(None, date(2021, 8, 25))


def test_what_happened_after_publication_is_a_problem_with_its_words() -> None:
    coded = code("Troops entered Sake on 9 May. They will leave on 12 May.", published="2024-05-03")
    (problem,) = [p for p in coded.problems if p.kind == "after-publication"]
    assert problem.span is not None
    assert problem.span.of(coded.document.text).endswith("9 May")
    assert "2024-05-09" in problem.message
