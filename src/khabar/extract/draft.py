"""A statement in the making: what each extractor found so far, before it is frozen into the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.extract.phrases import Phrases
from khabar.knowledge.ontology import TriggerRule
from khabar.records import Flag, Quantity, Sentence, Source, Span, Stance, Token, ToldAs, Value


@dataclass(slots=True)
class Role:
    """A filler of a role: the head of its phrase, and why it fills it. `whole` is the head of the counted phrase around it
    ("dozens of them"), where that is another word."""

    token: Token
    because: str
    sentence: Sentence
    phrases: Phrases
    alleged: bool = False
    whole: Token | None = None


@dataclass(slots=True)
class Draft:
    """A trigger with what is known of it. `head` is the word the grammar hangs on; `anchor` is the verb that carries a nominal
    trigger ("launched an offensive"), else the head itself. `counted` holds what is no party but may carry a number: weapons fired,
    places taken."""

    sentence: Sentence
    phrases: Phrases
    rule: TriggerRule
    head: Token
    words: tuple[Token, ...]
    type: str
    anchor: Token | None = None
    type_because: str = ""
    type_span: Span | None = None
    actors: list[Role] = field(default_factory=list)
    targets: list[Role] = field(default_factory=list)
    places: list[Role] = field(default_factory=list)
    counted: list[Role] = field(default_factory=list)
    told_as: Value[ToldAs] = field(default_factory=lambda: Value("happened", because="telling.plain"))
    background: Value[bool] = field(default_factory=lambda: Value(False, because="telling.current"))
    sources: list[Value[Source]] = field(default_factory=list)
    stance: Value[Stance] = field(default_factory=lambda: Value("asserts", because="stance.plain"))
    quantities: list[Value[Quantity]] = field(default_factory=list)
    flags: list[Value[Flag]] = field(default_factory=list)
    tolls: list[tuple[Sentence, Phrases, Token, str]] = field(default_factory=list)
    dropped: str | None = None
    inherited: Draft | None = None

    @property
    def span(self) -> Span:
        return Span(min(t.span.start for t in self.words), max(t.span.end for t in self.words))

    @property
    def verb(self) -> Token:
        """The verb whose clause tells the event: the anchor of a nominal trigger, else the trigger."""
        return self.anchor or self.head
