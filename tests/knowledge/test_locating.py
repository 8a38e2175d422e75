"""One name with country and province to one place, or to the province and the reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.knowledge.gazetteer import gazetteer, locate

WRITTEN = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize(("name", "country", "admin1", "rule", "id_"), [
    ("Herat", "Afghanistan", "Herat province", "name", "geonames:1140026"),
    ("Herat city", "AFG", "Hirat province", "name", "geonames:1140026"),
    ("Kharkiv town", "UA", "Kharkiv oblast", "name", "geonames:706483"),
    ("Goma town", "DR Congo (Zaire)", "Nord Kivu province", "name", "geonames:216281"),
    ("Zabarmari village", "Nigeria", "Borno state", "name", "khabar:zabarmari"),
    ("Bagram Airfield", "Afghanistan", "Parwan", "name", "khabar:bagram-airfield"),
    ("Chad-Sudan border", "Chad", "", "border", "khabar:border-sdn-tcd"),
    ("Herat province", "Afghanistan", "Herat province", "province", "geonames:1140025"),
    ("Afghanistan", "Afghanistan", None, "country", "geonames:1149361"),
    ("Velmaridu village", "Afghanistan", "Herat province", "province", "geonames:1140025"),
    ("Velmaridu village", "Afghanistan", None, "country", "geonames:1149361"),
    ("Road between Herat and Kushk", "Afghanistan", "Herat province", "province", "geonames:1140025"),
    ("Herat", "Afghanistan", "Badakhshan", "province", "geonames:1147745"),
    ("Herat mountain", "Afghanistan", "Herat", "province", "geonames:1140025"),
    ("Khan Yunis town", "Israel", "Gaza Strip", "name", "geonames:281124"),
])  # fmt: skip
def test_a_name_is_the_place_there_or_the_province(name: str, country: str, admin1: str | None, rule: str, id_: str) -> None:
    found = locate(name, country=country, admin1=admin1)
    assert (found.rule, found.entry.id if found.entry else None) == (rule, id_)
    assert (found.reason is None) == (rule in ("name", "spelling", "border"))


def test_what_is_near_a_place_says_so() -> None:
    assert locate("outskirts of Herat", country="AFG", admin1="Herat").near
    assert locate("Area of Herat", country="AFG", admin1="Herat").near
    assert not locate("Herat (western part)", country="AFG", admin1="Herat").near


def test_without_a_country_nothing_but_a_clear_case_is_answered() -> None:
    assert locate("Mosul").rule == "name"
    assert locate("San Antonio").reason is not None
    assert locate("").entry is None


@settings(max_examples=200, deadline=None)
@given(WRITTEN, st.none() | WRITTEN | st.sampled_from(["AFG", "Syria"]), st.none() | WRITTEN | st.sampled_from(["Herat", "Idlib"]))
def test_whatever_is_written_an_answer_or_a_reason_comes_back(name: str, country: str | None, admin1: str | None) -> None:
    found = locate(name, country=country, admin1=admin1)
    assert found == locate(name, country=country, admin1=admin1, places=gazetteer())
    assert (found.reason is None) == (found.rule in ("name", "spelling", "border"))
    assert (found.entry is None) == (found.rule == "none")
