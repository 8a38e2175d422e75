from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from reading_builders import TEXT, a_document

from khabar.errors import InputError, KnowledgeError, PipelineError
from khabar.records import Reading
from khabar.run.drafts import BATCH_CHARS, BATCH_DOCUMENTS, BATCH_DRAFTS, Draft, batches
from khabar.run.engine import Outcome, Progress, code_paths, code_text
from khabar.run.pipeline import assemble
from khabar.settings import Limits, Settings


def told(outcome: Outcome) -> tuple[str | None, list[str]]:
    return outcome.reading and outcome.reading.document.name, sorted(p.kind for p in outcome.problems)


def test_a_text_is_read(fake_settings: Settings) -> None:
    reading = code_text(TEXT, published=date(2031, 6, 5), name="mine", settings=fake_settings)
    assert (reading.document.text, reading.document.name, reading.document.published.value) == (TEXT, "mine", date(2031, 6, 5))
    assert [s.type.value for s in reading.statements] == ["capture"]


@pytest.mark.parametrize("text", ["", " \n\t", "half a pair: \ud83d"])
def test_a_text_that_is_no_report_is_refused(fake_settings: Settings, text: str) -> None:
    with pytest.raises(InputError, match="mine"):
        code_text(text, name="mine", settings=fake_settings)


@pytest.mark.parametrize("text", ["a\r\nb seized\rc\n", "\ufeffseized", "e\u0301 seized 🕊 \x0b"])
def test_offsets_count_the_text_as_given(fake_settings: Settings, text: str) -> None:
    assert code_text(text, settings=fake_settings).document.text == text.removeprefix("\ufeff")


def test_folders_are_read_in_order_with_what_went_wrong_beside(fake_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "e.txt").write_text(TEXT + " unreadable")
    (tmp_path / "f.txt").write_text(TEXT + " End.")
    outcomes = list(code_paths([tmp_path], fake_settings))
    assert [told(o) for o in outcomes] == [("a", []), (None, ["empty"]), (None, ["unknown-kind"]), ("d/e", ["stage-failed"]), ("f", [])]
    assert [o.path for o in outcomes] == [tmp_path / n for n in ("a.txt", "b.txt", "c.pdf", "d/e.txt", "f.txt")]
    assert all(o.reading is None or o.problems == o.reading.problems for o in outcomes)


def test_an_unknown_kind_is_a_note_in_a_folder_and_an_error_by_name(fake_settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(b"%PDF-1.7 ...")
    severities = [o.problems[0].severity for paths in ([tmp_path], [path]) for o in code_paths(paths, fake_settings)]
    assert severities == ["note", "error"]


def test_doubles_are_refused(fake_settings: Settings, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{TEXT} {folder}")
    outcomes = list(code_paths([tmp_path / "one", tmp_path / "two"], fake_settings))
    assert [told(o) for o in outcomes] == [("a", []), (None, ["double-name"])]
    assert outcomes[1].problems[0].where == str(tmp_path / "two" / "a.txt")


def test_records_of_one_file_keep_their_own_problems(fake_settings: Settings, tmp_path: Path) -> None:
    lines = [{"text": f"{TEXT} {n}", "name": f"r{n}", "published": "2031-06-04"} for n in range(3)]
    undated = {"text": "They seized it.", "name": "undated"}
    (tmp_path / "x.jsonl").write_text("\n".join([json.dumps(lines[0]), "{broken", json.dumps(undated), json.dumps(lines[2])]))
    outcomes = list(code_paths([tmp_path / "x.jsonl"], fake_settings))
    assert [o.reading.document.name for o in outcomes if o.reading] == ["r0", "undated", "r2"]
    [broken] = [o for o in outcomes if o.reading is None]
    assert len(broken.problems) == 1
    assert [len(o.problems) for o in outcomes if o.reading] == [0, 1, 0]


def test_limits_hold(fake_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for limits in (Limits(blob_bytes=50), Limits(document_chars=50)):
        assert [told(o) for o in code_paths([tmp_path], replace(fake_settings, limits=limits))] == [(None, ["too-large"])]


def test_one_batch_is_held_at_a_time(fake_settings: Settings, tmp_path: Path) -> None:
    for n in range(BATCH_DOCUMENTS * 2 + 3):
        (tmp_path / f"r{n:03}.txt").write_text(f"{TEXT} {n}")
    newsreader = assemble(fake_settings).newsreader
    outcomes = code_paths([tmp_path], fake_settings)
    next(outcomes)
    assert newsreader.batches == [BATCH_DOCUMENTS]
    assert len(list(outcomes)) == BATCH_DOCUMENTS * 2 + 2
    assert newsreader.batches == [BATCH_DOCUMENTS, BATCH_DOCUMENTS, 3]


def test_files_that_give_nothing_do_not_wait_for_one_that_does() -> None:
    drafted = iter([Draft(None, None)] * (BATCH_DRAFTS + 50))
    assert len(next(batches(drafted))) == BATCH_DRAFTS
    assert len(list(drafted)) == 50


def test_long_reports_are_not_held_together() -> None:
    long = [Draft(None, Reading(a_document("a" * (BATCH_CHARS // 2)))) for _ in range(4)]
    assert [len(batch) for batch in batches(long)] == [2, 2]


def test_a_file_without_reports_says_so(fake_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n\n")
    assert [told(o) for o in code_paths([tmp_path], fake_settings)] == [(None, ["empty"])]


def test_progress_counts_files_and_reports(fake_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": f"{TEXT} {n}", "name": f"r{n}"}) for n in range(3)))
    (tmp_path / "b.bin").write_bytes(b"\x00")
    (tmp_path / "c.txt").write_text(TEXT)
    seen: list[Progress] = []
    list(code_paths([tmp_path], fake_settings, on_progress=seen.append))
    assert [(p.done, p.total, p.reports) for p in seen] == [(1, 3, 1), (1, 3, 2), (1, 3, 3), (2, 3, 3), (3, 3, 4)]


def test_the_same_files_read_alike(fake_settings: Settings, tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"r{n}.txt").write_text(f"{TEXT} {n}")
    assert list(code_paths([tmp_path], fake_settings)) == list(code_paths([tmp_path], fake_settings))


def test_a_wrong_order_is_refused_before_a_file_is_touched(fake_settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(PipelineError):
        code_paths([tmp_path], replace(fake_settings, stages=("fake-extract", "fake-limited", "fake-needy")))


def _folder(folder: Path, reports: int) -> Path:
    for n in range(reports):
        (folder / f"r{n:03}.txt").write_text(f"{TEXT} {n}{' unreadable' if n == 5 else ''}{' deadly' if n in (8, 21) else ''}")
    (folder / "r004.pdf").write_bytes(b"%PDF-1.7")
    (folder / "r004").write_text(TEXT)
    return folder


def test_several_processes_read_as_one_does(fake_settings: Settings, tmp_path: Path) -> None:
    folder = _folder(tmp_path, 40)
    assert list(code_paths([folder], fake_settings, jobs=2)) == list(code_paths([folder], fake_settings))


def test_a_report_that_kills_its_process_takes_no_other_with_it(fake_settings: Settings, tmp_path: Path) -> None:
    deadly = replace(fake_settings, stages=("fake-extract", "fake-deadly"))
    coded = list(code_paths([_folder(tmp_path, 40)], deadly, jobs=2))
    dead = [o.reading.document.name for o in coded if o.reading and "worker-died" in told(o)[1]]
    assert dead == ["r008", "r021"]
    assert sum(len(o.reading.statements) for o in coded if o.reading) == 40 - 2 - 1


def test_workers_that_all_die_end_the_run(fake_settings: Settings, tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"r{n:03}.txt").write_text(f"{TEXT} {n} deadly")
    with pytest.raises(PipelineError, match="SIGKILL"):
        list(code_paths([tmp_path], replace(fake_settings, stages=("fake-deadly",)), jobs=2))
    assert multiprocessing.active_children() == []


def test_what_khabar_lacks_is_raised_from_a_worker(fake_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(KnowledgeError, match="a faulty row"):
        list(code_paths([tmp_path], replace(fake_settings, stages=("fake-faulty",)), jobs=2))
    assert multiprocessing.active_children() == []


def test_workers_end_with_the_reading(fake_settings: Settings, tmp_path: Path) -> None:
    coded = code_paths([_folder(tmp_path, 40)], fake_settings, jobs=2)
    next(coded)
    assert multiprocessing.active_children()
    coded.close()
    assert multiprocessing.active_children() == []
