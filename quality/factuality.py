"""How khabar reads whether something happened, on sets that nobody coded for it: UDS-IH2 and MEANTIME.

    python quality/factuality.py DATA [--part test] [--show N]

Each set gives words of sentences with a factuality from -3 (certainly not) to 3 (certainly). Above 1 is taken as happened, below -1 as
not, between as uncertain. What is conditional or possible is uncertain; what is planned is what the set takes it for: UDS-IH2 asks whether
something did happen (White et al. 2016), so that what lies ahead did not; MEANTIME asks how sure the writer is, in the past or the future
(Minard et al. 2016), so that what is announced is certain. Macro-F1 over the three, with the baseline that calls everything happened
beside it. The words are judged by the rules for telling alone: no trigger is looked for.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from khabar.annotate.stage import khabar_newsreader
from khabar.extract import mend, telling
from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.knowledge.ontology import TriggerRule
from khabar.records import Document, Mention, Reading, Sentence, Token, Value

SETS = {"UDS-IH2": "factuality/uds_ih2/{part}.jsonl", "MEANTIME": "factuality/meantime/factuality_bundle/{part}.jsonl"}
CLASSES = ("happened", "not", "uncertain")
_SURE = 1.0
_SAID = {"happened": "happened", "not-happened": "not", "conditional": "uncertain", "possible": "uncertain"}
_PLANNED = {"UDS-IH2": "not", "MEANTIME": "happened"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A word with its class in the set, and as khabar reads it (None where it reads no such word)."""

    sentence: str
    word: str
    gold: str
    said: str | None


def class_of(factuality: float) -> str:
    return "happened" if factuality > _SURE else "not" if factuality < -_SURE else "uncertain"


def judged(path: Path, planned: str) -> Iterator[Judged]:
    """Every target of a file; `planned` is the class that the set gives to what lies ahead."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    readings = (Reading(Document(str(k), str(k), row["text"], Value.unknown("none"))) for k, row in enumerate(rows))
    for row, reading in zip(rows, khabar_newsreader().pipe(readings), strict=True):
        edges = offsets(row["text"].split(" "))
        sentences = [mend.mended(sentence) for sentence in reading.sentences]
        for target in row["targets"]:
            start, end = edges[target["span1"][0]][0], edges[target["span1"][1] - 1][1]
            yield Judged(
                row["text"], row["text"][start:end], class_of(target["label"]), said_of(sentences, reading.mentions, start, end, planned)
            )


def offsets(words: Sequence[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in words:
        found.append((at, at + len(word)))
        at += len(word) + 1
    return found


def said_of(sentences: Sequence[Sentence], mentions: Sequence[Mention], start: int, end: int, planned: str) -> str | None:
    """The class of the word that overlaps the span; None where none does."""
    for sentence in sentences:
        tokens = [t for t in sentence.tokens if t.span.start < end and start < t.span.end]
        if tokens:
            draft = _draft(sentence, tokens[-1], mentions)
            telling.read(draft)
            return _SAID.get(str(draft.told_as.value), planned)
    return None


def _draft(sentence: Sentence, head: Token, mentions: Iterable[Mention]) -> Draft:
    """A statement in the making about any word: of no type, so that no rule of a type speaks."""
    pos = "verb" if head.pos in ("VERB", "AUX") else "noun"
    rule = TriggerRule(id="any", type="any", pos=pos, frame="agent", words=(head.lemma.lower(),))  # type: ignore[arg-type]
    own = tuple(m for m in mentions if m.sentence == sentence.index)
    return Draft(sentence, Phrases(sentence, own), rule, head, (head,), "any")


def macro(rows: Sequence[Judged]) -> tuple[float, dict[str, float]]:
    """Macro-F1, and F1 by class; a word that khabar does not read counts as happened, as plain news would."""
    there, found, right = Counter(r.gold for r in rows), Counter(r.said or "happened" for r in rows), Counter[str]()
    right.update(r.gold for r in rows if r.gold == (r.said or "happened"))
    by_class = {c: 2 * right[c] / (there[c] + found[c]) if there[c] + found[c] else 0.0 for c in CLASSES}
    return sum(by_class.values()) / len(CLASSES), by_class


def baseline(rows: Sequence[Judged]) -> float:
    return macro([Judged(r.sentence, r.word, r.gold, "happened") for r in rows])[0]


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("--part", default="test", choices=("train", "dev", "test"))
    cli.add_argument("--show", type=int, default=0, metavar="N", help="the first N misses; never of the test parts")
    args = cli.parse_args()
    if args.show and args.part == "test":
        cli.error("the test parts are measured, and not looked at")
    for name, pattern in SETS.items():
        rows = list(judged(args.data / pattern.format(part=args.part), _PLANNED[name]))
        score, by_class = macro(rows)
        shares = ", ".join(f"{c} {by_class[c]:.3f}" for c in CLASSES)
        sys.stdout.write(f"{name} {args.part}: {len(rows)} words, macro-F1 {score:.3f} ({shares}); all happened {baseline(rows):.3f}\n")
        for row in islice((r for r in rows if r.gold != (r.said or "happened")), args.show):
            sys.stdout.write(f"  {row.gold:10} read as {row.said}: {row.word!r} in {row.sentence}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
