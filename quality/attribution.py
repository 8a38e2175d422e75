"""How well khabar tells which clauses of the news are somebody's, on a corpus that nobody coded for it: the news of GUM.

    python quality/attribution.py DATA [--show N]

GUM cuts each text into clauses (elementary discourse units of its rhetorical structure) and says of some that they are attributed: to
whoever says, thinks or fears them. A clause is khabar's too where a voice has more than half of its characters. Whether the right words
are the speaker's is not measured here: `quality/gate.py` does, as `source`.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from khabar.annotate.stage import khabar_newsreader
from khabar.extract.stage import spoken
from khabar.readers.text import TextReader
from khabar.records import Reading
from khabar.seams import Blob

FOLDER = Path("attribution/gum_news")
_MOST = 0.5  # share of a clause's characters that a voice has to have
_PUBLISHED = date(2015, 6, 1)  # the day plays no part in who speaks


@dataclass(slots=True)
class News:
    """A text of GUM with its clauses as offsets; `attributed` counts clauses."""

    name: str
    text: str = ""
    clauses: list[tuple[int, int]] = field(default_factory=list)
    attributed: set[int] = field(default_factory=set)


def corpus(data: Path) -> Iterator[News]:
    """The texts. Raises ValueError where words and clauses do not agree."""
    for path in sorted((data / FOLDER / "rst/rstweb").glob("*.rs4")):
        news = News(path.stem)
        words = _text(news, data / FOLDER / "dep" / f"{path.stem}.conllu")
        _clauses(news, words, ElementTree.parse(path).getroot())
        yield news


def _text(news: News, path: Path) -> list[tuple[int, int]]:
    """Fill in the text; the places of its words."""
    words: list[tuple[int, int]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar") and "newpar_block" not in line and news.text:
            news.text = news.text.rstrip() + "\n\n"
        cells = line.split("\t")
        if not cells[0].isdigit():
            continue
        words.append((len(news.text), len(news.text) + len(cells[1])))
        news.text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    return words


def _clauses(news: News, words: list[tuple[int, int]], root: ElementTree.Element) -> None:
    sizes = {element.attrib["id"]: len((element.text or "").split()) for element in root.iter("segment")}
    if sum(sizes.values()) != len(words):
        raise ValueError(f"{news.name}: {sum(sizes.values())} words in its clauses, {len(words)} in its trees")
    segments = {name: k for k, name in enumerate(sizes)}
    at = 0
    for size in sizes.values():
        news.clauses.append((words[at][0], words[at + size - 1][1]))
        at += size
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for element in (*root.iter("segment"), *root.iter("group")):
        if "parent" in element.attrib:
            below[element.attrib["parent"]].append((element.attrib["id"], element.attrib.get("relname", "")))

    def under(node: str) -> Iterator[int]:
        if node in segments:
            yield segments[node]
        for child, _ in below[node]:
            yield from under(child)

    for node, children in list(below.items()):
        told = [child for child, relation in children if not relation.startswith("attribution")]
        if len(told) == len(children):
            continue
        # Of a single clause with satellites only the clause itself is what was said; of a group all of it, save who says so.
        news.attributed.update([segments[node]] if node in segments else (k for child in told for k in under(child)))


def read(news: News) -> set[int]:
    """The clauses that are somebody's by khabar's reading."""
    document = TextReader().read(Blob(news.text.encode(), news.name, published=_PUBLISHED)).documents[0]
    shift = len(news.text) - len(news.text.lstrip())
    reading = khabar_newsreader()(Reading(document))
    said = bytearray(len(document.text) + 1)
    for sentence, voices in spoken(reading):
        for voice in voices:
            for token in (sentence.tokens[i] for i in voice.scope):
                said[token.span.start : token.span.end] = b"\1" * (token.span.end - token.span.start)
    found = set()
    for k, (start, end) in enumerate(news.clauses):
        places = [i for i in range(start, end) if not news.text[i].isspace()]
        if sum(said[i - shift] for i in places) > _MOST * len(places):
            found.add(k)
    return found


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("--show", type=int, default=0, metavar="N", help="the first N clauses of each text that were missed or taken wrongly")
    args = cli.parse_args()
    right = there = found = clauses = 0
    for news in corpus(args.data):
        said = read(news)
        right, there, found = right + len(said & news.attributed), there + len(news.attributed), found + len(said)
        clauses += len(news.clauses)
        for k in sorted(said ^ news.attributed)[: args.show]:
            start, end = news.clauses[k]
            sys.stdout.write(f"{news.name} {'missed' if k in news.attributed else 'wrong '} {news.text[start:end]}\n")
    precision, recall = right / max(1, found), right / max(1, there)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    scores = f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"
    sys.stdout.write(f"GUM news: {there} of {clauses} clauses are attributed; {scores}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
