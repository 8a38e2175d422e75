"""From the words of a party to who is meant: register, acronyms of the report, persons, bodies of a country; else the words stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from khabar.knowledge.actors import Register, fold, party_words, titles
from khabar.records import Actor, Span
from khabar.resolve.actors.choice import choose
from khabar.resolve.actors.named import Named, of_actor
from khabar.resolve.actors.persons import Persons
from khabar.resolve.actors.report import Report
from khabar.resolve.actors.wording import capitalised, counted_off, is_name, is_number, plain, trimmed, without_tail

_LONGEST_NAME = 9  # words of the longest name that is looked for inside a phrase
_POSSESSIVES = frozenset({"our", "his", "her", "its", "their", "my", "your", "own", "that", "another"})
_NOT_IN_OFFICE = frozenset({"deputy", "former", "ex", "late", "vice", "shadow", "acting", "next", "future"})
_OF = frozenset({"of", "from"})


class Naming:
    """Names the parties of one report. `day` is the day of the event, the day of publication where that is not known."""

    def __init__(self, report: Report, register: Register) -> None:
        self.report, self.register = report, register
        self.persons = Persons(report, register)
        self._known: dict[tuple[str, date | None], Named | None] = {}

    def name(self, words: str, day: date | None, span: Span | None = None) -> Named:
        """Who `words` mean on `day`; the words themselves, made plain, where nobody is known by them."""
        text = trimmed(words)
        if not text:
            return Named(words, None, "unknown", "actors.no-words")
        cut = " ".join(without_tail(text.split()))
        return (
            self.persons.name(text, day, span)
            or self.known(text, day)
            or (self.known(cut, day) if cut != text else None)
            or self._office(text, day)
            or self._plain(text)
        )

    def known(self, text: str, day: date | None) -> Named | None:
        """The body that a phrase names, by the register or the report's own acronyms; persons and plain words left aside."""
        key = (text, day)
        if key not in self._known:
            self._known[key] = self._known_body(text, day)
        return self._known[key]

    def _known_body(self, text: str, day: date | None) -> Named | None:
        if not text:
            return None
        whole = self.exact(text, day)
        if whole is not None:
            return whole if whole.kind != "people" else self._of_state(text.split(), day) or whole
        tokens = counted_off(text.split())
        return (
            self.exact(" ".join(tokens), day)
            or self._member_of(tokens, day)
            or self._within(tokens, day)
            or self._of_state(tokens, day)
            or (None if text.split()[0].lower() in _POSSESSIVES else self._bare(tokens, day))
        )

    def exact(self, text: str, day: date | None) -> Named | None:
        """The actor that has just this name, or that the report gives this acronym."""
        choice = choose(text, self.register.lookup(text), self.report, day)
        full = self.report.acronyms.get(fold(text)) if any(c.isupper() for c in text) else None
        if full is not None and (choice.actor is None or not self._same(full, choice.actor)):
            spelled = choose(full, self.register.lookup(full), self.report, day)
            if spelled.actor is not None:
                return of_actor(spelled.actor, "actors.acronym", spelled.candidates)
            if choice.actor is None or len(text) <= len(full):
                return Named(full, None, "unknown", "actors.acronym")
        if choice.actor is not None:
            return of_actor(choice.actor, "actors.register", choice.candidates)
        return None

    def _same(self, full: str, actor: Actor) -> bool:
        return actor in self.register.lookup(full)

    def _member_of(self, tokens: list[str], day: date | None) -> Named | None:
        """ "fighters of the National Movement", "members of the police": the body that they belong to."""
        for place, token in enumerate(tokens[1:-1], 1):
            if token in _OF and fold(tokens[place - 1]) in party_words().members and (place == 1 or not capitalised(tokens[place - 1])):
                rest = tokens[place + 1 :]
                body = self.known(" ".join(rest), day) or self.known(" ".join(without_tail(rest)), day)
                if body is None or body.actor is None or body.actor.kind in {"person", "media"}:
                    return None
                if body.actor.kind == "state":
                    return self._body_of(body.actor.country, tokens[place - 1], day)
                return body
        return None

    def _body_of(self, country: str | None, word: str, day: date | None) -> Named | None:
        key = self.register.states.bare(f"government {fold(word)}") or self.register.states.bare(fold(word))
        if country is None or key is None:
            return None
        return self._choose_body(word, country, key, day)

    def _within(self, tokens: list[str], day: date | None) -> Named | None:
        """A name with words around it that only describe: "Islamist militant group Hamas", "Hamas fighters", "Hamas (…)"."""
        size = len(tokens)
        for length in range(min(size, _LONGEST_NAME), 0, -1):
            for start in range(size - length + 1):
                name = " ".join(tokens[start : start + length])
                if not _may_be_name(tokens[start : start + length]) or length == size:
                    continue
                if not self._describes(tokens[:start]) or not _means_members(tokens[start + length :]):
                    continue
                found = self.exact(name.removesuffix("'s").removesuffix("’s"), day)
                if found is not None and self._can_stand(found, tokens[start + length :]):
                    return found
        return None

    def _can_stand(self, found: Named, after: Sequence[str]) -> bool:
        """Whether a name with words after it is still the body: "Israel" in "Israel supporters" is not."""
        rest = [t for t in after if not t.startswith("(")]
        return not rest or found.actor is None or found.actor.kind not in {"state", "people", "person", "government"}

    def _describes(self, before: Sequence[str]) -> bool:
        words = party_words()
        if before and before[-1].endswith(("'s", "’s")) and self.register.lookup(" ".join(before)):
            return True
        for token in before:
            folded = fold(token)
            last = folded.split()[-1] if folded else ""
            plain_word = folded in words.before | words.quantifiers | words.proper or is_number(token)
            described = ("-" in token and last in words.descriptors) or (last in words.before and "-" in token)
            if not (plain_word or described or self._is_country(folded)):
                return False
        return True

    def _is_country(self, folded: str) -> bool:
        return bool(self.register.states.countries_of(folded))

    def _of_state(self, tokens: list[str], day: date | None) -> Named | None:
        """An adjective alone is the state; a state with arms after it ("Turkish guns and warplanes") is its armed forces."""
        for length in range(min(4, len(tokens)), 0, -1):
            codes = self.register.states.countries_of(fold(" ".join(tokens[:length])))
            if not codes or not capitalised(tokens[0]):
                continue
            if length == len(tokens):
                return self._state(codes, day)
            if all(fold(t) in party_words().assets for t in tokens[length:]):
                code = max(codes, key=lambda c: self.report.countries[c])
                return self._choose_body(" ".join(tokens), code, "military", day)
            return None
        return None

    def _state(self, codes: Sequence[str], day: date | None) -> Named | None:
        states = [a for code in codes if (a := self.register.actor(code.lower())) is not None]
        choice = choose("", states, self.report, day, sure=True)
        return of_actor(choice.actor, "actors.adjective", choice.candidates) if choice.actor is not None else None

    def _bare(self, tokens: list[str], day: date | None) -> Named | None:
        """ "the army", "government troops": a body of the country whose army is told of, where that is clear.

        Police keep their words, since a country has many forces of them; the id says which country's.
        """
        for start in range(len(tokens)):
            key = self.register.states.bare(fold(" ".join(tokens[start:])))
            if key is None or not self._describes([t.lower() for t in tokens[:start]]):
                continue
            country = self.report.country_of_body(key)
            if country is not None:
                named = self._choose_body(" ".join(tokens), country, key, day)
                return replace(named, name=plain(tokens)) if named is not None and named.kind == "police" else named
        return None

    def body_of(self, country: str, key: str, day: date | None) -> Named | None:
        """A country's body by its key ("police"), as it was on the day."""
        return self._choose_body("", country, key, day)

    def _choose_body(self, words: str, country: str, key: str, day: date | None) -> Named | None:
        choice = choose(words, self.register.states.of(country, key), self.report, day, sure=True)
        return of_actor(choice.actor, "actors.country-body", choice.candidates) if choice.actor is not None else None

    def _office(self, text: str, day: date | None) -> Named | None:
        """ "the defence minister", "the president of Peru", "France's foreign minister": who held the office on the day."""
        tokens = counted_off(text.split())
        found = titles().find([fold(t) for t in tokens])
        if found is None or day is None or found[2].body is None:
            return None
        start, end, role = found
        if start and fold(tokens[start - 1]) in _NOT_IN_OFFICE:
            return None
        country = self._country_of_office(tokens[:start], tokens[end:])
        holder = self.register.holder(role.name, country=country, on=day) if country is not None else None
        return of_actor(holder, "actors.office") if holder is not None else None

    def _country_of_office(self, before: list[str], after: list[str]) -> str | None:
        """The country named on either side of a title, the report's own where there is nothing on either."""
        if not before and not after:
            return self.report.country
        of = after[1:] if after and after[0] == "of" and not before else []
        codes = self.register.states.countries_of(fold(" ".join(of or ([] if after else before))))
        return codes[0] if codes else None

    def _plain(self, text: str) -> Named:
        tokens = counted_off(text.split())
        if not is_name(tokens):
            tokens = without_tail(tokens)
        head = tokens[: next((i for i, t in enumerate(tokens) if t == "of" and i), len(tokens))]
        kind = party_words().kind([fold(t) for t in head])
        return Named(plain(tokens), None, kind, "actors.as-written")


def _may_be_name(tokens: Sequence[str]) -> bool:
    return any(c.isupper() for t in tokens for c in t)


def _means_members(after: Sequence[str]) -> bool:
    words = party_words()
    return all(fold(t) in words.members or (t.startswith("(") and t.endswith(")")) for t in after)
