"""What the grammar of time reads, and what it leaves alone: cases as data, laws by hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import KnowledgeError
from khabar.knowledge import timewords
from khabar.knowledge.timewords import time_words
from khabar.resolve.times import Anchor, find_times
from khabar.resolve.times import interval as cal

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "timex_cases.yaml").read_text(encoding="utf-8"))
TRAPS = [line for line in (HERE / "timex_traps.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
ANCHOR = Anchor(published=date(2021, 8, 25), story=cal.day(date(2021, 8, 22)))
days = st.dates(date(1900, 1, 1), date(2035, 12, 31))


def read(text: str, anchor: Anchor = ANCHOR) -> list[tuple[str, date | None, date | None]]:
    found = []
    for e in find_times(text):
        assert e.span.of(text) == e.words
        i = e.resolve(anchor)
        found.append((e.words, i.start if i else None, i.end if i else None))
    return found


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_expressions(text: str, wanted: list[list[object]]) -> None:
    assert read(text) == [(w[0], w[1], w[-1]) for w in wanted]


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "lean", "wanted"),
    [
        ("on Friday", "future", date(2021, 8, 27)),
        ("on Friday", "past", date(2021, 8, 20)),
        ("on 3 September", "future", date(2021, 9, 3)),
        ("on 3 March", "past", date(2021, 3, 3)),
        ("on 3 September", "past", date(2021, 9, 3)),  # a day short of a year ago is the one that comes
    ],
)
def test_the_future_is_read_by_tense(text: str, lean: str, wanted: date) -> None:
    assert read(text, Anchor(ANCHOR.published, None, lean))[0][1] == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["on Tuesday", "yesterday", "last week", "in May", "three days ago", "two days later", "the same day"])
def test_relative_words_need_their_anchor(text: str) -> None:
    (expression,) = find_times(text)
    assert expression.resolve(Anchor()) is None
    assert expression.value(Anchor()) == "XXXX"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25 August 2021", "2021-08-25"),
        ("last week", "2021-W33"),
        ("May 2014", "2014-05"),
        ("in 2014", "2014"),
        ("the 1990s", "199"),
        ("the 19th century", "18"),
        ("for three weeks", "P3W"),
        ("for 48 hours", "PT48H"),
        ("every day", "SET"),
        ("late May 2014", "2014-05-21/2014-05-31"),
    ],
)
def test_timex_values(text: str, value: str) -> None:
    assert find_times(text)[0].value(ANCHOR) == value


@given(days, days)
def test_a_weekday_is_the_last_up_to_publication(published: date, other: date) -> None:
    (expression,) = find_times(f"on {other:%A}")
    found = expression.resolve(Anchor(published))
    assert found is not None
    assert found.start.weekday() == other.weekday()
    assert timedelta() <= published - found.start <= timedelta(days=6)


@given(days)
def test_every_way_to_write_a_day_means_that_day(day: date) -> None:
    for text in (f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}", day.isoformat(), f"{day.day} {day:%b}. {day.year}"):
        (expression,) = find_times(f"on {text}")
        assert expression.resolve(Anchor()) == cal.day(day)


@given(days, st.integers(1, 400))
def test_ago_and_later_mirror_each_other(day: date, count: int) -> None:
    back = find_times(f"{count} days earlier")[0].resolve(Anchor(story=cal.day(day)))
    assert back is not None
    assert find_times(f"{count} days later")[0].resolve(Anchor(story=back)) == cal.day(day)


@given(st.text(alphabet=st.sampled_from("May 12,-/'s on the of last week 2021 to Monday ago three\n. "), max_size=80), days)
def test_no_text_breaks_it(text: str, published: date) -> None:
    at = 0
    for e in find_times(text):
        assert e.span.of(text) == e.words
        assert e.span.start >= at
        at = e.span.end
        e.resolve(Anchor(published, cal.day(published)))


def test_easter_and_the_islamic_year() -> None:
    assert cal.easter(2024) == date(2024, 3, 31)
    assert abs((cal.hijri(1444, 9, 1) - date(2023, 3, 23)).days) <= 1
    assert abs((cal.hijri(1446, 12, 10) - date(2025, 6, 6)).days) <= 1


def test_words_are_loaded_once_and_are_words() -> None:
    words = time_words()
    assert words is time_words()
    assert len(words.months) == 12
    assert sorted(words.weekdays.values()) == list(range(7))
    assert all(isinstance(w, str) for w in (*words.directions, *words.words_after, *words.counted))  # YAML reads a bare "on" as true


def test_a_faulty_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in timewords.FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "units.yaml").write_text("units: [", encoding="utf-8")
    monkeypatch.setattr(timewords, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match=r"units\.yaml"):
        timewords.time_words.__wrapped__()


def test_a_missing_table_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in timewords.FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "units.yaml").write_text("units: []\n", encoding="utf-8")
    monkeypatch.setattr(timewords, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match="numbers"):
        timewords.time_words.__wrapped__()
