from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.annotate.stage import SpacyNewsreader, khabar_newsreader
from khabar.records import Document, Reading, Sentence, Span, Value, Zone
from khabar.seams import Newsreader
from khabar.settings import Limits

TEXT = """Rebels of the Dela Front seized the town of Anba on Monday, General Amin Toru said.

At least 12 policemen were killed by U.S. troops, who didn't flee. Toru's men fought on near Pul-e-Kor.
"""


@pytest.fixture(scope="session")
def newsreader() -> SpacyNewsreader:
    return khabar_newsreader()


def reading(text: str, *zones: Zone) -> Reading:
    return Reading(Document("1", "one", text, Value.unknown("none"), zones))


def assert_sound(found: Reading) -> None:
    """Every span slices back to its words, and every tree has one root that each word leads to."""
    text = found.document.text
    for k, sentence in enumerate(found.sentences):
        assert (sentence.index, sentence.span) == (k, Span(sentence.tokens[0].span.start, sentence.tokens[-1].span.end))
        assert sum(t.head == t.i for t in sentence.tokens) == 1
        assert sentence.root.rel == "root"
        for i, token in enumerate(sentence.tokens):
            assert (token.i, token.text) == (i, token.span.of(text))
        assert len(sentence.subtree(sentence.root)) == len(sentence.tokens)
    for mention in found.mentions:
        assert mention.text == mention.span.of(text)
        assert found.sentences[mention.sentence].span.contains(mention.span)


def clause(sentence: Sentence, lemma: str) -> dict[str, str]:
    """The dependents of the word with a lemma, by relation."""
    head = next(t for t in sentence.tokens if t.lemma == lemma)
    return {t.rel: t.lemma for t in sentence.dependents(head)}


def test_it_reads_news(newsreader: SpacyNewsreader) -> None:
    assert isinstance(newsreader, Newsreader)
    found = newsreader(reading(TEXT))
    assert_sound(found)
    first, second, third = found.sentences
    assert [s.paragraph for s in found.sentences] == [0, 1, 1]
    assert clause(first, "seize") | {"nsubj": "rebel", "obj": "town"} == clause(first, "seize")
    assert clause(second, "kill") | {"nsubj:pass": "policeman", "obl:agent": "troop"} == clause(second, "kill")
    assert clause(third, "fight") | {"nsubj": "man"} == clause(third, "fight")
    assert {("Anba", "GPE"), ("Amin Toru", "PERSON"), ("Pul-e-Kor", "GPE")} <= {(m.text, m.kind) for m in found.mentions}
    assert next(t for t in second.tokens if t.lemma == "flee").has("VerbForm=Inf")


@pytest.mark.parametrize("line", ["REBELS SEIZE KEY TOWN IN EASTERN ANBA", "Rebels Seize Key Town In Eastern Anba"])
def test_headlines_are_read_like_sentences(newsreader: SpacyNewsreader, line: str) -> None:
    (sentence,) = newsreader(reading(line)).sentences
    assert clause(sentence, "seize") == {"nsubj": "rebel", "obj": "town"}
    assert sentence.tokens[0].text in ("REBELS", "Rebels")


def test_company_changes_nothing(newsreader: SpacyNewsreader) -> None:
    readings = [reading(TEXT * k + "They left. " * k) for k in range(1, 5)]
    assert list(newsreader.pipe(readings)) == [newsreader(r) for r in readings]


def test_threads_may_share_it(newsreader: SpacyNewsreader) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, *others = pool.map(newsreader, [reading(TEXT)] * 6)
    assert all(other == first for other in others)


def test_zones_are_kept_apart(newsreader: SpacyNewsreader) -> None:
    text = "date 2021-01-02 Army leaves Dela The army left.\n\nBy Amin Toru"
    zones = [
        Zone("header", Span(0, 16)), Zone("headline", Span(16, 32)), Zone("body", Span(33, 47)), Zone("credit", Span(49, 61)),
    ]  # fmt: skip
    found = newsreader(reading(text, *zones))
    assert_sound(found)
    assert [(s.zone, s.span.of(text)) for s in found.sentences] == [("headline", "Army leaves Dela"), ("body", "The army left.")]
    assert not [m for m in found.mentions if m.span.start >= 49]


def test_what_lies_beyond_the_limit_is_kept_and_told() -> None:
    found = khabar_newsreader(Limits(read_chars=100))(reading(TEXT))
    assert_sound(found)
    (problem,) = (p for p in found.problems if p.kind == "too-large")
    assert (problem.kind, problem.severity, problem.span) == ("too-large", "warning", Span(96, len(TEXT)))
    assert found.sentences[-1].span.end <= 96
    assert found.document.text == TEXT


def test_a_sentence_without_end_is_read_whole(newsreader: SpacyNewsreader) -> None:
    found = newsreader(reading("rebels seized the town , " * 400))
    assert len(found.sentences) == 1
    assert len(found.sentences[0].tokens) >= 2_000
    assert_sound(found)


@pytest.mark.parametrize(
    "text",
    [
        "rebels seized the town , " * 2_000,
        "🚁🔥 " * 300,
        "7 " * 600,
        "The unit left بيروت and went to 北京 on foot . " * 60,
        "The\u200b unit\u200d left\ufeff Dela\u202e . " * 60,
        "The unit \x00 left \x01 Dela . " * 60,
        "a" * 30_000,
        "a-" * 5_000,
        ". " * 3_000,
    ],
)
def test_hostile_texts(newsreader: SpacyNewsreader, text: str) -> None:
    assert_sound(newsreader(reading(text)))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\u200b", "\ud800", "a\ud800 b. C", "👩‍👩‍👧", ".", "\x00a\x00 .\x00"])
def test_odd_texts(newsreader: SpacyNewsreader, text: str) -> None:
    assert_sound(newsreader(reading(text)))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters() | st.sampled_from(" .,-'\n\x00\u200bAé"), max_size=60))
def test_any_text(newsreader: SpacyNewsreader, text: str) -> None:
    found = newsreader(reading(text))
    assert_sound(found)
    assert newsreader(replace(found, sentences=(), mentions=(), problems=())) == found
