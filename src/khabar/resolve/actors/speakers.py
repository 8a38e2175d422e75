"""Whom a source speaks for, and in what office: from its own words, from what the report says of the person, from the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import re2

from khabar.knowledge.actors import Register, Role, fold, titles
from khabar.knowledge.actors.folding import singular
from khabar.records import Actor, Membership, Source
from khabar.resolve.actors.named import Named
from khabar.resolve.actors.naming import Naming
from khabar.resolve.actors.report import Report, without_titles
from khabar.resolve.actors.wording import capitalised, counted_off, trimmed

_BOUNDARY = re2.compile(r"[.;:!?\"“”\n]|, (?:said|told|who|and)|\b(?:said|told|says|according to|that|by)\b")
_BEFORE_WORDS, _AFTER_WORDS, _BODY_WORDS = 12, 12, 8
_NO_LONGER = frozenset({"former", "ex", "ousted", "deposed", "erstwhile", "onetime"})
_FOR = frozenset({"of", "for", "at", "with", "in", "from"})
_OWN_VOICE = frozenset({"armed-group", "militia", "political", "international"})
_FOR_THE_STATE = frozenset(
    {"official", "authority", "government", "ministry", "minister", "diplomat", "army", "military", "police", "officer"}
)
_NOBODY = "nobody"
_UNITS = frozenset({"division", "brigade", "battalion", "regiment", "platoon"})
_STATE_VOICE = frozenset({"state", "government", "military", "police"})


@dataclass(frozen=True, slots=True)
class Post:
    """An office in the words of the report: the title, its role, and the body it is said to belong to."""

    role: str | None
    body: Named | None


class Speakers:
    """Fills in the sources of one report."""

    def __init__(self, report: Report, naming: Naming, register: Register) -> None:
        self.report, self.naming, self.register = report, naming, register
        self._posts: dict[tuple[str, ...], Post] = {}
        self._gathered = False

    def fill(self, source: Source, day: date | None) -> tuple[Source, Named]:
        """The source with canonical name, actor, role and affiliation; what it has already is kept."""
        named = self.naming.name(source.name, day, source.span)
        own = self._post_in(trimmed(source.name).split(), day)
        if named.kind == "person":
            role, body = self._person(named, own, day)
        else:
            role, body = (own.role if own else None), self._spoken_for(named, own)
        affiliation = source.affiliation
        if affiliation is not None:
            known = self.naming.known(affiliation, day)
            affiliation = known.name if known is not None else affiliation
        filled = replace(
            source,
            name=named.name,
            actor=named.actor.id if named.actor else None,
            role=source.role or role,
            affiliation=affiliation or _full_name(body),
        )
        return filled, named

    def _person(self, named: Named, own: Post | None, day: date | None) -> tuple[str | None, Actor | Named | None]:
        told = own or self._told_of(named.name, day)
        if named.actor is not None:
            held = _held(named.actor, day)
            if held is not None:
                body = self.register.actor(held.body)
                return held.role or (told.role if told else None), body
        return (told.role, told.body) if told else (None, None)

    def _spoken_for(self, named: Named, own: Post | None) -> Actor | Named | None:
        """Belligerents, parties and missions speak for themselves, bodies of a state for the state, agencies and monitors for
        nobody."""
        if named.actor is None:
            return (own.body if own else None) or self._state_of(named)
        if named.actor.kind in _OWN_VOICE and (named.actor.kind != "international" or named.actor.country is not None):
            return named.actor
        if named.actor.kind in _STATE_VOICE:
            above = self.register.actor(named.actor.memberships[0].body) if named.actor.memberships else None
            return above or self.register.actor((named.actor.country or "").lower()) or named.actor
        return None

    def _state_of(self, named: Named) -> Actor | None:
        """ "Ukrainian officials", "the authorities": the state that nameless officials speak for, where it is clear."""
        words = fold(named.name).split()
        if named.kind not in _STATE_VOICE or not words or singular(words[-1]) not in _FOR_THE_STATE:
            return None
        codes = [c for t in named.name.split() if capitalised(t) for c in self.register.states.countries_of(fold(t))]
        country = codes[0] if codes else self.report.country
        return self.register.actor(country.lower()) if country is not None else None

    def _told_of(self, name: str, day: date | None) -> Post | None:
        """What the report says a person is, wherever it says so."""
        if not self._gathered:
            self._gathered = True
            for words, post in self._told(day):
                known = self._posts.get(words)
                if known is None or (known.body is None and post.body is not None):
                    self._posts[words] = post
        folded = tuple(fold(w) for w in without_titles(name))
        return self._posts.get(folded) or next((p for w, p in self._posts.items() if w[-len(folded) :] == folded), None)

    def _told(self, day: date | None) -> Iterator[tuple[tuple[str, ...], Post]]:
        text = self.report.text
        for mention in self.report.reading.mentions:
            if mention.kind != "PERSON":
                continue
            words = tuple(fold(w) for w in without_titles(" ".join(mention.text.split())))
            for post in (self._after(text, mention.span.end, day), self._before(text, mention.span.start, day)):
                if post is not None:
                    yield words, post

    def _before(self, text: str, end: int, day: date | None) -> Post | None:
        """ "Taliban spokesman X", "a spokesman for the Taliban, X"."""
        clause = text[max(0, end - 140) : end]
        cut = max((m.end() for m in _BOUNDARY.finditer(clause)), default=0)
        tokens = clause[cut:].rstrip(" ,").split()[-_BEFORE_WORDS:]
        return self._post_in(tokens, day, reach=True)

    def _after(self, text: str, start: int, day: date | None) -> Post | None:
        """ "X, a spokesman for the Taliban, said …"."""
        following = text[start : start + 140].lstrip("-’'abcdefghijklmnopqrstuvwxyz")
        belongs = following.startswith((" of the ", " from the ", " of "))
        if not belongs and not following.startswith(", "):
            return None
        following = following.lstrip(", ")
        cut = _BOUNDARY.search(following)
        tokens = (following[: cut.start()] if cut is not None else following).split(",")[0].split()[:_AFTER_WORDS]
        if belongs:
            body = self._body_after(tokens, day)
            return Post(None, body) if body is not None else None
        return self._post_in(tokens, day) if tokens else None

    def _post_in(self, tokens: Sequence[str], day: date | None, *, reach: bool = False) -> Post | None:
        """The office in a row of words; with `reach` it must reach to their end, as it does before a name."""
        tokens = [part for t in tokens for part in (t.replace("-", " ", 1) if t.lower().startswith("ex-") else t).split()]
        found = titles().find([fold(t) for t in tokens])
        if found is None:
            return None
        start, end, role = found
        if any(t.lower() in _NO_LONGER for t in tokens[max(0, start - 3) : start]):
            role = replace(role, name=f"former {role.name}")
        body = self._body_after(tokens[end:], day) or self._body_before(tokens[: end - 1], day) or self._body_before(tokens[:start], day)
        if role.body == _NOBODY:
            body = None if body is not None and body.kind in _STATE_VOICE else body
            return Post(role.name, body)
        if reach and end < len(tokens) and not (tokens[end].lower() in _FOR or capitalised(tokens[end])):
            return None
        return Post(role.name, body or self._body_of_office(role, tokens[start:end], tokens[:start], day))

    def _body_after(self, tokens: Sequence[str], day: date | None) -> Named | None:
        if len(tokens) < 2 or tokens[0].lower() not in _FOR:
            return None
        rest = list(tokens[1 : 1 + _BODY_WORDS])
        for length in range(len(rest), 0, -1):
            named = self.naming.known(trimmed(" ".join(rest[:length])), day)
            if named is not None and named.kind != "people":
                return named
        home = self.report.country_of_body("army") if any(singular(fold(t)) in _UNITS for t in rest) else None
        return self.naming.body_of(home, "army", day) if home is not None else None

    def _body_before(self, tokens: Sequence[str], day: date | None) -> Named | None:
        rest = counted_off(list(tokens))[-4:] if tokens else []
        for start in range(len(rest)):
            named = self.naming.known(trimmed(" ".join(rest[start:])), day)
            if named is not None and named.kind not in {"people", "person"}:
                return named
        return None

    def _body_of_office(self, role: Role, title: Sequence[str], before: Sequence[str], day: date | None) -> Named | None:
        """The body of an office that names none: a minister's state, the police of a police chief."""
        if role.body is None:
            key = self.register.states.bare(fold(" ".join(title[:-1])))
            home = self.report.country_of_body(key) if key is not None else None
            return self.naming.body_of(home, key, day) if home is not None and key is not None else None
        codes = [c for t in before for c in self.register.states.countries_of(fold(t))]
        country = codes[-1] if codes else self.report.country
        if country is None:
            return None
        if role.body == "state":
            state = self.register.actor(country.lower())
            return None if state is None else Named(state.name, state, "state", "actors.office")
        return self.naming.body_of(country, role.body, day)


def _full_name(body: Actor | Named | None) -> str | None:
    if isinstance(body, Named):
        return body.actor.name if body.actor is not None else body.name
    return body.name if body is not None else None


def _held(person: Actor, day: date | None) -> Membership | None:
    fitting = [m for m in person.memberships if day is None or m.tenure.covers(day)]
    return fitting[0] if fitting else None
