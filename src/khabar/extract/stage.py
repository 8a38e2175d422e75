"""The extract stage: from sentences to statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from khabar.extract import caveats, denied, flags, freeze, games, mend, merge, names, quantities, roles, senses, telling, triggers, voices
from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.extract.reference import Reference
from khabar.extract.sources import Voice
from khabar.records import Mention, Problem, Reading, Sentence, Statement
from khabar.settings import Limits

SILENT_ZONES = frozenset({"header", "credit"})
"""Zones that tell no events."""


class ExtractStage:
    """Finds every statement of a report with its roles, telling, sources and quantities; times, places and actors are left
    as they are written."""

    name = "extract"
    needs = frozenset({"document", "sentences", "mentions"})
    adds = frozenset({"statements", "caveats"})

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def __call__(self, reading: Reading) -> Reading:
        sentences, reference, spoken = _heard(reading)
        drafts: list[Draft] = []
        for phrases in sentences:
            found = triggers.find(phrases)
            for draft in found:
                _read(draft)
                voices.give(draft, spoken[phrases.sentence.index])
            merge.doublings(found)
            merge.tolls(found)
            for draft in found:
                quantities.include(draft, draft.head, draft.verb, *(head for _, _, head, _ in draft.tolls))
            drafts.extend(found)
        if games.of_report(sentences):
            games.drop(drafts)
        senses.read(drafts, reference)
        merge.repeats(drafts)
        drafts.extend(denied.claims(drafts, sentences, spoken))
        kept = [d for d in drafts if not d.dropped]
        problems = reading.problems
        if len(kept) > self.limits.statements:
            problems = (*problems, self._too_many(len(kept)))
            kept = kept[: self.limits.statements]
        for draft in kept:
            flags.mark(draft)
        return replace(
            reading,
            statements=_numbered(kept, reading, reference),
            caveats=caveats.of_report(sentences, reading.document, spoken),
            problems=problems,
        )

    def _too_many(self, found: int) -> Problem:
        limit = self.limits.statements
        return Problem(
            "extract", "too-many-statements", f"{found} statements found, the first {limit} kept; raise limits.statements to keep more"
        )


def spoken(reading: Reading) -> list[tuple[Sentence, list[Voice]]]:
    """The sentences of a report, each with the voices that speak in it: who says so, apart from any statement."""
    sentences, _, found = _heard(reading)
    return [(phrases.sentence, found[phrases.sentence.index]) for phrases in sentences]


def _heard(reading: Reading) -> tuple[list[Phrases], Reference, dict[int, list[Voice]]]:
    """The sentences, whom their words stand for, and who speaks in each (by index)."""
    sentences = _sentences(reading)
    reference = Reference(sentences, reading.document.text)
    return sentences, reference, voices.of_report(sentences, reading.document, reference)


def _read(draft: Draft) -> None:
    roles.assign(draft)
    telling.read(draft)
    quantities.attach(draft)


def _sentences(reading: Reading) -> list[Phrases]:
    mentions: dict[int, list[Mention]] = {}
    for mention in names.corrected(reading.mentions, reading.sentences):
        mentions.setdefault(mention.sentence, []).append(mention)
    return [Phrases(mend.mended(s), tuple(mentions.get(s.index, ()))) for s in reading.sentences if s.zone not in SILENT_ZONES and s.tokens]


def _numbered(drafts: Sequence[Draft], reading: Reading, reference: Reference) -> tuple[Statement, ...]:
    ordinals: Counter[tuple[int, int]] = Counter()
    statements = []
    for draft in sorted(drafts, key=lambda d: (d.span.start, d.span.end)):
        place = (draft.span.start, draft.span.end)
        statements.append(freeze.statement(draft, reading.document, reference, ordinals[place]))
        ordinals[place] += 1
    return tuple(statements)
