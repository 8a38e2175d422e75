"""The newsreader as a spaCy pipeline, so that any other spaCy package can stand in its place.

`build()` gives a pipeline whose tokenizer is ours and whose one component sets tags, features, lemmas, governors,
relations, names and (through the trees) sentence starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy import blank
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

from khabar.annotate.lemmas import lemma
from khabar.annotate.model import Newsmodel, Parse
from khabar.annotate.names import Name, Word, names
from khabar.annotate.sentences import OPENING, Stretch, recut, stretches
from khabar.annotate.words import encodable, is_word, words

COMPONENT = "khabar_newsreader"
TOKENIZER = "khabar.NewsTokenizer.v1"
STRETCHES = "khabar_stretches"  # the key in `Doc.user_data` under which sentences to be are handed over
_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_COLUMN = {attribute: k for k, attribute in enumerate(_ATTRIBUTES)}
_BRACKETS = frozenset("([{)]}")
# Words that a line In Titles leaves small.
_SMALL = frozenset({
    "a", "after", "amid", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "near", "of", "off", "on",
    "or", "over", "per", "the", "to", "up", "via", "vs.", "with", "'s", "’s", "n't", "n’t",
})  # fmt: skip
_BATCH_WORDS = 25_000
_FINER = {"LOC": ("GPE", "LOC", "FAC"), "ORG": ("ORG", "GROUP")}
# Log odds that a sentence starts where the rules say so, and where they do not, before the model has spoken (see `_borders`):
# the best of ten pairs for the trees of EWT's and GUM's dev parts from raw text.
_RULED, _UNRULED = 3.0, -1.0


class NewsTokenizer:
    """Text to a Doc by `khabar.annotate.words`; every character of the text is in the Doc."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        text = encodable(text)
        forms: list[str] = []
        spaces: list[bool] = []
        end = 0
        for start, stop in (*words(text), (len(text), len(text))):
            gap = text[end:start]
            if gap[:1] == " " and forms:
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                forms.append(gap)
                spaces.append(False)
            if start < stop:
                forms.append(text[start:stop])
                spaces.append(False)
            end = stop
        return Doc(self.vocab, words=forms, spaces=spaces)

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Nothing to keep: the rules are code and data of khabar."""
        return b""

    def from_bytes(self, _bytes: bytes, **kwargs: Any) -> NewsTokenizer:
        return self

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, path: Any, **kwargs: Any) -> NewsTokenizer:
        return self


class Newscomponent:
    """Annotates Docs, all sentences of several Docs together."""

    def __init__(self, nlp: Language, model: Newsmodel) -> None:
        self.model = model
        strings, labels = nlp.vocab.strings, model.labels
        self._pos = np.array([POS_IDS[pos] for pos in labels.pos], np.uint64)
        self._tags = np.array([strings.add(tag) for tag in labels.tag], np.uint64)
        self._morphs = np.array([nlp.vocab.morphology.add(morph) for morph in labels.morph], np.uint64)
        self._relations = np.array([strings.add(relation) for relation in labels.relation], np.uint64)
        self._kinds = {kind: strings.add(kind) for kind in (*(tag[2:] for tag in labels.name if tag != "O"), *labels.kind)}
        self._finer_columns = {coarse: [k for k, kind in enumerate(labels.kind) if kind in finer] for coarse, finer in _FINER.items()}
        self._proper, self._noun, self._plural = labels.pos.index("PROPN"), labels.pos.index("NOUN"), labels.tag.index("NNS")
        self._loose = strings.add("dep")

        # What a saved pipeline may ask a component for; what this one reads with is in khabar itself.
        self.labels = tuple(labels.relation)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """Batches by words, since reports are of all lengths; `batch_size` is spaCy's and not used."""
        batch: list[Doc] = []
        size = 0
        for doc in stream:
            batch.append(doc)
            size += len(doc) + 1
            if size >= _BATCH_WORDS:
                yield from self._annotate(batch)
                batch, size = [], 0
        yield from self._annotate(batch)

    def _annotate(self, docs: Sequence[Doc]) -> Sequence[Doc]:
        forms = [[token.text for token in doc] for doc in docs]
        places = [np.array([i for i, form in enumerate(row) if is_word(form)], np.int64) for row in forms]
        likely = [_stretches(doc, place) for doc, place in zip(docs, places, strict=True)]
        texts = [
            [[row[i] for i in place[s.first : s.last]] for s in found] for row, place, found in zip(forms, places, likely, strict=True)
        ]
        borders = [_borders(text, found) for text, found in zip(texts, likely, strict=True)]
        plain = [[_plain(sentence) for sentence in text] for text in texts]
        read = self.model.read(plain, borders)
        for doc, row, place, found, shown, parses in zip(docs, forms, places, likely, plain, read, strict=True):
            spans = [(token.idx, token.idx + len(token)) for token in (doc[int(i)] for i in place)]
            cut = recut(found, [len(parse) for parse in parses], spans)
            if STRETCHES in doc.user_data:
                doc.user_data[STRETCHES] = cut
            seen = iter(form for sentence in shown for form in sentence)
            self._fill(
                doc,
                row,
                [(place[s.first : s.last], parse, [next(seen) for _ in range(len(parse))]) for s, parse in zip(cut, parses, strict=True)],
            )
        return docs

    def _fill(self, doc: Doc, forms: Sequence[str], read: Sequence[tuple[NDArray[np.int64], Parse, Sequence[str]]]) -> None:
        """`read`: for each sentence where its words stand in the Doc, what was read of them, and as which forms."""
        table = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        table[:, _COLUMN[DEP]] = self._loose
        table[:, _COLUMN[ENT_IOB]] = 2
        table[:, _COLUMN[LEMMA]] = [token.orth for token in doc]
        for place, parse, seen in read:
            self._rows(doc, [forms[i] for i in place], seen, place, parse, table)
        doc.from_array(_ATTRIBUTES, table)  # type: ignore[arg-type]

    def _rows(
        self, doc: Doc, spelled: Sequence[str], seen: Sequence[str], place: NDArray[np.int64], parse: Parse, table: NDArray[np.uint64]
    ) -> None:
        """Fill the rows of one sentence, whose words stand at `place` in the Doc and were read as `seen`."""
        found = [self._finer(name, parse) for name in names(self._words(doc, spelled, place, parse))]
        self._mend_opening(spelled, found, parse)
        governors = np.where(parse.heads == 0, place, place[parse.heads - 1])
        inside = np.arange(place[0], place[-1] + 1)
        table[inside, _COLUMN[HEAD]] = np.uint64(2**64 - 1)  # white space hangs on the token before it
        for attribute, column in (
            (POS, self._pos[parse.pos]),
            (TAG, self._tags[parse.tags]),
            (MORPH, self._morphs[parse.morphs]),
            (DEP, self._relations[parse.relations]),
            (HEAD, (governors - place).astype(np.int64).view(np.uint64)),
            (LEMMA, self._lemmas(doc, spelled, parse, cased=list(spelled) == list(seen))),
        ):
            table[place, _COLUMN[attribute]] = column
        for name in found:
            rows = np.arange(place[name.start], place[name.end - 1] + 1)
            table[rows, _COLUMN[ENT_TYPE]] = self._kinds[name.kind]
            table[rows, _COLUMN[ENT_IOB]] = 1
            table[rows[0], _COLUMN[ENT_IOB]] = 3

    def _finer(self, name: Name, parse: Parse) -> Name:
        """A name with the finer kind that its words speak for most, where its kind has finer ones."""
        columns = self._finer_columns.get(name.kind)
        if columns is None:
            return name
        scores = parse.kinds[name.start : name.end, columns].sum(0)
        return replace(name, kind=self.model.labels.kind[columns[int(scores.argmax())]])

    def _words(self, doc: Doc, forms: Sequence[str], place: NDArray[np.int64], parse: Parse) -> list[Word]:
        labels = self.model.labels
        glued = [False, *(bool(b == a + 1 and not doc[int(a)].whitespace_) for a, b in pairwise(place))]
        heads = np.where(parse.heads == 0, np.arange(len(place)), parse.heads - 1)
        return [
            Word(form, onto, labels.tag[tag], int(head), labels.relation[relation], labels.name[mark])
            for form, onto, tag, head, relation, mark in zip(forms, glued, parse.tags, heads, parse.relations, parse.names, strict=True)
        ]

    def _mend_opening(self, forms: Sequence[str], found: Sequence[Name], parse: Parse) -> None:
        """An opening plural that is no part of a name and stands before no other proper noun is a common noun: "Rebels fled"."""
        first, proper = forms[0], self._proper
        alone = len(forms) == 1 or parse.pos[1] != proper
        plural = first.istitle() and len(first) > 4 and first.endswith("s") and not first.endswith(("ss", "us", "is"))
        if plural and alone and parse.pos[0] == proper and not (found and found[0].start == 0):
            parse.pos[0], parse.tags[0] = self._noun, self._plural

    def _lemmas(self, doc: Doc, forms: Sequence[str], parse: Parse, *, cased: bool) -> list[int]:
        """`cased`: whether a capital tells anything here, as it does not in a line In Titles."""
        labels, add = self.model.labels, doc.vocab.strings.add
        return [
            add(lemma(form, labels.pos[pos], labels.tag[tag], cased=k > 0 and cased))
            for k, (form, pos, tag) in enumerate(zip(forms, parse.pos, parse.tags, strict=True))
        ]


def _capitals(forms: Sequence[str]) -> bool:
    """Whether a line is set in capitals, or In Titles, so that a capital tells nothing. Credits in brackets are names."""
    if len(forms) < 5 or forms[0] in _BRACKETS or forms[-1] in _BRACKETS:
        return False
    capital = sum(form[0].isupper() for form in forms if len(form) > 3)
    return capital > 2 and not any(form[0].islower() and form not in _SMALL for form in forms)


def _plain(forms: Sequence[str]) -> Sequence[str]:
    """A line as the model should see it: headlines In Titles or in capitals are read better in lower case, acronyms apart."""
    if not _capitals(forms):
        return forms
    shouted = not any(form.istitle() for form in forms if len(form) > 3)
    return [form.lower() if shouted or form.istitle() else form for form in forms]


def _borders(text: Sequence[Sequence[str]], likely: Sequence[Stretch]) -> NDArray[np.float32]:
    """For each word what speaks for a sentence's start before the model has spoken: layout decides, the rules have a say."""
    found = [np.full(len(sentence), _UNRULED, np.float32) for sentence in text]
    before: Stretch | None = None
    for row, sentence, stretch in zip(found, text, likely, strict=True):
        for k, form in enumerate(sentence):
            if not form[0].isalnum() and form[0] not in OPENING:
                row[k] = -np.inf
        adjacent = before is not None and before.last == stretch.first and before.paragraph == stretch.paragraph
        row[0] = np.inf if stretch.sure or not adjacent else _RULED
        before = stretch
    return np.concatenate(found) if found else np.zeros(0, np.float32)


def _stretches(doc: Doc, place: NDArray[np.int64]) -> list[Stretch]:
    handed: list[Stretch] | None = doc.user_data.get(STRETCHES)
    if handed is not None:
        return handed
    tokens = (doc[int(i)] for i in place)
    return stretches(doc.text, (), [(t.idx, t.idx + len(t)) for t in tokens])


@Language.factory(
    COMPONENT,
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.ents"],
    default_config={"threads": 1},
)
def make_component(nlp: Language, name: str, threads: int) -> Newscomponent:
    """The component by its registered name, for `Language.add_pipe`."""
    return Newscomponent(nlp, Newsmodel(threads=threads))


def make_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """The tokenizer by its registered name, for the configuration of a saved pipeline."""

    def make(nlp: Language) -> NewsTokenizer:
        return NewsTokenizer(nlp.vocab)

    return make


def build(*, threads: int = 1) -> Language:
    """The pipeline of khabar's own newsreader.

    It is a spaCy pipeline like any other: `to_disk` keeps its configuration, `spacy.load` brings it back wherever khabar is
    installed. Raises ModelError where its files are missing or altered.
    """
    nlp = blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.add_pipe(COMPONENT, config={"threads": threads})
    return nlp
