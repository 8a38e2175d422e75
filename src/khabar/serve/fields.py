"""What the fields of a statement are called in front of people, and how an empty one is explained."""

from __future__ import annotations

from khabar.run.explain import MANY, Row

_NAMES = {"actors": "who", "targets": "whom", "places": "where", "told_as": "told as", "sources": "source", "quantities": "numbers"}


def name_of(field: str) -> str:
    """ "who" for actors; a field without a name of its own keeps that of the record."""
    return _NAMES.get(field, field)


def missing_in_words(row: Row) -> str:
    """Why a field is empty: "none: nobody is named" where there may be many, "not known: no day is written" where one is due."""
    return f"{'none' if row.field in MANY else 'not known'}: {row.reason}"
