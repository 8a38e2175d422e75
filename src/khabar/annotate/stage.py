"""The stage that adds sentences and mentions to a reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from khabar import plugins
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

    def __init__(self, nlp: Language, *, name: str, digest: str, limits: Limits | None = None, warning: str = "") -> None:
        """`warning` is what has to be said of everything that is read with it, if anything."""
        self.name = name
        self.digest = digest
        self._warning = warning
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
            size += len(reading.document.text) + 1
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
                if COMPONENT not in self._nlp.pipe_names and not doc.has_annotation("DEP"):  # a tokenizer may parse too: Stanza's does
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
        if self._warning:
            reading = reading.with_problem(Problem("newsreader", "reads-otherwise", self._warning, "warning", where=reading.document.name))
        end = self._end(text)
        if end == len(text):
            return reading
        message = f"read to character {end:,} of {len(text):,}; the rest is kept and not read (raise limits.read_chars to read it)"
        return reading.with_problem(Problem("newsreader", "too-large", message, "warning", Span(end, len(text)), reading.document.name))


def khabar_newsreader(limits: Limits | None = None, *, threads: int = 1) -> SpacyNewsreader:
    """khabar's own newsreader.

    Processors differ in 8-bit arithmetic. Where this one does not read the canary as it was read where the weights were
    made, every reading says so, and the digest is another: such a run is not the same run.

    Raises ModelError where its files are missing or altered.
    """
    from khabar.annotate.pipeline import build

    return _own(build(threads=threads), "khabar", limits)


def _own(nlp: Language, name: str, limits: Limits | None) -> SpacyNewsreader:
    """A pipeline whose trees are khabar's own."""
    from khabar.annotate.pipeline import COMPONENT, Newscomponent

    component = nlp.get_pipe(COMPONENT)
    assert isinstance(component, Newscomponent)
    model = component.model
    if model.faithful():
        return SpacyNewsreader(nlp, name=name, digest=model.digest, limits=limits)
    own = digest((model.digest + model.answer()).encode())
    warning = "this processor's 8-bit arithmetic differs from that of the one the newsreader was measured on: its scores may not hold here"
    return SpacyNewsreader(nlp, name=name, digest=own, limits=limits, warning=warning)


def foreign_newsreader(name: str, limits: Limits | None = None) -> SpacyNewsreader:
    """Another pipeline of Universal Dependencies by name: a spaCy package, a folder that spaCy saved, or "stanza:en".

    Raises ModelError where it is not there, or its parser does not speak Universal Dependencies.
    """
    kind, _, language = name.partition(":")
    return stanza_newsreader(language or "en", limits) if kind == "stanza" else spacy_newsreader(name, limits)


def spacy_newsreader(package: str, limits: Limits | None = None) -> SpacyNewsreader:
    """Any installed spaCy package, or folder, as a newsreader; a plug-in of `khabar.newsreaders` need do no more than call this.

    Raises ModelError where the package is missing, or its parser does not speak Universal Dependencies.
    """
    import spacy

    from khabar.annotate.pipeline import COMPONENT

    try:
        nlp = spacy.load(package)
    except (OSError, ValueError, AttributeError, TypeError) as error:  # not there, broken, or a package of another kind
        if Path(package).exists():
            raise ModelError(f"{package}: no pipeline that spaCy can load: {error}") from error
        known = ", ".join(sorted(plugins.available("khabar.newsreaders")))
        raise ModelError(
            f"no newsreader is called {package!r}: it is none of the plug-ins ({known}), no installed spaCy pipeline and no folder"
        ) from error
    if COMPONENT in nlp.pipe_names:
        return _own(nlp, Path(package).name, limits)
    spoken = {label for labels in nlp.pipe_labels.values() for label in labels}
    if _UNIVERSAL - spoken:
        raise ModelError(f"{package!r} has no parser of Universal Dependencies: it lacks {', '.join(sorted(_UNIVERSAL - spoken))}")
    return SpacyNewsreader(nlp, name=Path(package).name, digest=_content(nlp.path), limits=limits)


def stanza_newsreader(language: str = "en", limits: Limits | None = None) -> SpacyNewsreader:
    """Stanza through spacy-stanza, with models that were downloaded before: khabar fetches nothing.

    Raises ModelError where the package or its models are missing.
    """
    try:
        import spacy_stanza
        import stanza
    except ImportError as error:
        raise ModelError("the newsreader stanza needs spacy-stanza: pip install spacy-stanza, then fetch its models") from error
    try:
        nlp = spacy_stanza.load_pipeline(language, download_method=None)
    except (OSError, RuntimeError, ValueError, LookupError) as error:  # its models are missing or do not fit
        raise ModelError(f"Stanza cannot load its models of {language!r}: {error}") from error
    models = Path(stanza.resources.common.DEFAULT_MODEL_DIR) / language
    return SpacyNewsreader(nlp, name=f"stanza:{language}", digest=_content(models), limits=limits)


def _content(folder: Path | None) -> str:
    """The digest of a saved pipeline: of the names and bytes of its files."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file()) if folder else []
    rows = (f"{p.relative_to(folder or p).as_posix()} {digest(p.read_bytes())}" for p in paths)
    return digest("\n".join(rows).encode())
