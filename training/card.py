"""The figures of the model card, out of `about.json`: python -m training.card [--check]"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from khabar.annotate import weights

CARD = weights.FOLDER / "MODEL.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
_TITLES = {
    "gold words": "Words and sentences given, per cent of all words:",
    "raw text": "From raw text, with khabar's own words, sentences and lemmas, F1:",
    "names": "Names by span and kind, words given, F1 (spans: whatever the kind):",
}


def card() -> str:
    """The card with the figures of the weights that lie beside it."""
    text = CARD.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n".join([f"{before}{BEGIN}", *tables(weights.about())]) + f"{END}{after}"


def tables(about: dict[str, Any]) -> Iterator[str]:
    for kind, title in _TITLES.items():
        sets: dict[str, dict[str, float]] = about["figures"][kind]
        columns = list(dict.fromkeys(column for figures in sets.values() for column in figures))
        yield f"{title}\n"
        yield f"| | {' | '.join(columns)} |"
        yield f"| --- |{' ---: |' * len(columns)}"
        for name, figures in sets.items():
            yield f"| {name} | {' | '.join(f'{figures[c]:.1f}' if c in figures else '' for c in columns)} |"
        yield ""


def main() -> int:
    text = card()
    if "--check" in sys.argv[1:]:
        return int(text != CARD.read_text("utf-8"))
    CARD.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
