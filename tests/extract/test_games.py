"""Reports of games tell nothing in their words of war, and what is in earnest in them all the same."""

from __future__ import annotations

from datetime import date

import pytest

from khabar.annotate.stage import khabar_newsreader
from khabar.extract.stage import ExtractStage
from khabar.readers.text import TextReader
from khabar.records import Reading
from khabar.seams import Blob

GAME = """Kovir hold off Zent to keep the cup

The champions laid siege to the goalkeeper from the first whistle, and the striker fired home twice before the defence surrendered.
Zent regrouped at half-time, and their captain was shot down by a late equaliser. The coach praised his troops.
"""
RIOT = GAME + "\nOutside the stadium fans hurled stones at the police, who answered with tear gas; 34 people were wounded.\n"
WAR = """Rebels laid siege to the fort and fired on it from the stadium. The defenders surrendered on Monday.

The cup final had been called off in May.
"""


def read(text: str) -> list[str]:
    document = TextReader().read(Blob(text.encode(), "report", published=date(2019, 3, 5))).documents[0]
    return [s.type.value or "" for s in ExtractStage()(khabar_newsreader()(Reading(document))).statements]


def test_a_game_is_no_war() -> None:
    assert read(GAME) == []


def test_violence_at_a_game_is_read() -> None:
    assert "casualties" in read(RIOT)


@pytest.mark.parametrize("kind", ["besiege", "surrender"])
def test_a_war_with_a_stadium_is_no_game(kind: str) -> None:
    assert kind in read(WAR)
