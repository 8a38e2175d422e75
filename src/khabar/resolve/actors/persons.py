"""Persons: titles taken off, short names completed from the report, public figures found in the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from khabar.knowledge.actors import Register, fold, party_words, titles
from khabar.records import Span
from khabar.resolve.actors.choice import choose
from khabar.resolve.actors.named import Named, of_actor
from khabar.resolve.actors.report import Report, without_titles
from khabar.resolve.actors.wording import MARKS, capitalised, counted_off

_LONGEST = 4  # words after a title that may be a person's name

_PARTICLES = frozenset(
    {
        "al",
        "el",
        "ag",
        "bin",
        "ben",
        "ibn",
        "ould",
        "abu",
        "ul",
        "de",
        "da",
        "del",
        "dos",
        "du",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "arap",
    }
)


class Persons:
    """Names the persons of one report."""

    def __init__(self, report: Report, register: Register) -> None:
        self.report, self.register = report, register

    def name(self, text: str, day: date | None, span: Span | None = None) -> Named | None:
        """The person that a phrase is, by the fullest name known; None where it is no person's."""
        bare = " ".join(counted_off(text.split()))
        written = self._at_end(text, span) or self._alone(bare, day)
        if written is None:
            return None
        full = self.report.full_name(written, span.start if span is not None else None, day)
        fullest = full or " ".join(written)
        choice = choose(fullest, [a for a in self.register.lookup(fullest) if a.kind == "person"], self.report, day)
        if choice.actor is not None:
            return of_actor(choice.actor, "actors.person", choice.candidates)
        if full is not None:
            return Named(full, None, "person", "actors.completed")
        if len(written) > 1:
            return Named(" ".join(written), None, "person", "actors.as-written")
        known = self._by_surname(written[0], day, titled=written[0] != bare)
        return known or Named(bare, None, "person", "actors.as-written")

    def _by_surname(self, surname: str, day: date | None, *, titled: bool) -> Named | None:
        """ "Secretary Kerry": the one person of that surname who was in office then; without title, of a country told of."""
        found = self.register.in_office(surname, day) if day is not None else ()
        if not titled:
            found = [p for p in found if p.country in self.report.countries]
        return of_actor(found[0], "actors.surname-in-office") if len(found) == 1 else None

    def _at_end(self, text: str, span: Span | None) -> list[str] | None:
        """The name that the newsreader marked, where a phrase ends with it and what stands before is title and description."""
        marked = self.report.person_at(span)
        if marked is None or not fold(text).endswith(fold(marked)):
            return None
        before = text.split()[: -len(marked.split())]
        if not (before and before[-1].endswith(",")) and any(t in party_words().after or t == "of" for t in before):
            return None
        words = [*self._forenames(before), *marked.split()]
        name = _after_title(words) or without_titles(" ".join(words))
        return None if self._is_body(name) or (len(name) == 1 and _names_a_body(name)) else name

    def _alone(self, text: str, day: date | None) -> list[str] | None:
        """The name that a phrase is by itself: after a title, or as the report or the register has it."""
        if not text or self._is_body(text.split()):
            return None
        bare = without_titles(text)
        for tokens, titled in ((bare, len(bare) < len(text.split())), (_after_title(text.split()), True)):
            if tokens and self._may_be_person(tokens) and self._is_known_as_one(tokens, day, titled=titled):
                return tokens
        return None

    def _may_be_person(self, tokens: Sequence[str]) -> bool:
        written = capitalised(tokens[0]) and all(capitalised(t) for t in tokens if t not in _PARTICLES)
        return written and not self._is_body(tokens) and not _names_a_body(tokens)

    def _is_known_as_one(self, tokens: Sequence[str], day: date | None, *, titled: bool) -> bool:
        if (titled and len(tokens) <= _LONGEST) or self.report.is_person(tokens):
            return True
        known = any(a.kind == "person" for a in self.register.lookup(" ".join(tokens)))
        return known or self.report.full_name(tokens, None, day) is not None

    def _forenames(self, tokens: Sequence[str]) -> list[str]:
        """The capitalised words right before a name that are part of it, nicknames in quotes left out, titles and nations too."""
        place = len(tokens)
        while place and self._may_be_forename(tokens[place - 1]):
            place -= 1
        return [t for t in tokens[place:] if t[:1] not in MARKS and t[-1:] not in MARKS]

    def _may_be_forename(self, token: str) -> bool:
        folded = fold(token)
        titled = folded in titles().honorifics or titles().role(folded) is not None or folded in party_words().proper
        nation = bool(self.register.states.countries_of(folded))
        return capitalised(token.strip(MARKS)) and not titled and not nation and not token.endswith(",")

    def _is_body(self, tokens: Sequence[str]) -> bool:
        found = self.register.lookup(" ".join(tokens))
        if len(tokens) == 1 and self.report.is_person(tokens):
            found = [a for a in found if a.country is None or a.country in self.report.countries]
        return bool(found) and all(a.kind != "person" for a in found)


def _names_a_body(tokens: Sequence[str]) -> bool:
    last = fold(tokens[-1])
    return last in party_words().members or party_words().kind([last]) != "unknown"


def _after_title(tokens: list[str]) -> list[str]:
    found = titles().find([fold(t) for t in tokens])
    rest = tokens[found[1] :] if found is not None else []
    return without_titles(" ".join(rest)) if rest and all(capitalised(t) for t in rest) else []
