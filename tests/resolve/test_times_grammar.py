"""What the grammar of time reads, and what it leaves alone: cases as data, laws by hypothesis."""

from __future__ import annotations

import doctest
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import KnowledgeError
from khabar.knowledge import timewords
from khabar.knowledge.timewords import time_words
from khabar.resolve import times
from khabar.resolve.times import Anchor, find_times, tell_times
from khabar.resolve.times import interval as cal
from khabar.resolve.times.expressions import atoms

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "timex_cases.yaml").read_text(encoding="utf-8"))
VALUES = yaml.safe_load((HERE / "timex_values.yaml").read_text(encoding="utf-8"))
TOLD = yaml.safe_load((HERE / "timex_told.yaml").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize(("text", "value", "modifier", "counts_from"), VALUES, ids=[c[0] for c in VALUES])
def test_timex_values(text: str, value: str, modifier: str, counts_from: str) -> None:
    (expression,) = find_times(text)
    assert (expression.value(ANCHOR), expression.modifier(ANCHOR), expression.counts_from) == (value, modifier, counts_from)


@pytest.mark.parametrize(("text", "published", "values"), TOLD, ids=[c[0] for c in TOLD])
def test_times_along_a_text(text: str, published: date | None, values: list[str]) -> None:
    told = tell_times(text, published)
    assert [t.value for t in told] == values
    assert all(t.expression.span.of(text) == t.expression.words for t in told)


def test_what_is_told_has_its_days_and_what_it_was_counted_from() -> None:
    first, second = tell_times("On 10 May 1940 they came. They have fought ever since the following day.")
    assert first.days == first.interval == cal.day(date(1940, 5, 10))
    assert (first.counted_from, second.counted_from) == (None, first.days)
    assert second.days == cal.day(date(1940, 5, 11))


def test_a_range_keeps_its_ends() -> None:
    text = "They fought from 29 July to 3 August 2021 and in 1992-95."
    assert [[p.words for p in e.parts] for e in find_times(text)] == [["29 July", "3 August 2021"], ["1992", "95"]]


def test_a_day_that_no_calendar_has_is_said_to_be_none() -> None:
    found = find_times("On 31 June, on 30 February 2020 and on 29 February 2021 they came, on 29 February 2020 they left.")
    assert [e.is_impossible for e in found] == [True, True, True, False]


def test_what_dates_nothing_is_left_out_where_statements_are_dated() -> None:
    assert [e.words for e in atoms("The former camp is now held since the spring offensive of 2014.")] == [
        "former",
        "now",
        "spring",
        "2014",
    ]
    assert [e.words for e in atoms("The former camp is now held since the spring offensive of 2014.", loose=False)] == ["2014"]


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


W = time_words()
TABLES = (W.months, W.units, W.parts, W.numbers, W.directions, W.steps, W.story_steps, W.bounds, W.seasons, W.ordinals, W.deictic)
ODD = "31 June|0|year 0|0000-00-00|99999|9999|9999999 years ago|BC|-|/|,|to|and|of|century|7999 BC|FY99|1 Muharram 1443|30 Hut 1400"
WORDS = [*sorted({word for table in TABLES for word in table}), *W.references, *W.feasts, *W.stretches, *ODD.split("|")]
ANCHORS = [
    Anchor(),
    ANCHOR,
    Anchor(date.min, cal.day(date.min)),
    Anchor(date.max, cal.day(date.max), "future"),
    Anchor(date.max, cal.years(1, 9999), "past", cal.years(1, 9999)),
    Anchor(date(cal.ANCIENT - 480, 1, 1), cal.year(cal.ANCIENT - 480), ancient=True),
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), st.sampled_from(ANCHORS))
def test_an_interval_never_ends_before_it_starts_and_resolving_changes_nothing(words: list[str], anchor: Anchor) -> None:
    text = " ".join(w.title() if len(w) % 2 else w for w in words)
    for e in find_times(text):
        found = e.resolve(anchor)
        assert found is None or found.start <= found.end
        assert (e.resolve(anchor), e.value(anchor)) == (found, e.value(anchor))
        assert e.value(anchor)
    assert tell_times(text, anchor.published) == tell_times(text, anchor.published)


@given(st.text(max_size=60), st.none() | days)
def test_no_text_at_all_breaks_it(text: str, published: date | None) -> None:
    for told in tell_times(text, published):
        assert told.expression.span.of(text) == told.expression.words


@pytest.mark.parametrize("words", ["May ", "1 ", "May 1 - ", "3 pm ", "5 BC - ", "from Monday until "])
def test_time_grows_with_the_text_and_no_faster(words: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        find_times((words * (size // len(words) + 1))[:size])
        return time.process_time() - start

    seconds(1000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (50_000, 100_000))
    assert large <= 3 * small + 0.05


@given(st.text(alphabet=st.sampled_from("May 12,-/'s on the of last week 2021 to Monday ago three\n. "), max_size=80), days)
def test_no_text_breaks_it(text: str, published: date) -> None:
    at = 0
    for e in find_times(text):
        assert e.span.of(text) == e.words
        assert e.span.start >= at
        at = e.span.end
        e.resolve(Anchor(published, cal.day(published)))


def test_other_calendars() -> None:
    assert cal.solar(1400, 1, 1) == date(2021, 3, 21)
    assert cal.solar(1403, 12, 30) == date(2025, 3, 20)  # a leap year
    assert cal.solar(1357, 2, 7) == date(1978, 4, 27)


def test_easter_and_the_islamic_year() -> None:
    assert cal.easter(2024) == date(2024, 3, 31)
    assert abs((cal.hijri(1444, 9, 1) - date(2023, 3, 23)).days) <= 1
    assert abs((cal.hijri(1446, 12, 10) - date(2025, 6, 6)).days) <= 1


def test_the_example_of_the_module_is_true() -> None:
    assert doctest.testmod(times).failed == 0
    assert doctest.testmod(times).attempted > 5


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
