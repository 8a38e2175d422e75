"""Where a statement is put, by trees written down beside it; and what the stage promises of every value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.fake import FakeNewsreader, text_from_conllu
from khabar.knowledge.gazetteer import gazetteer
from khabar.knowledge.gazetteer.distance import kilometres
from khabar.records import Document, Flag, Place, Reading, Span, Statement, Value, Values, statement_id
from khabar.resolve.places import PlaceStage
from khabar.seams import Stage

RELS = ("nsubj", "obj", "obl", "nmod", "conj", "appos", "compound", "case", "advcl", "acl:relcl", "ccomp", "root", "punct")
TREES = (Path(__file__).parent / "test_places_trees.conllu").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Case:
    name: str
    asks: tuple[tuple[str, ...], ...]
    conllu: str


def cases() -> dict[str, Case]:
    found = {}
    for block in TREES.split("# case = ")[1:]:
        name, _, rest = block.partition("\n")
        asks = tuple(tuple(line.partition(" = ")[2].split("|")) for line in rest.splitlines() if line.startswith("# ask ="))
        found[name] = Case(name, asks, "\n".join(line for line in rest.splitlines() if not line.startswith("# ask")))
    return found


CASES = cases()


def reading_of(case: Case, *, repeat: int = 1) -> Reading:
    conllu = "\n\n".join([case.conllu] * repeat)
    text = text_from_conllu(conllu)
    document = Document("d", case.name, text, Value.unknown("no date"))
    statements = []
    for i, (word, kind, *_) in enumerate(case.asks):
        span = Span(text.index(word), text.index(word) + len(word))
        statements.append(_statement(span, kind, i))
    return replace(FakeNewsreader(conllu)(Reading(document)), statements=tuple(statements))


def _statement(span: Span, kind: str, ordinal: int) -> Statement:
    return Statement(
        id=statement_id("d", span, ordinal), document="d", trigger=span, ordinal=ordinal, evidence=span, type=Value(kind), actors=Values(),
        targets=Values(), places=Values(), when=Value.unknown("not asked"), told_as=Value("happened"), background=Value(False),
        sources=Values(), stance=Value("asserts"),
    )  # fmt: skip


ALONE = {name: PlaceStage()(reading_of(case)) for name, case in CASES.items()}


def placed(name: str) -> Reading:
    return PlaceStage()(reading_of(CASES[name]))


def place(name: str, statement: int = 0) -> Place:
    first = placed(name).statements[statement].places.first
    assert first is not None
    return first


def test_the_stage_fills_its_seam() -> None:
    stage = PlaceStage()
    assert isinstance(stage, Stage)
    assert (stage.name, stage.needs, stage.adds) == ("places", frozenset({"sentences", "mentions", "statements"}), frozenset({"places"}))


@pytest.mark.parametrize("case", CASES.values(), ids=lambda c: c.name)
def test_every_statement_is_put_where_a_reader_would_put_it(case: Case) -> None:
    reading = PlaceStage()(reading_of(case))
    for statement, (_, _, wanted, rule) in zip(reading.statements, case.asks, strict=True):
        told = ",".join(f"{p.entry or p.name}@{p.precision or 'unresolved'}" for p in statement.places)
        assert told == wanted
        assert {v.because for v in statement.places.items} <= {rule}


@pytest.mark.parametrize("case", CASES.values(), ids=lambda c: c.name)
def test_every_span_slices_back_to_its_words_and_nothing_else_is_touched(case: Case) -> None:
    before = reading_of(case)
    after = PlaceStage()(before)
    for old, new in zip(before.statements, after.statements, strict=True):
        assert replace(new, places=old.places, flags=old.flags) == old
        for value in new.places.items:
            assert value.value is not None
            assert value.span == value.value.span
            assert value.span is None or value.span.of(before.document.text).strip()
            assert (value.value.lat is None) == (value.value.precision is None)
            assert value.value.lat is not None or value.reason
        assert len(new.places) or new.places.reason


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_stage_run_twice_says_the_same(name: str) -> None:
    once = placed(name)
    assert PlaceStage()(once) == once


@given(st.permutations(sorted(CASES)))
def test_the_order_of_documents_changes_nothing(order: list[str]) -> None:
    stage = PlaceStage()
    assert {name: stage(reading_of(CASES[name])) for name in order} == {name: ALONE[name] for name in order}


def test_a_distance_moves_the_point_and_widens_the_area() -> None:
    there = place("distance")
    kabul = gazetteer().lookup("Kabul")[0]
    assert there.lat is not None
    assert there.lon is not None
    assert there.precision == "near"
    assert kilometres(kabul.lat, kabul.lon, there.lat, there.lon) == pytest.approx(120, abs=1)
    assert there.lat > kabul.lat
    assert there.area is not None
    assert there.area.radius_km >= 36


def test_a_name_of_no_gazetteer_keeps_its_words_and_no_coordinates() -> None:
    value = placed("unknown").statements[0].places.items[0]
    assert value.value is not None
    assert (value.value.name, value.value.lat, value.value.entry) == ("Qashmandol", None, None)
    assert "gazetteer" in (value.reason or "")


def test_what_lies_elsewhere_than_said_is_kept_where_it_lies_and_marked() -> None:
    statement = placed("announced").statements[1]
    marks: list[Flag] = list(statement.flags)
    assert {m.kind for m in marks} == {"contradiction"}
    assert len(marks) == 3
    assert all("Baghlan" in m.note and "Panjshir" in m.note for m in marks)
    assert all(p.country == "AFG" and p.precision == "district" for p in statement.places)


def test_what_is_inherited_has_no_span() -> None:
    value = placed("inherit").statements[1].places.items[0]
    assert value.because == "places.inherited"
    assert value.span is None
    assert value.confidence < 1


def test_a_reading_without_statements_is_left_alone() -> None:
    reading = replace(reading_of(CASES["near"]), statements=())
    assert PlaceStage()(reading) is reading


@given(st.sampled_from(sorted(CASES)), st.randoms(use_true_random=False))
def test_no_tree_however_wrong_breaks_the_stage(name: str, random: Random) -> None:
    reading = reading_of(CASES[name])
    sentences = tuple(
        replace(s, tokens=tuple(replace(t, head=_head(t.i, random), rel=random.choice(RELS)) for t in s.tokens)) for s in reading.sentences
    )
    mentions = tuple(replace(m, kind=random.choice(("LOC", "PERSON", "ORG", "NORP"))) for m in reading.mentions if random.random() < 0.8)
    after = PlaceStage()(replace(reading, sentences=sentences, mentions=mentions))
    assert len(after.statements) == len(reading.statements)


def _head(i: int, random: Random) -> int:
    """Any tree: a word hangs on one before it, the first is the root."""
    return random.randrange(i) if i else 0


def test_a_part_is_said_to_be_one_and_paints_nothing_of_the_whole() -> None:
    assert place("part-of-a-province").part == "Four of the seven districts"
    assert place("side-of-outskirts").part == "western outskirts"
