"""The stage that adds sentences and mentions to a reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from khabar.errors import ModelError
from khabar.records import Problem, Reading, Span, digest
from khabar.settings import Limits

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH_CHARS = 150_000
_CUT_SHARE = 0.9  # what is too long is cut at the last line or word before the limit, if one stands in its last tenth
_UNIVERSAL = frozenset({"nsubj", "obl", "nmod"})  # relations that every parser of Universal Dependencies knows, and others not


class SpacyNewsreader:
    """Any spaCy pipeline with Universal Dependencies as a newsreader. Sentence borders are always khabar's own."""

    name: str
    digest: str
    needs = frozenset({"document"})
    adds = frozenset({"sentences", "mentions"})

    def __init__(self, nlp: Language, *, name: str, digest: str, limits: Limits | None = None) -> None:
        self.name = name
        self.digest = digest
        self._nlp = nlp
        self._limits = limits or Limits()
        self._one_at_a_time = Lock()  # a pipeline has one memory zone

    def __call__(self, reading: Reading) -> Reading:
        return next(self.pipe((reading,)))

    def pipe(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Annotate readings in their order, sentences of several documents together; batches change nothing but the time."""
        batch: list[Reading] = []
        size = 0
        for reading in readings:
            batch.append(reading)
            size += len(reading.document.text)
            if size >= _BATCH_CHARS:
                yield from self._annotate(batch)
                batch, size = [], 0
        yield from self._annotate(batch)

    def _annotate(self, readings: list[Reading]) -> list[Reading]:
        from khabar.annotate import adapt
        from khabar.annotate.pipeline import COMPONENT, STRETCHES
        from khabar.annotate.sentences import stretches
        from khabar.annotate.words import encodable

        found = []
        with self._one_at_a_time, self._nlp.memory_zone():
            docs = []
            for reading in readings:
                text = encodable(reading.document.text[: self._end(reading.document.text)])
                doc = self._nlp.make_doc(text)
                doc.user_data[STRETCHES] = stretches(text, reading.document.zones, adapt.word_spans(doc))
                if COMPONENT not in self._nlp.pipe_names:
                    adapt.mark_starts(doc, doc.user_data[STRETCHES])
                docs.append(doc)
            for reading, doc in zip(readings, self._nlp.pipe(docs), strict=True):
                sentences = adapt.sentences(doc, reading.document.text, doc.user_data[STRETCHES])
                mentions = adapt.mentions(doc, reading.document.text, sentences)
                found.append(self._with_limit(replace(reading, sentences=sentences, mentions=mentions)))
        return found

    def _end(self, text: str) -> int:
        """Where reading stops: the end of the text, or a border of words near the limit."""
        limit = self._limits.read_chars
        if len(text) <= limit:
            return len(text)
        earliest = int(limit * _CUT_SHARE)
        line, word = text.rfind("\n", earliest, limit), text.rfind(" ", earliest, limit)
        return line if line > 0 else word if word > 0 else limit

    def _with_limit(self, reading: Reading) -> Reading:
        text = reading.document.text
        end = self._end(text)
        if end == len(text):
            return reading
        message = f"read to character {end:,} of {len(text):,}; the rest is kept and not read (raise limits.read_chars to read it)"
        return reading.with_problem(Problem("newsreader", "too-large", message, "warning", Span(end, len(text)), reading.document.name))


def khabar_newsreader(limits: Limits | None = None, *, threads: int = 1) -> SpacyNewsreader:
    """khabar's own newsreader.

    Raises ModelError where its files are missing or altered.
    """
    from khabar.annotate.pipeline import build

    nlp, weights = build(threads=threads)
    return SpacyNewsreader(nlp, name="khabar", digest=weights, limits=limits)


def spacy_newsreader(package: str, limits: Limits | None = None) -> SpacyNewsreader:
    """Any installed spaCy package as a newsreader; a plug-in of `khabar.newsreaders` need do no more than call this.

    Raises ModelError where the package is missing, or its parser does not speak Universal Dependencies.
    """
    import spacy

    try:
        nlp = spacy.load(package)
    except OSError as error:
        raise ModelError(f"the spaCy package {package!r} is not installed: pip install {package}") from error
    spoken = {label for labels in nlp.pipe_labels.values() for label in labels}
    if _UNIVERSAL - spoken:
        raise ModelError(f"{package!r} has no parser of Universal Dependencies: it lacks {', '.join(sorted(_UNIVERSAL - spoken))}")
    identity = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    return SpacyNewsreader(nlp, name=package, digest=digest(identity.encode()), limits=limits)
