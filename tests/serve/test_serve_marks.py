from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import velmar

from khabar.records import Span
from khabar.serve.marks import Mark, in_order, marks_of, segments

TEXTS = st.text(max_size=60)
SPANS = st.tuples(st.integers(0, 70), st.integers(0, 70)).map(lambda ends: Span(min(ends), max(ends)))


@given(text=TEXTS, spans=st.lists(SPANS, max_size=8), cuts=st.lists(st.integers(0, 70), max_size=4))
def test_segments_are_the_text_and_carry_exactly_the_marks_that_cover_them(text: str, spans: list[Span], cuts: list[int]) -> None:
    marks = [Mark(span, n, "actor") for n, span in enumerate(spans)]
    found = segments(text, marks, cuts)
    assert "".join(s.span.of(text) for s in found) == text
    for segment in found:
        covering = {m for m in marks if m.span.contains(segment.span) and m.span.start < m.span.end}
        assert set(segment.marks) == covering
        assert not any(segment.span.start < cut < segment.span.end for cut in cuts)


def test_every_mark_slices_back_to_its_words() -> None:
    reading = velmar()
    marks = {(m.role, m.span.of(reading.document.text)) for n, s in enumerate(in_order(reading)) for m in marks_of(s, n)}
    assert {("trigger", "captured"), ("source", "Odran Keel"), ("source", "wrote"), ("quantity", '"dozens"'), ("when", "1987")} <= marks


def test_segments_take_time_in_proportion_to_the_text() -> None:
    def seconds(marks: int) -> float:
        text = "word " * (marks * 4)
        made = [Mark(Span(n * 20, n * 20 + 12), n, "trigger") for n in range(marks)]
        start = time.perf_counter()
        segments(text, made)
        return time.perf_counter() - start

    seconds(2_000)
    assert min(seconds(40_000) for _ in range(3)) < 4 * min(seconds(20_000) for _ in range(3))
