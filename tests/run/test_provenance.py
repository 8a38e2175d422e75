from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import khabar
from khabar.errors import KnowledgeError, SettingsError
from khabar.knowledge.gazetteer import own
from khabar.run import provenance
from khabar.run.provenance import knowledge_digests, run_of
from khabar.settings import Limits, OwnGazetteers, Settings


@pytest.fixture(autouse=True)
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in (("ontology/types.yaml", "a"), ("actors/states.tsv", "b"), ("compiled/digest.txt", "c0ffee 0\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(provenance, "knowledge_digests", lambda: knowledge_digests.__wrapped__(tmp_path))
    return tmp_path


def test_a_run_names_version_newsreader_and_knowledge(fake_settings: Settings) -> None:
    run = run_of(fake_settings)
    assert run.khabar.startswith(khabar.__version__)
    assert run.newsreader == "fake:0123456789ab"
    assert [part.partition(":")[0] for part in run.knowledge.split()] == ["actors", "compiled", "ontology"]
    assert "compiled:c0ffee" in run.knowledge
    assert run_of(fake_settings) == run


@pytest.mark.parametrize(("name", "content"), [("ontology/types.yaml", "x"), ("actors/new.tsv", ""), ("compiled/digest.txt", "dec0de 0")])
def test_other_knowledge_is_another_run(fake_settings: Settings, knowledge: Path, name: str, content: str) -> None:
    before = run_of(fake_settings)
    (knowledge / name).write_text(content)
    assert run_of(fake_settings).fingerprint != before.fingerprint


def test_a_renamed_file_is_other_knowledge(fake_settings: Settings, knowledge: Path) -> None:
    before = run_of(fake_settings)
    (knowledge / "ontology" / "types.yaml").rename(knowledge / "ontology" / "kinds.yaml")
    assert run_of(fake_settings) != before


@pytest.mark.parametrize("change", [{"stages": ()}, {"limits": Limits(statements=5)}])
def test_settings_that_change_what_is_read_are_another_run(fake_settings: Settings, change: dict[str, object]) -> None:
    assert run_of(replace(fake_settings, **change)).fingerprint != run_of(fake_settings).fingerprint


def test_a_store_elsewhere_is_the_same_run(fake_settings: Settings) -> None:
    assert run_of(replace(fake_settings, store="other.db")) == run_of(fake_settings)


def test_own_actors_are_part_of_the_knowledge(fake_settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("x")
    settings = replace(fake_settings, actors_file=str(own))
    before = run_of(settings)
    own.write_text("y")
    assert run_of(settings) != before
    own.unlink()
    with pytest.raises(SettingsError, match=r"own\.tsv"):
        run_of(settings)


def test_own_gazetteers_are_part_of_the_knowledge(fake_settings: Settings, tmp_path: Path) -> None:
    settings = replace(fake_settings, gazetteer=OwnGazetteers(str(tmp_path / "places")))
    with pytest.raises(KnowledgeError, match="places"):
        run_of(settings)
    (tmp_path / "mine.csv").write_text("name,lat,lon\nVelmaridu,34.5,69.2\n", encoding="utf-8")
    own.add(tmp_path / "mine.csv", tmp_path / "places")
    before = run_of(settings)
    assert before.knowledge.split()[-1].startswith("own-gazetteer-mine:")
    own.remove("mine", tmp_path / "places")
    assert run_of(settings).knowledge == run_of(fake_settings).knowledge != before.knowledge
