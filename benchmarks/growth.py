"""Whether time grows with the text, and no faster: python benchmarks/growth.py

Each stage reads a text and one of twice its length; the ratio of the CPU seconds should lie near 2. A hostile report must not be able to
make any of them square: past LIMIT the command fails. A stage that takes less than FLOOR seconds says nothing and is not judged.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

FLOOR = 0.15
LIMIT = 3.0
SIZES = (150, 300, 600)
SHAPES = {
    "paragraphs": '"Rebels attacked Goma on Monday and 40 people died," a spokesman said. They said that "dozens" fled; the army denied it.\n\n',
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
    steps = list(stages())
    seconds_of(SHAPES["paragraphs"] * 10, steps)
    square = []
    sys.stdout.write(f"{'text':14}{'stage':10}" + "".join(f"{f'x{n}':>9}" for n in SIZES) + f"{'ratios':>14}\n")
    for shape, unit in SHAPES.items():
        taken = [seconds_of(unit * size, steps) for size in SIZES]
        for name, _ in steps:
            run = [t[name] for t in taken]
            ratios = [after / before if before else 0.0 for before, after in pairwise(run)]
            sys.stdout.write(f"{shape:14}{name:10}" + "".join(f"{s:9.2f}" for s in run) + "".join(f"{r:7.1f}" for r in ratios) + "\n")
            if run[-1] > FLOOR and ratios[-1] > LIMIT:
                square.append(f"{name} on {shape}")
    if square:
        sys.stdout.write(f"Faster than the text grew the time of: {', '.join(square)}\n")
    return 1 if square else 0


if __name__ == "__main__":
    sys.exit(main())
