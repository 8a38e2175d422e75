from __future__ import annotations

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
