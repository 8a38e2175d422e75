"""The newsreader as a spaCy pipeline, so that any other spaCy package can stand in its place.

`build()` gives a pipeline whose tokenizer is ours and whose one component sets tags, features, lemmas, governors,
relations, names and (through the trees) sentence starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, cast

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
from khabar.annotate.sentences import Stretch, stretches
from khabar.annotate.words import encodable, words

COMPONENT = "khabar_newsreader"
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


def is_word(form: str) -> bool:
    """Whether a token is one of `words`, rather than what lies between them."""
    return any(c.isprintable() and not c.isspace() for c in form)


class Newscomponent:
    """Annotates Docs, all sentences of several Docs together."""

    def __init__(self, nlp: Language, model: Newsmodel) -> None:
        self._model = model
        self.digest = model.digest
        strings, labels = nlp.vocab.strings, model.labels
        self._pos = np.array([POS_IDS[pos] for pos in labels.pos], np.uint64)
        self._tags = np.array([strings.add(tag) for tag in labels.tag], np.uint64)
        self._morphs = np.array([nlp.vocab.morphology.add(morph) for morph in labels.morph], np.uint64)
        self._relations = np.array([strings.add(relation) for relation in labels.relation], np.uint64)
        self._kinds = {tag[2:]: strings.add(tag[2:]) for tag in labels.name if tag != "O"}
        self._proper, self._noun, self._plural = labels.pos.index("PROPN"), labels.pos.index("NOUN"), labels.tag.index("NNS")
        self._loose = strings.add("dep")

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """Batches by words, since reports are of all lengths; `batch_size` is spaCy's and not used."""
        batch: list[Doc] = []
        for doc in stream:
            batch.append(doc)
            if sum(map(len, batch)) >= _BATCH_WORDS:
                yield from self._annotate(batch)
                batch = []
        yield from self._annotate(batch)

    def _annotate(self, docs: Sequence[Doc]) -> Sequence[Doc]:
        forms = [[token.text for token in doc] for doc in docs]
        places = [np.array([i for i, form in enumerate(row) if is_word(form)], np.int64) for row in forms]
        cut = [_stretches(doc, place) for doc, place in zip(docs, places, strict=True)]
        read = iter(
            self._model.read(
                [
                    _plain([row[i] for i in place[s.first : s.last]])
                    for row, place, found in zip(forms, places, cut, strict=True)
                    for s in found
                ]
            )
        )
        for doc, row, place, found in zip(docs, forms, places, cut, strict=True):
            self._fill(doc, row, [(place[s.first : s.last], next(read)) for s in found])
        return docs

    def _fill(self, doc: Doc, forms: Sequence[str], read: Sequence[tuple[NDArray[np.int64], Parse]]) -> None:
        table = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        table[:, _COLUMN[DEP]] = self._loose
        table[:, _COLUMN[ENT_IOB]] = 2
        table[:, _COLUMN[LEMMA]] = [token.orth for token in doc]
        for place, parse in read:
            self._rows(doc, forms, place, parse, table)
        doc.from_array(_ATTRIBUTES, table)  # type: ignore[arg-type]

    def _rows(self, doc: Doc, forms: Sequence[str], place: NDArray[np.int64], parse: Parse, table: NDArray[np.uint64]) -> None:
        """Fill the rows of one sentence, whose words stand at `place` in the Doc."""
        spelled = [forms[i] for i in place]
        found = names(self._words(doc, spelled, place, parse))
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
            (LEMMA, self._lemmas(doc, spelled, parse)),
        ):
            table[place, _COLUMN[attribute]] = column
        for name in found:
            rows = np.arange(place[name.start], place[name.end - 1] + 1)
            table[rows, _COLUMN[ENT_TYPE]] = self._kinds[name.kind]
            table[rows, _COLUMN[ENT_IOB]] = 1
            table[rows[0], _COLUMN[ENT_IOB]] = 3

    def _words(self, doc: Doc, forms: Sequence[str], place: NDArray[np.int64], parse: Parse) -> list[Word]:
        labels = self._model.labels
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

    def _lemmas(self, doc: Doc, forms: Sequence[str], parse: Parse) -> list[int]:
        labels, add = self._model.labels, doc.vocab.strings.add
        capitals = _capitals(forms)
        return [
            add(lemma(form, labels.pos[pos], labels.tag[tag], cased=k > 0 and not capitals))
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


def build(*, threads: int = 1) -> tuple[Language, str]:
    """The pipeline of khabar's own newsreader, and the digest of its weights.

    Raises ModelError where its files are missing or altered.
    """
    nlp = blank("en")
    nlp.tokenizer = NewsTokenizer(nlp.vocab)
    component = cast(Newscomponent, nlp.add_pipe(COMPONENT, config={"threads": threads}))
    return nlp, component.digest
