"""Interviews: paragraphs that open with who speaks ("A: …", "L.M.: …") belong to that speaker until the next one does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from khabar.extract.phrases import Phrases
from khabar.extract.reference import first_person
from khabar.extract.sources import NOBODY, Voice
from khabar.knowledge.ontology import ontology
from khabar.knowledge.wordlists import word_list
from khabar.records import Document, Source, Span, Token

_LABEL = 4  # words that a label may have
_ASKS = "Q"
_LETTERS = frozenset({_ASKS, "A"})
_BREAKS = frozenset({"heading", "headline", "caption"})
_OPENS, _CLOSES = frozenset("(["), frozenset(")]")
_MARKS = frozenset({":", "-", "–", "—"})
_STOPS = frozenset({".", "?", "!", "…", '"', "”"})
_TURNS = 4  # labels that can show that they alternate
_INTRODUCTION = 8  # sentences before the first question that may say whom the report met
_DOERS = ("man", "woman", "mistress", "master", "ist", "er", "or", "ess", "ant")
"""Endings of nouns that name whoever does something, asked only of the noun that an introduction is about."""

_TITLES = 3  # sentences at the top that may say whom the report talked with


def of_report(sentences: Sequence[Phrases], document: Document, found: dict[int, list[Voice]]) -> None:
    """Give each answer to whoever gives it. Who asks is the report itself, and no source."""
    spoken = (p for p in sentences if p.sentence.zone != "headline" or p.sentence.tokens[-1].text in _STOPS)
    labels = {p.sentence.index: label for p in spoken if (label := _label(p)) is not None}
    said = {index: _text(label, document) for index, label in labels.items()}
    if _ASKS not in said.values():  # the letters of a list are no answers
        said = {index: words for index, words in said.items() if words not in _LETTERS}
        labels = {index: labels[index] for index in said}
    askers = _askers(sentences, said)
    if not _is_talk(sentences, said, askers):
        return
    times = Counter(said.values())
    turns = [index for index in labels if _is_turn(said[index], times, askers)]
    if not turns:
        return
    answerer = _answerer(sentences, document) or _met(sentences[: min(turns)])
    current: tuple[Token, ...] | None = None
    asked = False
    outro = _outro(sentences, max(turns))
    for phrases in sentences:
        index, zone = phrases.sentence.index, phrases.sentence.zone
        label = labels.get(index)
        if outro is not None and phrases.sentence.paragraph >= outro:
            return
        if label is not None and (asked or _is_turn(said[index], times, askers)):
            current = None if said[index] in askers else label
            asked = said[index] in askers
            found[index] = [v for v in found[index] if v.why != "sources.colon"]
        elif zone in _BREAKS or any(v.why == "sources.colon" for v in found[index]):
            current = None
        if current is not None:
            found[index] = [*found[index], _voice(sentences, phrases, current, document, answerer)]


def _is_turn(words: str, times: Counter[str], askers: frozenset[str]) -> bool:
    """Whether a label opens a turn wherever it stands: it returns, is short, asks, or says that it answers."""
    return times[words] > 1 or _is_short(words) or words in askers or _answers(words)


def _is_talk(sentences: Sequence[Phrases], said: dict[int, str], askers: frozenset[str]) -> bool:
    """Whether labels are turns of a talk, and not the heads of news items: one of them asks and another answers, or they return
    and alternate before whole sentences."""
    if len(set(said.values())) < 2:
        return False
    turns = [(said[p.sentence.index], p.sentence.tokens[-1].text) for p in sentences if p.sentence.index in said]
    if askers:
        return any(end in _STOPS for words, end in turns if words not in askers)
    whole = sum(end in _STOPS for _, end in turns)
    alternate = sum(one != other for (one, _), (other, _) in pairwise(turns))
    return len(turns) >= _TURNS and len(set(said.values())) <= len(turns) // 2 and min(whole, alternate) * 4 >= (len(turns) - 1) * 3


def _label(phrases: Phrases) -> tuple[Token, ...] | None:
    """The words that open a paragraph before a colon or dash or in brackets ("((X))", "[X]"), if they are few and no clause."""
    tokens = phrases.sentence.tokens
    if tokens[0].text.rstrip(".") in _LETTERS and (tokens[0].text.endswith(".") or [t.text for t in tokens[1:2]] == ["."]):
        return tokens[:1]
    first = next((t.i for t in tokens if t.text[:1] not in _OPENS), 0)
    ends = _CLOSES if first else _MARKS
    end = next((t.i for t in tokens[first : first + _LABEL + 2] if t.text[:1] in ends), 0)
    before = tokens[first:end]
    if not before or end == len(tokens) - 1 or any(t.pos in {"VERB", "AUX", "NUM"} for t in before):
        return None
    if tokens[end].text != ":" and not first and tokens[end - 1].span.end == tokens[end].span.start:
        return None
    return before if before[0].text[:1].isupper() else None


def _text(label: Sequence[Token], document: Document) -> str:
    return Span(label[0].span.start, label[-1].span.end).of(document.text).rstrip(".")


def _is_short(words: str) -> bool:
    """Initials, or the letter of a question or answer."""
    letters = words.replace(".", "").replace(" ", "")
    return letters.isupper() and letters.isalpha() and len(letters) <= 3


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


def _answers(words: str) -> bool:
    return words.lower() in word_list("answerers")


def _voice(
    sentences: Sequence[Phrases], phrases: Phrases, label: tuple[Token, ...], document: Document, answerer: tuple[Span, str] | None
) -> Voice:
    span = Span(label[0].span.start, label[-1].span.end)
    words = span.of(document.text)
    name = _named(sentences, words) or words
    if _answers(words.rstrip(".")):
        span, name = answerer or (span, NOBODY)
    inside = {t.i for t in label} if label[0] in phrases.sentence.tokens else set()
    scope = frozenset(t.i for t in phrases.sentence.tokens if t.i not in inside)
    source = Source(span, name, channel="interview", cue=span)
    return Voice(source, label[-1], scope, "asserts", None, False, "sources.interview", itself=True)


def _answerer(sentences: Sequence[Phrases], document: Document) -> tuple[Span, str] | None:
    """Whom a report talked with, by its title: "Interview with X", "X answers our questions", else the one person named at its top."""
    top = [p for p in sentences[:_TITLES] if p.sentence.zone != "body" or p is sentences[0]]
    persons = [m for p in top if any(t.lemma.lower() in word_list("talks") for t in p.sentence.tokens) for m in p.mentions]
    persons = [m for m in persons if m.kind == "PERSON"]
    if not persons:
        return None
    whole = _whole_name(top, persons[0].span)
    return whole, whole.of(document.text)


def _met(introduction: Sequence[Phrases]) -> tuple[Span, str] | None:
    """Whom the report says before the first question that it met or reached, or who talked to it; "him" is who was named before. Failing
    that, the one person whom that introduction names, or whom it is about."""
    intro = [p for p in introduction if p.sentence.zone == "body"][:_INTRODUCTION]
    partners = [(p, t) for p in intro for verb in p.sentence.tokens for t in _partners(p, verb)]
    spoken_of = [(p, t) for p in intro for t in p.sentence.tokens if t.base_rel == "nsubj" and _is_one(p, t)]
    for phrases, token in [*partners, *spoken_of]:
        named = next((m for m in phrases.mentions if m.kind in {"PERSON", "MISC"} and _about(phrases, token, m.span)), None)
        if named is not None:
            return named.span, named.text
        if _is_one(phrases, token):
            return token.span, token.text
    return None


def _partners(phrases: Phrases, verb: Token) -> Iterator[Token]:
    """Who is met, or spoken with, where a verb says so."""
    s = phrases.sentence
    if verb.lemma.lower() not in word_list("talks with"):
        return
    for token in s.dependents(verb, "obj", "obl", "nsubj"):
        if token.base_rel != "obl" or any(t.lower in {"to", "with"} for t in s.dependents(token, "case")):
            yield token


def _is_one(phrases: Phrases, token: Token) -> bool:
    """Whether a noun is a person who can answer, and not the paper that asks."""
    lemma = token.lemma.lower()
    known = ontology().classes_of(lemma)
    people = token.tag == "NN" and (bool(known & {"person", "civilians", "armed", "police"}) or lemma.endswith(_DOERS))
    return lemma not in word_list("askers") and (
        people or any(m.kind == "PERSON" and m.span.start <= token.span.start < m.span.end for m in phrases.mentions)
    )


def _about(phrases: Phrases, token: Token, name: Span) -> bool:
    """Whether a name is a noun's, or stands beside it: "Abu Nizar, a nurse"."""
    if name.start <= token.span.start < name.end:
        return True
    s = phrases.sentence
    beside = [
        *s.dependents(token, "appos", "flat", "nmod:desc"),
        *(n for t in s.dependents(token, "acl") for n in s.dependents(t, "obl", "xcomp", "obj")),
    ]
    return any(name.start <= t.span.start < name.end for t in beside)  # "the man known as Omar"


def _outro(sentences: Sequence[Phrases], last: int) -> int | None:
    """The paragraph behind the last answer where the report speaks for itself again: it has no label, and nobody says "I" or "we" in it."""
    answered = next(p.sentence.paragraph for p in sentences if p.sentence.index == last)
    behind = [p.sentence for p in sentences if p.sentence.paragraph > answered]
    if not behind or any(first_person(t) for s in behind for t in s.tokens):
        return None
    return behind[0].paragraph


def _whole_name(top: Sequence[Phrases], name: Span) -> Span:
    """A name with the capitalised words that go on with it, where the tagger cut it short."""
    end = name.end
    for token in (t for p in top for t in p.sentence.tokens):
        if token.span.start == end + 1 and token.pos == "PROPN":
            end = token.span.end
    return Span(name.start, end)


def _named(sentences: Sequence[Phrases], label: str) -> str | None:
    """Whose initials a label is, among the persons named in the report."""
    letters = label.replace(".", "").replace(" ", "")
    if not letters.isupper() or not 1 < len(letters) <= 3:
        return None
    persons = (m.text for p in sentences for m in p.mentions if m.kind == "PERSON")
    return next((name for name in persons if "".join(part[0] for part in name.split()) == letters), None)
