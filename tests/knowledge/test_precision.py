"""The codes of UCDP and ACLED follow from the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.knowledge.precision import date_prec, geo_precision, time_precision, where_prec
from khabar.records import Area, Place, When
from khabar.records.place import PlacePrecision
from khabar.records.timespan import Basis


@pytest.mark.parametrize(
    ("precision", "entry", "radius", "country", "codes"),
    [
        ("site", "x:1", 3.0, "AAA", (1, 1)),
        ("town", "x:1", 6.0, "AAA", (1, 1)),
        ("town", None, 6.0, "AAA", (2, 2)),  # a village that no gazetteer lists, put where the text says it is near
        ("near", "x:1", 16.0, "AAA", (2, 2)),
        ("near", "x:1", 40.0, "AAA", (5, 3)),
        ("district", "x:1", 25.0, "AAA", (3, 2)),
        ("province", "x:1", 90.0, "AAA", (4, 3)),
        ("region", "x:1", 120.0, "AAA", (5, 3)),
        ("region", "x:1", 120.0, None, (7, 3)),  # a sea
        ("country", "x:1", None, "AAA", (6, 3)),
    ],
)
def test_a_place_has_the_codes_of_its_precision(
    precision: PlacePrecision, entry: str | None, radius: float | None, country: str | None, codes: tuple[int, int]
) -> None:
    area = None if radius is None else Area(1.0, 2.0, radius)
    place = Place(None, "X", entry, country, 1.0, 2.0, area, precision)
    assert (where_prec(place), geo_precision(place)) == codes


def test_what_was_not_located_has_no_code() -> None:
    assert (where_prec(Place(None, "X")), geo_precision(Place(None, "X"))) == (None, None)
    assert (date_prec(None), time_precision(None)) == (None, None)


@pytest.mark.parametrize(
    ("days", "codes"), [(1, (1, 1)), (2, (2, 2)), (6, (2, 2)), (7, (3, 2)), (8, (4, 3)), (31, (4, 3)), (32, (5, 3)), (365, (5, 3))]
)
def test_a_time_has_the_codes_of_its_length(days: int, codes: tuple[int, int]) -> None:
    start = date(2021, 8, 1)
    when = When(start, start + timedelta(days=days - 1), "days", "text")
    assert (date_prec(when), time_precision(when)) == codes


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 4000), st.sampled_from(get_args(Basis)))
def test_a_convention_is_never_better_than_the_coarsest(start: date, days: int, basis: Basis) -> None:
    when = When(start, start + timedelta(days=days), "days", basis)
    date_code, time_code = date_prec(when), time_precision(when)
    assert date_code is not None
    assert time_code is not None
    assert 1 <= date_code <= 5
    assert 1 <= time_code <= 3
    if basis == "convention":
        assert (date_code, time_code) == (5, 3)
