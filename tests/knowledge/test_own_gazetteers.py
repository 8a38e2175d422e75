"""Gazetteers of the user's own: what is taken, what is asked first, and what is refused without leaving anything behind."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.errors import KnowledgeError, NotFoundError
from khabar.knowledge.gazetteer import CompiledGazetteer, dump, gazetteer, locate, own, sheets, sources, streaming, tables
from khabar.knowledge.gazetteer.units import Units

SAMPLE = Path(__file__).resolve().parents[2] / "sample" / "gazetteer"
DUMP, LIST = SAMPLE / "villages.txt", SAMPLE / "own.csv"


def row(
    name: str = "Velmaridu", lat: object = 34.5, lon: object = 69.2, *, id: object = 91_000_000, feature: str = "P.PPL",
    country: str = "AF", admin1: str = "13", admin2: str = "", others: str = "", people: object = 0
) -> str:  # fmt: skip
    """A row of a GeoNames dump."""
    group, _, code = feature.partition(".")
    cells = [
        id,
        name,
        name,
        others,
        lat,
        lon,
        group,
        code,
        country,
        "",
        admin1,
        admin2,
        "",
        "",
        people,
        "",
        1500,
        "Asia/Kabul",
        "2026-01-01",
    ]
    return "\t".join(map(str, cells))


def refused_or_added(folder: Path, text: str, file: str) -> CompiledGazetteer | None:
    """None where the file was refused as it should be: file and line named, nothing left."""
    try:
        return added(folder, text, file)
    except KnowledgeError as error:
        if f"{file}, line " not in str(error) or list((folder / "own").iterdir()):
            raise
        return None


def added(folder: Path, text: str | bytes, file: str = "mine.txt", **options: object) -> CompiledGazetteer:
    path = folder / file
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    own.add(path, folder / "own", **options)  # type: ignore[arg-type]
    return gazetteer(folder / "own")


def ids(places: CompiledGazetteer, name: str) -> list[str]:
    return [entry.id for entry in places.lookup(name)]


def test_a_dump_answers_names_other_names_and_units(tmp_path: Path) -> None:
    about = own.add(DUMP, tmp_path, name="villages")
    places = gazetteer(tmp_path)
    assert about.kinds == {"region": 4, "site": 5, "town": 15}
    assert about.attribution == dump.ATTRIBUTION
    (entry,) = places.lookup("Qala-i-Velmar")
    assert (entry.id, entry.kind, entry.country, entry.admin1) == ("geonames:90000001", "town", "AFG", "Panjshir")
    assert places.entry("geonames:90000001") == entry
    assert ids(places, "the Sholkar Dam") == ["geonames:90000003"]
    assert places.exact("Velmara IDP camp")
    assert [e.id for e in places.respelt("Kalimbara", ["COD"])] == ["geonames:90000011"]
    assert ids(places, "Undersea Velm") == ids(places, "Republic of Velmaria") == []


def test_a_dump_takes_over_khabars_entries_and_ranks_among_the_others(tmp_path: Path) -> None:
    own.add(DUMP, tmp_path)
    places, before = gazetteer(tmp_path), gazetteer()
    (herat,) = [e for e in places.lookup("Herat") if e.id == "geonames:1140026"]
    assert herat.population == 600_000 != before.entry("geonames:1140026").population  # type: ignore[union-attr]
    assert places.entry("geonames:1140026") == herat
    assert ids(places, "Mali")[0] == ids(before, "Mali")[0]
    assert ids(places, "Baghdad")[0] == ids(before, "Baghdad")[0]
    assert "geonames:90000021" in ids(places, "Baghdad")
    assert set(ids(places, "Baghdad")) > set(ids(before, "Baghdad"))


def test_a_dump_put_first_comes_before_cities_but_not_before_states(tmp_path: Path) -> None:
    own.add(DUMP, tmp_path, first=True)
    places = gazetteer(tmp_path)
    assert ids(places, "Baghdad")[0] == "geonames:90000021"
    assert [e.kind for e in places.lookup("Mali")][:2] == ["country", "town"]


def test_a_list_comes_first_with_nobody_living_there(tmp_path: Path) -> None:
    own.add(LIST, tmp_path, attribution="The Velmar Survey, 2026.")
    places = gazetteer(tmp_path)
    goma = places.lookup("Goma")[0]
    assert (goma.id, goma.population, goma.country, goma.admin1, goma.source) == ("own:goma-village", 0, "COD", "Lumbisha", "own")
    assert places.lookup("Goma")[1].id == gazetteer().lookup("Goma")[0].id
    assert places.lookup("Goma district")[0].kind == "district"
    assert places.lookup("Tepe Velmar")[0].admin1 == "Panjshir"
    assert places.attributions()[0] == "The Velmar Survey, 2026."
    assert set(places.attributions()) > set(gazetteer().attributions())


def test_of_two_gazetteers_the_first_by_name_has_an_entry_that_both_hold(tmp_path: Path) -> None:
    added(tmp_path, row("Velmaridu", 34.5), name="b")
    places = added(tmp_path, row("Velmaridu", 35.5), name="a")
    assert [e.lat for e in places.lookup("Velmaridu")] == [35.5]
    assert [a.name for a in own.listed(tmp_path / "own")] == ["a", "b"]


def test_the_digest_tells_gazetteers_apart(tmp_path: Path) -> None:
    one = added(tmp_path, row(), name="one").digest
    two = added(tmp_path, row(), name="two").digest
    assert len({one, two, gazetteer().digest}) == 3
    own.remove("two", tmp_path / "own")
    assert gazetteer(tmp_path / "own").digest == one
    own.remove("one", tmp_path / "own")
    assert gazetteer(tmp_path / "own").digest == gazetteer().digest
    assert list((tmp_path / "own").iterdir()) == []


def test_a_zip_is_read_without_its_readme(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "AF.zip", "w") as packed:
        packed.writestr("readme.txt", "about the columns")
        packed.writestr("AF.txt", row())
    about = own.add(tmp_path / "AF.zip", tmp_path / "own")
    assert (about.name, about.entries) == ("af", 1)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as packed:
        packed.writestr("a.txt", row())
        packed.writestr("b.txt", row())
    with pytest.raises(KnowledgeError, match="holds 2 files of text"):
        own.add(tmp_path / "two.zip", tmp_path / "own")


def test_the_same_file_gives_the_same_bytes_however_many_shards(tmp_path: Path) -> None:
    def compiled(name: str, shards: int) -> Path:
        out = tmp_path / name
        out.mkdir()
        with DUMP.open("rb") as lines:
            streaming.compile_stream(dump.places(lines, own.Where("villages.txt"), units := Units()), units, out, shards)
        return out

    one, two, many = compiled("one", 1), compiled("two", 1), compiled("many", 7)
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()
    assert (one / tables.ENTRIES).read_bytes() == (many / tables.ENTRIES).read_bytes()
    whole, cut = CompiledGazetteer(own=[own.Layer(one)]), CompiledGazetteer(own=[own.Layer(many, shards=7)])
    for line in DUMP.read_text("utf-8").splitlines():
        name = line.split("\t")[1]
        assert whole.lookup(name) == cut.lookup(name)
        assert whole.respelt(name, ["AFG", "SYR"]) == cut.respelt(name, ["AFG", "SYR"])


@pytest.mark.parametrize(("text", "line", "said"), [
    (row().replace("69.2", "x"), 1, "longitude is 'x'"),
    (f"{row()}\n{row(lat=95)}", 2, "off the globe"),
    (f"{row()}\n{row(lat='nan')}", 2, "off the globe"),
    (f"{row()}\n{row(country='QQ')}", 2, "no country 'QQ'"),
    (f"{row()}\n{row(people=-4)}", 2, "population"),
    (f"{row()}\n{row(id='x1')}", 2, "no GeoNames id"),
    (f"{row()}\nAF.13\tKabul\tKabul\t1138957", 2, "4 columns where 19 belong"),
    (f"{row()}\n{row(name='a' * 401)}", 2, "401 characters"),
    (f"{row()}\n{row(name='Vel' + chr(7) + 'mar')}", 2, "control characters"),
    (f"{row()}\n".encode() + row(name="Velm\u00e4r").encode("latin-1"), 2, "no UTF-8"),
    (row().encode("utf-16"), 1, "UTF-16"),
    ("The quick brown fox\n", 1, "neither a dump nor a list"),
    ("", 1, "blank"),
    ("AF.13\tKabul\tKabul\t1138957\n", 1, "4 columns between tabs"),
])  # fmt: skip
def test_a_faulty_dump_names_file_line_and_remedy_and_leaves_nothing(text: str | bytes, line: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=rf"mine\.txt, line {line}: .*; .*Nothing was added") as error:
        added(tmp_path, text)
    assert said in str(error.value)
    assert list((tmp_path / "own").iterdir()) == []


@pytest.mark.parametrize(("text", "line", "said"), [
    ("name,lat\nX,1\n", 1, "no column lon"),
    ("name,lat,lon,planet\nX,1,2,Mars\n", 1, "called 'planet'"),
    ("name,lat,lon,lat\nX,1,2,3\n", 1, "stands twice"),
    ("name,lat,lon\nVelm,34,69\nTarn,34\n", 3, "2 cells where the header has 3"),
    ("name,lat,lon\nVelm,0,0\n", 2, "0, 0 is no place"),
    ("name,lat,lon\nVelm,69.2,134.5,\n", 2, "4 cells"),
    ("name,lat,lon\nVelm,134.5,69.2\n", 2, "are they swapped?"),
    ("name,lat,lon\n ,34,69\n", 2, "name is blank"),
    ("name,lat,lon\n!!!,34,69\n", 2, "no two letters"),
    ("name,lat,lon,country\nVelm,34,69,Afghanistan\n", 2, "no country 'Afghanistan'"),
    ("name,lat,lon,kind\nVelm,34,69,planet\n", 2, "'planet' is no kind"),
    ("name,lat,lon,population\nVelm,34,69,many\n", 2, "population is 'many'"),
    ("name,lat,lon\nVelm,34,69\nTarn,34,69\nVelm,34,69\n", 4, "stands in line 2 already"),
    ('name,lat,lon\n"Velm,34,69\n', 2, "CSV"),
    ("name,lat,lon\nVelm,34_1,69\n", 2, "no number"),
])  # fmt: skip
def test_a_faulty_list_names_file_line_and_remedy_and_leaves_nothing(text: str, line: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=rf"mine\.csv, line {line}: .*; .*Nothing was added") as error:
        added(tmp_path, text, "mine.csv")
    assert said in str(error.value)
    assert list((tmp_path / "own").iterdir()) == []


def test_a_list_may_have_a_byte_order_mark_quotes_and_blank_lines(tmp_path: Path) -> None:
    places = added(tmp_path, '\ufeffName, lat ,lon\r\n\r\n"Velm, the upper",34.5,69.2\r\n', "mine.csv")
    assert [(e.name, e.kind, e.country) for e in places.lookup("Velm the upper")] == [("Velm, the upper", "town", None)]


def test_a_file_without_a_place_that_khabar_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="names no place"):
        added(tmp_path, row(feature="U.RDGU"))
    with pytest.raises(KnowledgeError, match="names no place"):
        added(tmp_path, "name,lat,lon\n", "mine.csv")


@pytest.mark.parametrize("name", ["Geo Names", "khabar", "../x", "", "1st", "a" * 41])
def test_a_gazetteer_needs_a_name_of_its_own(name: str, tmp_path: Path) -> None:
    if name:
        with pytest.raises(KnowledgeError, match="--name"):
            added(tmp_path, row(), name=name)
    with pytest.raises(NotFoundError):
        own.remove(name, tmp_path)


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    added(tmp_path, row())
    with pytest.raises(KnowledgeError, match="khabar gazetteer remove mine first"):
        added(tmp_path, row())


def test_a_damaged_gazetteer_says_what_to_run(tmp_path: Path) -> None:
    added(tmp_path, row())
    folder = tmp_path / "own" / "mine"
    (folder / tables.NAMES).write_bytes(b"not what it was")
    with pytest.raises(KnowledgeError, match="khabar gazetteer remove mine"):
        own.layers(tmp_path / "own")
    (folder / own.ABOUT).write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="khabar gazetteer remove mine"):
        own.listed(tmp_path / "own")


def test_a_folder_that_the_settings_name_has_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert own.folder_of(None) is None
    with pytest.raises(KnowledgeError, match="nowhere"):
        own.folder_of("nowhere")
    own.USUAL.mkdir()
    assert own.folder_of(None) == own.USUAL


def test_a_faulty_table_of_features_names_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "features.tsv").write_text("P.PPL\tplanet\t20\n", encoding="utf-8")
    monkeypatch.setattr(sheets, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match=r"features\.tsv, line 1"):
        dump.features.__wrapped__()


def test_what_a_dump_may_hold_is_known_by_kind() -> None:
    taken = dump.features()
    assert {"P.PPL", "A.ADM1", "H.STM", "S.DAM", "S.AIRP", "S.CMPRF", "T.VAL", "T.MT", "R.RD", "L.MILB", "S.HSP"} <= set(taken)
    assert not {code for code in taken if code.startswith(("U.", "A.PCL"))}


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\t\n"), max_size=12)
HOSTILE = st.one_of(CELL, st.sampled_from(["", "nan", "inf", "-0", "1e400", "٣", "1_0", "\x00", "\r", '"', "PPL", "P", "AF", "13", "34.5"]))


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(HOSTILE, min_size=17, max_size=20), max_size=4))
def test_hostile_rows_are_taken_or_refused_and_nothing_else(
    rows: Sequence[Sequence[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    text = "\n".join([row(), *("\t".join(cells) for cells in rows)])
    places = refused_or_added(folder, text, "mine.txt")
    assert places is None or ids(places, "Velmaridu") == ["geonames:91000000"]


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE), max_size=4))
def test_hostile_lists_are_taken_or_refused_and_nothing_else(
    rows: Sequence[Sequence[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    written = io.StringIO()
    csv.writer(written).writerows([("name", "lat", "lon", "country", "other_names"), ("Velmaridu", 34.5, 69.2, "AFG", ""), *rows])
    places = refused_or_added(folder, written.getvalue(), "mine.csv")
    assert places is None or "mine:velmaridu@34.5000,69.2000" in ids(places, "Velmaridu")


@settings(max_examples=60, deadline=None)
@given(found=st.lists(st.tuples(st.text(st.characters(codec="utf-8", categories=["L"]), min_size=3, max_size=9),
                          st.floats(-89, 89), st.floats(-179, 179)), min_size=1, max_size=6))  # fmt: skip
def test_every_place_of_a_dump_is_found_by_its_name(
    found: list[tuple[str, float, float]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    taken = [(name, lat, lon) for name, lat, lon in found if abs(lat) > 0.01 and len(own.userlist.fold(name)) > 1]
    if taken:
        rows = [row(name, f"{lat:.5f}", f"{lon:.5f}", id=91_000_001 + i) for i, (name, lat, lon) in enumerate(taken)]
        places = added(tmp_path_factory.mktemp("own"), "\n".join(rows))
        for i, (name, lat, _) in enumerate(taken):
            (entry,) = [e for e in places.lookup(name) if e.id == f"geonames:{91_000_001 + i}"]
            assert entry.lat == pytest.approx(lat, abs=1e-3)


def test_a_place_of_ones_own_is_located(tmp_path: Path) -> None:
    own.add(DUMP, tmp_path)
    places = gazetteer(tmp_path)
    found = locate("Kafar Velmareen village", country="SYR", admin1="Idlib Governorate", places=places)
    assert (found.rule, found.entry.id if found.entry else "") == ("name", "geonames:90000005")
    assert locate("Kafar Velmareen village", country="SYR", admin1="Idlib Governorate").rule == "province"


def test_a_place_that_a_list_names_is_the_one_that_is_meant(tmp_path: Path) -> None:
    places = added(tmp_path, "name,lat,lon,country,admin1\nHerat,33.5,61.9,AFG,Herat\n", "mine.csv")
    found = locate("Herat", country="Afghanistan", admin1="Herat", places=places)
    assert (found.rule, found.entry.lat if found.entry else None) == ("name", 33.5)


def test_overlay_places_lie_in_the_unit_of_the_towns_around_them() -> None:
    within = {e.id: e.admin1 for e in map(gazetteer().entry, ("khabar:zabarmari", "khabar:durand-line", "khabar:marjah")) if e}
    assert within == {"khabar:zabarmari": "Borno State", "khabar:durand-line": None, "khabar:marjah": "Helmand"}
    assert sum(1 for r in sources.overlay() if r.unit) == 0
