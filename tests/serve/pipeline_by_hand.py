"""A pipeline that needs no model: every "captured" is a capture, told in the report's own voice or, after "said", by a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint

from khabar.records import Reading, Sentence, Source, Span, Statement, Value, Values, statement_id

NOTHING = "nothing of the kind is written"


class OneSentence:
    """A newsreader for which a report is one sentence."""

    name = "one-sentence"
    needs = frozenset({"document"})
    adds = frozenset({"sentences", "mentions"})
    digest = "0" * 64

    def __call__(self, reading: Reading) -> Reading:
        return replace(reading, sentences=(Sentence(0, Span(0, len(reading.document.text)), ()),))

    def pipe(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        return map(self, readings)


class Captures:
    """A stage that finds captures; at the word "breaks" it fails."""

    name = "captures"
    needs = frozenset({"sentences"})
    adds = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        text = reading.document.text
        if "breaks" in text:
            raise ValueError("this report breaks the stage")
        return replace(reading, statements=tuple(_found(reading, text)))


def _found(reading: Reading, text: str) -> Iterator[Statement]:
    start = text.find("captured")
    while start >= 0:
        trigger = Span(start, start + len("captured"))
        said = text.find("said", trigger.end)
        source = Value(Source(Span(said, said + 4), "a spokesman"), Span(said, said + 4), "said") if said >= 0 else None
        yield Statement(
            statement_id(reading.document.id, trigger, 0), reading.document.id, trigger, 0, Span(0, len(text)),
            Value("capture", trigger, "capture.captured"), Values(reason=NOTHING), Values(reason=NOTHING), Values(reason=NOTHING),
            Value.unknown("no day is written"), Value("happened", because="telling.finite"), Value(False, because="telling.recent"),
            Values((source,)) if source else Values(reason=NOTHING), Value("asserts", because="sources.stance"),
        )  # fmt: skip
        start = text.find("captured", trigger.end)


def plug_ins(group: str) -> dict[str, EntryPoint]:
    """What `khabar.plugins.available` answers in tests: the real readers, store and exporters, the pipeline above."""
    offered = {
        "khabar.readers": {"text": "khabar.readers.text:TextReader", "jsonl": "khabar.readers.jsonl:JsonlReader"},
        "khabar.newsreaders": {"khabar": "pipeline_by_hand:OneSentence"},
        "khabar.stages": {"captures": "pipeline_by_hand:Captures"},
        "khabar.stores": {"sqlite": "khabar.store.sqlite:SqliteStore"},
        "khabar.exporters": {"jsonl": "khabar.serve.export.jsonl:JsonlExporter", "csv": "khabar.serve.export.csv:CsvExporter"},
    }
    return {name: EntryPoint(name, value, group) for name, value in offered[group].items()}
