"""What a report says about itself that helps to know who is meant: its countries and their bodies, its acronyms, its persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import re2

from khabar.knowledge.actors import Register, fold, titles
from khabar.records import Actor, Mention, Reading, Span
from khabar.resolve.actors.acronyms import introduced

_WORD = re2.compile(r"[\pL\pN][\pL\pN\-’'.]*")
_CLEAR = 0.4
"""Share of a report's country words from which one country is its own; tuned on the training reports (0.3–0.6 tried)."""
_LONGEST = 6
"""Words of the longest name of a country, with a body after it, that is counted."""
_LEVELLED = 3
"""Names of actors at home in one country count at most so often: a report on an alliance is not from its headquarters."""
_ALIKE = {"army": ("army", "military"), "military": ("army", "military")}
_BELLIGERENT = frozenset({"armed-group", "militia", "military", "police"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a report names with more than one word: where, the name without titles, and its folded words."""

    at: int
    name: str
    words: tuple[str, ...]


class Report:
    """The evidence of one report, gathered once and asked often."""

    def __init__(self, reading: Reading, register: Register) -> None:
        self.reading, self.register = reading, register
        self.text = reading.document.text
        self.published: date | None = reading.document.published.value
        self.countries: Counter[str] = Counter()
        """How often each country is pointed at: by name, adjective, capital, people, and by actors that are at home in it."""
        self.bodies: Counter[tuple[str, str]] = Counter()
        """How often each body of a state is named with its state: ("SYR", "army")."""
        self._scan()
        self._count_actors()

    def _scan(self) -> None:
        words = [(m.group(0), fold(m.group(0))) for m in _WORD.finditer(self.text)]
        at = 0
        while at < len(words):
            at += self._count(words[at : at + _LONGEST]) if words[at][0][:1].isupper() else 1

    def _count(self, words: Sequence[tuple[str, str]]) -> int:
        """Count the country and the body that words begin with; how many words that took, 1 where they begin with neither."""
        states = self.register.states
        if words[0][0] in {"Us", "It", "The", "A"}:
            return 1
        for length in range(min(4, len(words)), 0, -1):
            state = " ".join(folded for _, folded in words[:length])
            codes = set(states.countries_of(state))
            if codes:
                self.countries.update(codes)
                self._count_bodies(state, [folded for _, folded in words[length : length + 3]])
                return length
        if self.register.may_begin_body(words[0][1].partition(" ")[0]):
            self._count_named([written for written, _ in words])
        return 1

    def _count_bodies(self, state: str, after: Sequence[str]) -> None:
        """Count a body named with its state ("Afghan army")."""
        for length in range(len(after), 0, -1):
            found = self.register.states.body_after(state, " ".join(after[:length]))
            if found:
                self.bodies.update(set(found))
                return

    def _count_named(self, words: Sequence[str]) -> None:
        """Count a state's body that has a name without the state's in it ("Assad regime", "People's Liberation Army")."""
        for length in range(min(4, len(words)), 1, -1):
            found = self.register.listed(" ".join(words[:length]))
            if len(found) == 1 and (key := body_key(found[0])) is not None:
                self.bodies[key] += 1
                return

    def _count_actors(self) -> None:
        homes: Counter[str] = Counter()
        for actors in self.mentioned:
            countries = {a.country for a in actors}
            if len(countries) == 1 and actors[0].kind in _BELLIGERENT and (home := actors[0].country) is not None:
                homes[home] += 1
            if len(keys := {key for a in actors if (key := body_key(a)) is not None}) == 1:
                self.bodies.update(keys)
        for home, times in homes.items():
            self.countries[home] += min(times, _LEVELLED)

    @cached_property
    def mentioned(self) -> list[Sequence[Actor]]:
        """The actors that each name in the report may mean, persons and places left aside."""
        kinds = {"ORG", "NORP", "GROUP", "MISC"}
        return [found for m in self.reading.mentions if m.kind in kinds and (found := self.register.lookup(" ".join(m.text.split())))]

    @cached_property
    def actors(self) -> frozenset[str]:
        """The ids of actors that the report names beyond doubt."""
        return frozenset(found[0].id for found in self.mentioned if len(found) == 1)

    @cached_property
    def country(self) -> str | None:
        """The country that the report is about, where it is pointed at far more than others; None where it is not clear."""
        ranked = self.countries.most_common(2)
        if not ranked or ranked[0][1] < _CLEAR * self.countries.total() or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def country_of_body(self, key: str) -> str | None:
        """The country whose body is meant by "the army" alone: the one whose army is named most, else the report's own."""
        alike = _ALIKE.get(key, (key,))
        named: Counter[str] = Counter()
        for (code, body), times in self.bodies.items():
            if body in alike:
                named[code] += times
        ranked = named.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
        if ranked and self.country not in named:
            return None
        return self.country

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """What the report itself writes out: "National Movement (NM)" makes NM the National Movement. Keys are folded."""
        return introduced(self.text)

    @cached_property
    def persons(self) -> list[Person]:
        """Persons named with more than one word, in order of the text."""
        found = []
        for mention in self.reading.mentions:
            if mention.kind == "PERSON":
                bare = without_titles(self.written(mention))
                if len(bare) > 1:
                    found.append(Person(mention.span.start, " ".join(bare), tuple(fold(w) for w in bare)))
        return found

    def is_person(self, words: Sequence[str]) -> bool:
        """Whether the report names a person in just these words."""
        return tuple(fold(w) for w in words) in self._person_names

    @cached_property
    def _person_names(self) -> frozenset[tuple[str, ...]]:
        marked = (without_titles(self.written(m)) for m in self.reading.mentions if m.kind == "PERSON")
        return frozenset(tuple(fold(w) for w in words) for words in marked)

    @cached_property
    def _by_word(self) -> dict[str, list[Person]]:
        by_word: dict[str, list[Person]] = defaultdict(list)
        for person in self.persons:
            for word in dict.fromkeys(person.words):
                by_word[word].append(person)
        return by_word

    def full_name(self, short: Sequence[str], near: int | None, day: date | None) -> str | None:
        """The name that a short one stands for: of those that end with it (else begin), somebody in office on the day, else
        the one told of most, else the last before it."""
        words = tuple(fold(w) for w in short)
        if not words:
            return None
        fitting = [p for p in self._by_word.get(words[-1], ()) if len(p.words) > len(words) and p.words[-len(words) :] == words]
        fitting = fitting or [p for p in self._by_word.get(words[0], ()) if len(p.words) > len(words) and p.words[: len(words)] == words]
        if not fitting:
            return None
        told = Counter(p.words for p in fitting)

        def rank(person: Person) -> tuple[bool, int, bool, int]:
            before = near is not None and person.at <= near
            return self._in_office(person.name, day), told[person.words], before, person.at if before else -person.at

        return max(fitting, key=rank).name

    def _in_office(self, name: str, day: date | None) -> bool:
        found = [a for a in self.register.lookup(name) if a.kind == "person"]
        return day is not None and any(m.tenure.covers(day) for a in found for m in a.memberships)

    def written(self, mention: Mention) -> str:
        """A person's name as the text has it, to the end of its last word: names end after hyphens, never within them."""
        end = mention.span.end
        while end < len(self.text) and (self.text[end].isalnum() or (self.text[end] in "-’'" and self.text[end + 1 : end + 2].isalpha())):
            end += 1
        return " ".join(self.text[mention.span.start : end].split()).removesuffix("'s").removesuffix("’s")

    def person_at(self, span: Span | None) -> str | None:
        """The words of the last person named within a span; None where there is none."""
        if span is None:
            return None
        inside = [m for m in self.reading.mentions if m.kind == "PERSON" and span.contains(m.span)]
        return self.written(inside[-1]) if inside else None


def body_key(actor: Actor) -> tuple[str, str] | None:
    """A state's body as (country, key of bodies.tsv); None for any other actor."""
    state, _, key = actor.id.partition(".")
    if not key or actor.country is None or state != actor.country.lower():
        return None
    return actor.country, key.partition(".")[0]


def without_titles(name: str) -> list[str]:
    """The words of a person's name without titles and ranks before it; never nothing."""
    words = name.split()
    honorifics = titles().honorifics
    start = 0
    while start < len(words) - 1:
        length = next((n for n in (3, 2, 1) if start + n < len(words) and fold(" ".join(words[start : start + n])) in honorifics), 0)
        if not length:
            break
        start += length
    return words[start:]
