"""Hypothesis strategies for every shape of a reading."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from typing import Any, get_args

from hypothesis import strategies as st

from khabar.records import (
    Area,
    Basis,
    Candidate,
    Caveat,
    Channel,
    Document,
    Flag,
    Mention,
    MentionKind,
    Party,
    Place,
    PlacePrecision,
    Problem,
    Quantity,
    QuantityKind,
    Reading,
    Scale,
    Sentence,
    Sighting,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    TimePrecision,
    Token,
    ToldAs,
    Value,
    Values,
    When,
    Zone,
    ZoneKind,
    document_id,
    statement_id,
)
from khabar.records.actor import ActorKind
from khabar.records.reading import Severity
from khabar.records.statement import QuantityScope

# Half surrogates are no text, but JSON can bring them; huge numbers stand in reports too.
words = st.text(st.characters(codec=None), max_size=12)
maybe = st.none() | words
days = st.dates()
moments = st.datetimes(timezones=st.none() | st.just(UTC) | st.integers(-800, 800).map(lambda m: timezone(timedelta(minutes=m))))
shares = st.floats(0, 1)
spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: Span(t[0], t[0] + t[1]))
numbers = st.none() | st.integers(0, 10**6) | st.integers(-(10**40), 10**40)


def one_of(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(kind))


def value(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Value[Any]]:
    candidates = st.lists(st.builds(Candidate, words, shares, words), max_size=1).map(tuple)
    known = st.builds(Value, inner, st.none() | spans, words, shares, maybe, candidates)
    unknown = st.builds(lambda reason, found: Value.unknown(reason, candidates=found), st.text(min_size=1, max_size=9), candidates)
    return known | unknown


def values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Values[Any]]:
    return st.builds(Values, st.lists(value(inner), max_size=2).map(tuple), maybe)


places = st.builds(
    Place,
    st.none() | spans,
    words,
    maybe,
    maybe,
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.none() | st.builds(Area, st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 500)),
    st.none() | one_of(PlacePrecision),
    maybe,
)
sources = st.builds(
    Source, st.none() | spans, words, maybe, maybe, maybe, st.none() | one_of(Channel), one_of(SourceKind), st.none() | spans
)
whens = st.tuples(days, days).flatmap(
    lambda d: st.builds(When, st.just(min(d)), st.just(max(d)), one_of(TimePrecision), one_of(Basis), maybe)
)
parties = st.builds(Party, st.none() | spans, words, maybe, one_of(ActorKind), st.booleans())
quantities = st.builds(Quantity, st.none() | spans, one_of(QuantityKind), words, numbers, numbers, maybe, one_of(QuantityScope), maybe)
flags = st.builds(Flag, words, st.none() | spans, words)
tokens = st.builds(Token, st.integers(0, 9), spans, words, words, words, words, words, st.integers(0, 9), words)
sightings = st.builds(Sighting, maybe, maybe, st.none() | moments)
documents = st.builds(
    lambda text, name, **about: Document(document_id("b", "", "x", text), name, text, **about),
    st.text(st.characters(codec=None), max_size=80),
    words.filter(bool),
    published=value(days),
    zones=st.lists(st.builds(Zone, one_of(ZoneKind), spans), max_size=2).map(tuple),
    title=maybe,
    sightings=st.lists(sightings, max_size=2, unique=True).map(tuple),
    blob=words,
    record=words,
    extractor=words,
)


def statements(document: str) -> st.SearchStrategy[Statement]:
    return st.builds(
        lambda trigger, ordinal, **about: Statement(statement_id(document, trigger, ordinal), document, trigger, ordinal, **about),
        spans,
        st.integers(0, 3),
        evidence=spans,
        type=value(words),
        actors=values(parties),
        targets=values(parties),
        places=values(places),
        when=value(whens),
        told_as=value(one_of(ToldAs)),
        background=value(st.booleans()),
        sources=values(sources),
        stance=value(one_of(Stance)),
        quantities=values(quantities),
        flags=values(flags),
        scale=value(one_of(Scale)),
    )


sentences = st.builds(Sentence, st.integers(0, 9), spans, st.lists(tokens, max_size=2).map(tuple), one_of(ZoneKind), st.integers(0, 9))
caveats = st.builds(Caveat, st.sampled_from(("unverified", "declined", "no-response")), spans, st.none() | sources)
problems = st.builds(Problem, words, words, words, one_of(Severity), st.none() | spans, maybe)


def few(inner: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(inner, max_size=most).map(tuple)


readings = documents.flatmap(
    lambda document: st.builds(
        Reading,
        st.just(document),
        few(sentences, 1),
        few(st.builds(Mention, spans, one_of(MentionKind), words, st.integers(0, 9)), 1),
        few(statements(document.id), 2),
        few(caveats, 1),
        few(problems, 2),
    )
)
