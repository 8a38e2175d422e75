"""`khabar gazetteer`: places of the user's own, from the file to the table of a coded report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LIST = "name,lat,lon,country,admin1\nVelmaridu,34.5,69.2,AFG,Kabul\n"


def khabar(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "khabar", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_a_list_is_added_used_shown_and_removed(tmp_path: Path) -> None:
    (tmp_path / "survey.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "report.txt").write_text("Gunmen killed three farmers in Velmaridu, Afghanistan, on Monday.\n", encoding="utf-8")
    code = ("code", "report.txt", "--published", "2026-01-06", "--format", "csv")
    before = khabar(tmp_path, *code)
    done = khabar(tmp_path, "gazetteer", "add", "survey.csv", "--attribution", "The Velmar Survey")
    assert (done.returncode, done.stdout) == (0, "added survey to khabar-gazetteer: 1 place (1 town)\n")
    after = khabar(tmp_path, *code)
    assert "34.5,69.2" not in before.stdout
    assert "34.5,69.2" in after.stdout
    assert "1 superseded" in after.stderr
    shown = khabar(tmp_path, "gazetteer", "info").stdout
    assert "survey" in shown
    assert "- The Velmar Survey\n- GeoNames" in shown
    assert khabar(tmp_path, "gazetteer", "remove", "survey").stdout == "removed survey from khabar-gazetteer\n"
    assert list((tmp_path / "khabar-gazetteer").iterdir()) == []


def test_what_is_wrong_is_one_line_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "khabar.toml").write_text('[gazetteer]\nfolder = "places"\n', encoding="utf-8")
    (tmp_path / "survey.csv").write_text(LIST.replace("69.2", "269"), encoding="utf-8")
    for arguments, said in (
        (("add", "survey.csv"), "survey.csv, line 2"),
        (("add", "none.csv"), "none.csv: No such file"),
        (("remove", "survey"), "no gazetteer is called 'survey'"),
    ):
        done = khabar(tmp_path, "gazetteer", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert list((tmp_path / "places").iterdir()) == []


@pytest.mark.parametrize("text", ["[gazetteer]\nfolder = 3\n", '[gazetteer]\nplace = "x"\n', 'gazetteer = "x"\n'])
def test_a_faulty_setting_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "khabar.toml").write_text(text, encoding="utf-8")
    done = khabar(tmp_path, "gazetteer", "info")
    assert done.returncode == 2
    assert "khabar.toml" in done.stderr
