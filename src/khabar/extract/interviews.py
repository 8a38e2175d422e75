"""Interviews: paragraphs that open with who speaks ("A: …", "L.M.: …") belong to that speaker until the next one does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from khabar.extract.phrases import Phrases
from khabar.extract.sources import Voice
from khabar.knowledge.wordlists import word_list
from khabar.records import Document, Source, Span, Token

_LABEL = 4  # words that a label may have
_LETTERS = frozenset({"Q", "A"})
_BREAKS = frozenset({"heading", "headline", "caption"})


def of_report(sentences: Sequence[Phrases], document: Document, found: dict[int, list[Voice]]) -> None:
    """Give each answer to whoever gives it. Who asks is the report itself, and no source."""
    labels = {p.sentence.index: label for p in sentences if (label := _label(p)) is not None}
    said = {index: _text(label, document) for index, label in labels.items()}
    if not set(said.values()) >= _LETTERS:  # the letters of a list are no questions and answers
        said = {index: words for index, words in said.items() if words not in _LETTERS}
        labels = {index: labels[index] for index in said}
    times = Counter(said.values())
    if len(labels) < 2 or not any(_is_short(words) or n > 1 for words, n in times.items()):
        return
    askers = _askers(sentences, said)
    current: tuple[Token, ...] | None = None
    for phrases in sentences:
        index, zone = phrases.sentence.index, phrases.sentence.zone
        label = labels.get(index)
        if label is not None and (times[said[index]] > 1 or _is_short(said[index]) or said[index] in askers):
            current = None if said[index] in askers else label
            found[index] = [v for v in found[index] if v.why != "sources.colon"]
        elif zone in _BREAKS:
            current = None
        if current is not None:
            found[index] = [*found[index], _voice(sentences, phrases, current, document)]


def _label(phrases: Phrases) -> tuple[Token, ...] | None:
    """The words before a colon that opens a paragraph, if they are few and no clause."""
    tokens = phrases.sentence.tokens
    if tokens[0].text.rstrip(".") in _LETTERS and (tokens[0].text.endswith(".") or [t.text for t in tokens[1:2]] == ["."]):
        return tokens[:1]
    colon = next((t.i for t in tokens[: _LABEL + 2] if t.text == ":"), 0)
    before = tokens[:colon]
    if not before or colon == len(tokens) - 1 or any(t.pos in {"VERB", "AUX"} for t in before):
        return None
    return before if before[0].text[:1].isupper() else None


def _text(label: Sequence[Token], document: Document) -> str:
    return Span(label[0].span.start, label[-1].span.end).of(document.text).rstrip(".")


def _is_short(words: str) -> bool:
    """Initials, or the letter of a question or answer."""
    letters = words.replace(".", "").replace(" ", "")
    return letters.isupper() and len(letters) <= 3


def _askers(sentences: Sequence[Phrases], said: dict[int, str]) -> frozenset[str]:
    """The labels of those who ask: "Q", "Question", and who only ever asks."""
    asks: dict[str, list[bool]] = {}
    current: str | None = None
    for phrases in sentences:
        current = said.get(phrases.sentence.index, current)
        if current is not None:
            last = next((t for t in reversed(phrases.sentence.tokens) if any(c.isalnum() or c == "?" for c in t.text)), None)
            asks.setdefault(current, []).append(last is not None and last.text.endswith("?"))
    mostly = {words for words, turns in asks.items() if sum(turns) * 2 > len(turns)}
    return frozenset(mostly | {w for w in asks if w.lower() in word_list("askers")})


def _voice(sentences: Sequence[Phrases], phrases: Phrases, label: tuple[Token, ...], document: Document) -> Voice:
    span = Span(label[0].span.start, label[-1].span.end)
    words = span.of(document.text)
    name = _named(sentences, words) or words
    inside = {t.i for t in label} if label[0] in phrases.sentence.tokens else set()
    scope = frozenset(t.i for t in phrases.sentence.tokens if t.i not in inside)
    source = Source(span, name, channel="interview", cue=span)
    return Voice(source, label[-1], scope, "asserts", None, False, "sources.interview", itself=True)


def _named(sentences: Sequence[Phrases], label: str) -> str | None:
    """Whose initials a label is, among the persons named in the report."""
    letters = label.replace(".", "").replace(" ", "")
    if not letters.isupper() or not 1 < len(letters) <= 3:
        return None
    persons = (m.text for p in sentences for m in p.mentions if m.kind == "PERSON")
    return next((name for name in persons if "".join(part[0] for part in name.split()) == letters), None)
