"""One of several actors of a name: by the day of the event, the countries of the report, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khabar.knowledge.actors import fold, party_words
from khabar.knowledge.actors.folding import is_acronym
from khabar.records import Actor, Candidate, Tenure
from khabar.resolve.actors.report import Report
from khabar.resolve.actors.wording import capitalised

_UNMISTAKABLE = frozenset({"media", "international", "aid", "state", "person", "government"})
_HOME = 0.2  # share of a report's country words that a common word ("northern rebels") needs its actor's country to have
_SHORT = 4  # letters up to which an acronym alone proves nothing: it needs its country in the report


@dataclass(frozen=True, slots=True)
class Choice:
    """The actor that was meant, None where none fits, and how each was weighed."""

    actor: Actor | None
    candidates: tuple[Candidate, ...] = ()


def choose(name: str, found: Sequence[Actor], report: Report, day: date | None, *, sure: bool = False) -> Choice:
    """Of actors that share a name, the one that existed on the day and is at home where the report plays.

    A short acronym or common word is believed only where its country is in the report, unless they are `sure` to be meant.
    """
    if not found:
        return Choice(None)
    supported = [a for a in found if sure or _supported(name, a, report, day)]
    if len(supported) < 2:
        return Choice(supported[0] if supported else None)
    total = max(1, report.countries.total())
    scored = [(_score(name, actor, report, day, total), -place, actor) for place, actor in enumerate(supported)]
    scored.sort(key=lambda s: s[:2], reverse=True)
    candidates = tuple(Candidate(a.id, round(score, 2), _note(a, day)) for score, _, a in scored)
    return Choice(scored[0][2], candidates)


def _supported(name: str, actor: Actor, report: Report, day: date | None) -> bool:
    """Whether so little as a short acronym or a common word is enough to mean this actor in this report."""
    if report.register.is_own(actor):
        return True
    if actor.kind == "person" and " " not in name.strip():
        return actor.country is None or actor.country in report.countries
    if fold(name) in party_words().common and actor.country is not None:
        return _is_at_home(actor, report) and (day is None or actor.exists.covers(day))
    if actor.id in report.actors or fold(actor.name) == fold(name):
        return True
    if not any(capitalised(token) for token in name.split()):
        if day is not None and not actor.exists.covers(day):
            return False
        return _is_at_home(actor, report) if actor.country is not None else _is_told_of(actor, report)
    if day is not None and party_words().kind(fold(name).split()[-1:]) == "armed-group" and not actor.exists.covers(day):
        return False  # "Chechen fighters" of another time are others
    letters = sum(c.isalnum() for c in name)
    if not is_acronym(name) or letters > _SHORT or actor.kind in _UNMISTAKABLE or actor.country is None:
        return True
    return actor.country in report.countries or any(fold(full) == fold(actor.name) for full in report.acronyms.values())


def _is_at_home(actor: Actor, report: Report) -> bool:
    pointed_at = 0 if actor.country is None else report.countries[actor.country]
    return pointed_at > 0 and pointed_at >= _HOME * report.countries.total()


def _is_told_of(actor: Actor, report: Report) -> bool:
    return actor.kind in _UNMISTAKABLE and (actor.id in report.actors or any(actor in found for found in report.mentioned))


def _score(name: str, actor: Actor, report: Report, day: date | None, total: int) -> float:
    score = 0.0
    if day is not None:
        score += 4.0 if actor.exists.covers(day) else 0.0
        score += 0.8 if actor.exists != Tenure() and actor.exists.covers(day) else 0.0
    if actor.country is not None:
        score += 3.0 * report.countries.get(actor.country, 0) / total
        score += 1.0 if actor.country == report.country else 0.0
        score -= 2.0 if actor.country not in report.countries else 0.0
    score += 0.6 if fold(actor.name) == fold(name) else 0.0
    score += 0.3 if actor.memberships and day is not None and any(m.tenure.covers(day) for m in actor.memberships) else 0.0
    return score


def _note(actor: Actor, day: date | None) -> str:
    years = "" if day is None or actor.exists.covers(day) else "not at that time"
    return ", ".join(part for part in (actor.country or "", years) if part)
