"""Words to the sub-tokens that the encoder knows, with the shape of each word beside them."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

# A word's first sub-tokens tell enough of it: longer words (addresses, noise) are read by these. The words stay whole.
WORD_PIECES = 16
_CACHE = 200_000


def case_class(word: str) -> int:
    """The shape of a word, lost by the uncased vocabulary; the numbers are those of training.

    0 mixed ("iPhone"), 1 lower, 2 Title, 3 UPPER, 4 one capital, 5 CamelCase or Title-cased compound, 6 with digits, 7 no letter.
    """
    if word.islower():
        return 1
    if not any(c.isalnum() for c in word):
        return 7
    if any(c.isdigit() for c in word):
        return 6
    if word.isupper():
        return 3 if len(word) > 1 else 4
    if word[:1].isupper():
        return 2 if word[1:].islower() else 5
    return 0


class WordPieces:
    """A cached map from words to sub-token numbers and case classes."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        vocabulary = self._tokenizer.get_vocab()
        self.start, self.end, self._unknown = (vocabulary[mark] for mark in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def __call__(self, word: str) -> tuple[list[int], list[int]]:
        """Sub-token numbers and case classes of one word, never empty. A class is doubled, and odd after the first sub-token."""
        pieces = self._known.get(word)
        if pieces is None:
            head = word[:512]
            numbers = self._tokenizer.encode(head, add_special_tokens=False).ids[:WORD_PIECES] or [self._unknown]
            shape = 2 * case_class(head)
            pieces = (numbers, [shape] + [shape + 1] * (len(numbers) - 1))
            if len(self._known) >= _CACHE:
                self._known.clear()
            self._known[word] = pieces
        return pieces
