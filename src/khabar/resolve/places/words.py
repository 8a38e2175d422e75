"""The words that the place rules go by, from `places.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer.sheets import FOLDER
from khabar.records import PlacePrecision

_FILE = Path(FOLDER) / "placewords.yaml"


@cache
def placewords() -> dict[str, Any]:
    """The whole file, once."""
    try:
        loaded = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{_FILE}: {error}") from error
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{_FILE}: must be a table")
    return loaded


def _set(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in placewords()[name])


LOCATIVE = _set("locative")
DIRECTED = _set("directed")
NO_NAMES = _set("no_names")
POINTERS: dict[str, PlacePrecision | None] = placewords()["pointers"]
ROADS = _set("roads")
COUNTS: dict[str, int] = placewords()["counts"]
SPEECH_TYPES = _set("speech_types")
PLACE_TYPES = _set("place_types")
MOVING_TYPES = _set("moving_types")
DIRECTIONS: dict[str, tuple[float, float]] = {word: (float(n), float(e)) for word, (n, e) in placewords()["directions"].items()}
NEAR = _set("near")
PARTS = _set("parts")
SAYING = _set("saying")
INSIDE = _set("inside")
UNITS: dict[str, float] = {str(word): float(km) for word, km in placewords()["units"].items()}
WIDE_NOUNS = _set("wide_nouns")
WIDE_CUES = tuple(placewords()["wide_cues"])
OFFICE_NOUNS = _set("office_nouns")
INSIDE_STATE = _set("inside_state")
OTHER_TIME = _set("other_time")
MEETING_TYPES = _set("meeting_types")
BODIES = _set("bodies")
BORDERS = _set("borders")
ELSEWHERE_TYPES = _set("elsewhere_types")
