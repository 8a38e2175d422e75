"""How fast the newsreader reads, beside spaCy's convolutional pipeline: python benchmarks/newsreader.py [PATH ...] [--rounds N] [--json]

From raw text to sentences, tags, lemmas, trees and names, in words per CPU second of one thread, both in this run and in turns.
spaCy's pipeline is built here in the shape of its small English one (two token encoders of width 96 and depth 4, tagger, parser,
names) with weights as they are before training: what it reads is nonsense, but the work is the same. It has no lemmatizer,
which favours it. Then two newsreaders in two processes that share nothing, and what loading takes. Without PATH the sample is read.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import asked

os.environ.setdefault("OMP_NUM_THREADS", "1")

_PATIENCE = 600  # seconds that a process may take
_WORDS = 40_000  # read in a round: texts are taken again until there are as many


def texts_of(paths: list[Path]) -> list[str]:
    """The texts, again and again with another first line each time, until there are enough words."""
    texts = [path.read_text("utf-8") for path in paths]
    found: list[str] = []
    while sum(len(text.split()) for text in found) < _WORDS:
        found += [f"Part {len(found)}.\n\n{text}" for text in texts]
    return found


def newsreader() -> Callable[[list[str]], int]:
    """khabar's newsreader on texts; the answer is how many words it found."""
    from khabar.annotate.stage import khabar_newsreader
    from khabar.records import Document, Reading, Value

    reader = khabar_newsreader()

    def read(texts: list[str]) -> int:
        readings = (Reading(Document(str(k), str(k), text, Value.unknown("none"))) for k, text in enumerate(texts))
        return sum(len(s.tokens) for found in reader.pipe(readings) for s in found.sentences)

    return read


def spacy_cnn() -> Callable[[list[str]], int]:
    """A spaCy pipeline of the small English one's shape, before training."""
    import spacy
    from spacy.training import Example

    encoder: dict[str, Any] = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [5000, 1000, 2500, 2500], "include_static_vectors": False,
        },
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3},
    }  # fmt: skip
    shared: dict[str, Any] = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    transitions: dict[str, Any] = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": encoder})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe(
        "parser",
        config={"model": {**transitions, "state_type": "parser", "extra_state_tokens": False, "hidden_width": 64, "tok2vec": shared}},
    )
    nlp.add_pipe(
        "ner", config={"model": {**transitions, "state_type": "ner", "extra_state_tokens": False, "hidden_width": 64, "tok2vec": encoder}}
    )
    doc = nlp.make_doc("Rebels seized the town of Dela on Monday .")
    annotation = {
        "tags": ["NNS", "VBD", "DT", "NN", "IN", "NNP", "IN", "NNP", "."],
        "heads": [1, 1, 3, 1, 5, 3, 7, 1, 1],
        "deps": ["nsubj", "ROOT", "det", "obj", "case", "nmod", "case", "obl", "punct"],
        "entities": [(26, 30, "GPE")],
    }
    nlp.initialize(lambda: [Example.from_dict(doc, annotation)])

    def read(texts: list[str]) -> int:
        return sum(len(found) for found in nlp.pipe(texts, batch_size=32))

    return read


def rate(read: Callable[[list[str]], int], texts: list[str]) -> float:
    """Words per CPU second."""
    start = time.process_time()
    words = read(texts)
    return words / (time.process_time() - start)


def wall(reader: Callable[[list[str]], int], texts: list[str], ready: Any, go: Any, told: Any) -> None:
    reader(texts[:2])
    ready.release()
    go.wait()
    start = time.perf_counter()
    words = reader(texts)
    told.put((words, time.perf_counter() - start))


def _process(texts: list[str], ready: Any, go: Any, told: Any) -> None:
    wall(newsreader(), texts, ready, go, told)


def together(texts: list[str], processes: int) -> float:
    """Words a second of wall time, all processes together, each with its own newsreader and texts."""
    context = multiprocessing.get_context("spawn")
    ready, go, told = context.Semaphore(0), context.Event(), context.Queue()
    running = [context.Process(target=_process, args=(texts, ready, go, told)) for _ in range(processes)]
    for process in running:
        process.start()
    for _ in running:
        while not ready.acquire(timeout=1):
            if dead := [process.exitcode for process in running if process.exitcode is not None]:
                raise SystemExit(f"a newsreader's process ended with {dead[0]} before it read anything")
    go.set()
    found = [told.get(timeout=_PATIENCE) for _ in running]
    for process in running:
        process.join()
    slowest: float = max(seconds for _, seconds in found)
    return sum(int(words) for words, _ in found) / slowest


#: What asks most of it: one sentence without end, one word without end, signs of all kinds, as many short lines as fit.
HOSTILE = (
    "rebels seized the town , " * 8_000,
    "a" * 200_000,
    "👩‍👩‍👧" * 25_000,
    "7 " * 100_000,
    "They left بيروت and fled . " * 8_000,
    "a\u200b\x00b " * 40_000,
    "Army leaves Dela\n\n" * 11_000,
)


def _peak(texts: tuple[str, ...], told: Any) -> None:
    reader = newsreader()
    for text in texts:
        reader([text])
    told.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def peak(texts: tuple[str, ...]) -> float:
    """The most memory, in MB, that a process of its own held while it read the texts one by one."""
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    process = context.Process(target=_peak, args=(texts, told))
    process.start()
    found: float = told.get(timeout=_PATIENCE)
    process.join()
    return found


def measure(paths: list[Path], rounds: int) -> dict[str, float]:
    """Medians over the rounds."""
    texts = texts_of(paths)
    start = time.perf_counter()
    ours = newsreader()
    loading = time.perf_counter() - start
    theirs = spacy_cnn()
    ours(texts[:4])
    theirs(texts[:4])
    ours_rates, their_rates, one, two = [], [], [], []
    for _ in range(rounds):
        ours_rates.append(rate(ours, texts))
        their_rates.append(rate(theirs, texts))
    for _ in range(rounds):
        one.append(together(texts, 1))
        two.append(together(texts, 2))
    return {
        "load s": loading,
        "words a CPU second": statistics.median(ours_rates),
        "spaCy CNN, words a CPU second": statistics.median(their_rates),
        "ratio": statistics.median(a / b for a, b in zip(ours_rates, their_rates, strict=True)),
        "two processes against one": statistics.median(b / a for a, b in zip(one, two, strict=True)),
        "peak MB, reports": peak(tuple(texts)),
        "peak MB, worst texts": peak(HOSTILE),
    }


def main() -> int:
    paths, args = asked(__doc__)
    found = measure(paths, max(1, args.rounds))
    lines = [f"{name:32}{value:12,.2f}" for name, value in found.items()]
    sys.stdout.write((json.dumps(found) if args.json else "\n".join(lines)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
