"""What the worst texts cost: python benchmarks/growth.py

Each stage reads texts as long as one document may be (`Limits.read_chars`), and texts of half that length: many paragraphs, one line, one
sentence, one list. The figure to watch is a stage's CPU seconds as a share of the newsreader's on the same text, in one run on one machine.
Past LIMIT the command fails: a hostile report must not be able to hold up the others.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

LIMIT = 3.0
SHAPES = {
    "paragraphs": '"Rebels attacked Goma on Monday and 40 people died," a man said. They said that "dozens" fled; the army denied it.\n\n',
    "one line": "Rebels attacked Goma on Monday and, two days after 25 August 2021, 3,000 men left; since May they had fought. ",
    "one sentence": "rebels seized the town, they killed 12 men near Goma, ",
    "one list": "Goma, Sake, Bukavu, 3,000 rebels, May, ",
}


def stages() -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """The newsreader, the stages and the page, in the order in which a report goes through them."""
    from khabar.run.pipeline import assemble
    from khabar.serve.page.text import text_markup
    from khabar.settings import Settings

    pipeline = assemble(Settings())
    yield "annotate", pipeline.newsreader
    for stage in pipeline.stages:
        yield stage.name, stage

    def marked(reading: Any) -> Any:
        text_markup(reading)
        return reading

    yield "page", marked


def seconds_of(text: str, steps: list[tuple[str, Callable[[Any], Any]]]) -> dict[str, float]:
    """CPU seconds of each step on one text."""
    from khabar.readers.text import TextReader
    from khabar.records import Reading
    from khabar.seams import Blob

    reading: Any = Reading(TextReader().read(Blob(text.encode(), "grown", published=date(2019, 3, 5))).documents[0])
    taken = {}
    for name, step in steps:
        start = time.process_time()
        reading = step(reading)
        taken[name] = time.process_time() - start
    return taken


def main() -> int:
    from khabar.settings import Limits

    steps = list(stages())
    seconds_of(SHAPES["paragraphs"] * 10, steps)
    dear = []
    sys.stdout.write(f"{'text':14}{'stage':10}{'half':>9}{'whole':>9}{'ratio':>8}{'of newsreader':>15}\n")
    for shape, unit in SHAPES.items():
        most = Limits().read_chars // len(unit)
        half, whole = seconds_of(unit * (most // 2), steps), seconds_of(unit * most, steps)
        for name, _ in steps:
            share = whole[name] / whole["annotate"]
            ratio = whole[name] / half[name] if half[name] else 0.0
            sys.stdout.write(f"{shape:14}{name:10}{half[name]:9.2f}{whole[name]:9.2f}{ratio:8.1f}{share:15.2f}\n")
            if share > LIMIT:
                dear.append(f"{name} on {shape}")
    if dear:
        sys.stdout.write(f"More than {LIMIT:g} times the newsreader's share: {', '.join(dear)}\n")
    return 1 if dear else 0


if __name__ == "__main__":
    sys.exit(main())
