from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pipeline_by_hand import plug_ins

from khabar import plugins
from khabar.annotate import weights
from khabar.annotate.model import Newsmodel
from khabar.annotate.stage import khabar_newsreader
from khabar.records import Document, Reading, Value, digest
from khabar.run import pipeline
from khabar.serve.cli import main

CAPTURED = "date 2031-05-03 Fighters captured Velmar, a spokesman said.\n"
HEAVY = ("spacy", "onnxruntime", "tokenizers", "numpy", "re2", "yaml", "marisa_trie", "ahocorasick_rs", "msgspec", "sqlite3", "rich.table")


@dataclass
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def khabar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Answer]:
    """Runs the command line in a new folder, with the pipeline made by hand."""
    monkeypatch.setattr(plugins, "available", plug_ins)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "khabar.toml").write_text('stages = ["captures"]\n', encoding="utf-8")
    pipeline.assemble.cache_clear()

    def run(*arguments: str, given: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "argv", ["khabar", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "velmar.txt").write_text(CAPTURED, encoding="utf-8")
    (folder / "tarn.txt").write_text("date 2031-05-04 Nothing happened in Tarn.\n", encoding="utf-8")
    return folder


def test_a_folder_is_read_kept_and_shown(khabar: Callable[..., Answer], reports: Path, tmp_path: Path) -> None:
    answer = khabar("code", str(reports))
    assert answer.code == 0
    assert "❝ said" in answer.out
    assert "a spokesman" in answer.out
    assert "no statements" in answer.out
    assert "2 reports, 1 statement; kept in khabar.db: 2 new" in answer.err
    assert (tmp_path / "khabar.db").is_file()


def test_a_report_read_again_unchanged_is_still_shown(khabar: Callable[..., Answer], reports: Path) -> None:
    first, second = khabar("code", str(reports)), khabar("code", str(reports))
    assert first.out == second.out
    assert "2 unchanged" in second.err


def test_json_lines_on_standard_output_and_nothing_else(khabar: Callable[..., Answer], reports: Path) -> None:
    answer = khabar("code", str(reports), "--format", "jsonl", "--no-store")
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert [line["report"]["name"] for line in lines] == ["tarn", "velmar"]
    trigger = lines[1]["statements"][0]["trigger"]
    assert CAPTURED[trigger["start"] : trigger["end"]] == "captured"


def test_csv_on_standard_output(khabar: Callable[..., Answer], reports: Path) -> None:
    answer = khabar("code", str(reports), "--format", "csv", "--no-store")
    (row,) = csv.DictReader(io.StringIO(answer.out, newline=""))
    assert (row["report"], row["standing"]) == ("velmar", "claimed")


def test_no_store_keeps_nothing(khabar: Callable[..., Answer], reports: Path, tmp_path: Path) -> None:
    assert khabar("code", str(reports), "--no-store").code == 0
    assert list(tmp_path.glob("*.db*")) == []


def test_another_store(khabar: Callable[..., Answer], reports: Path, tmp_path: Path) -> None:
    assert khabar("code", str(reports), "--store", "other.db").code == 0
    assert [p.name for p in tmp_path.glob("*.db")] == ["other.db"]


def test_standard_input_is_a_report(khabar: Callable[..., Answer]) -> None:
    answer = khabar("code", "-", "--format", "jsonl", "--no-store", "--published", "2031-05-03", given=b"They captured Velmar.")
    (line,) = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 0
    assert line["report"]["name"] == "stdin"
    assert line["report"]["published"] == "2031-05-03"


def test_standard_input_may_be_json_lines(khabar: Callable[..., Answer]) -> None:
    given = b"".join(json.dumps({"name": n, "text": "They captured it.", "published": "2031-05-03"}).encode() + b"\n" for n in "ab")
    answer = khabar("code", "-", "--format", "jsonl", "--no-store", given=given)
    assert [json.loads(line)["report"]["name"] for line in answer.out.splitlines()] == ["a", "b"]


def test_standard_input_read_twice_is_unchanged(khabar: Callable[..., Answer]) -> None:
    answers = [khabar("code", "-", given=b"They captured Velmar.") for _ in range(2)]
    assert "1 new" in answers[0].err
    assert "1 unchanged" in answers[1].err


def test_a_problem_on_standard_input_is_said_of_it(khabar: Callable[..., Answer]) -> None:
    answer = khabar("code", "-", given=b"")
    assert answer.code == 1
    assert "standard input" in answer.err
    assert "khabar-" not in answer.err


def test_standard_input_and_files_may_be_read_together(khabar: Callable[..., Answer], reports: Path) -> None:
    answer = khabar("code", str(reports), "-", "--format", "jsonl", "--no-store", given=b"They captured Velmar.")
    assert [json.loads(line)["report"]["name"] for line in answer.out.splitlines()] == ["tarn", "velmar", "stdin"]


def test_a_broken_file_is_said_and_the_rest_is_read(khabar: Callable[..., Answer], reports: Path) -> None:
    (reports / "broken.jsonl").write_bytes(b'{"name": "torn", "text": \n')
    (reports / "stage.txt").write_text("date 2031-05-03 This one breaks.\n", encoding="utf-8")
    answer = khabar("code", str(reports), "--format", "jsonl")
    assert answer.code == 1
    assert {"tarn", "velmar"} <= {json.loads(line)["report"]["name"] for line in answer.out.splitlines()}
    assert "broken.jsonl" in answer.err
    assert "this report breaks the stage" in answer.err
    assert "errors, see above" in answer.err
    assert "Traceback" not in answer.err


def test_files_of_unknown_kind_are_skipped_and_listed(khabar: Callable[..., Answer], reports: Path) -> None:
    (reports / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = khabar("code", str(reports))
    assert answer.code == 0
    assert "skipped: " in answer.err
    assert "photo.png" in answer.err
    assert "1 file of unknown kind skipped" in answer.err


def test_a_file_of_unknown_kind_that_was_asked_for_is_an_error(khabar: Callable[..., Answer], reports: Path) -> None:
    (reports / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert khabar("code", str(reports / "photo.png")).code == 1


# arguments, what the line says
REFUSED = [
    (["code", "x", "--format", "xml"], "no format is called 'xml'; there are: table, csv, jsonl"),
    (["code", "x", "--settings", "none.toml"], "none.toml: no such settings file"),
    (["show", "velmar"], "no store at khabar.db; make one with"),
    (["why", "abc", "--store", "none.db"], "no store at none.db"),
    (["report", "--html", "x.html"], "no store at khabar.db"),
    (["problems"], "no store at khabar.db"),
]


@pytest.mark.parametrize(("arguments", "line"), REFUSED)
def test_what_is_impossible_is_one_line_and_exit_code_2(khabar: Callable[..., Answer], arguments: list[str], line: str) -> None:
    answer = khabar(*arguments)
    assert answer.code == 2
    assert line in answer.err
    assert len(answer.err.splitlines()) == 1
    assert answer.out == ""


@pytest.mark.parametrize(
    "arguments", [["code"], ["code", "x", "--published", "Friday"], ["code", "x", "--no-store", "--store", "y"], ["fly"]]
)
def test_a_wrong_command_line_is_refused(khabar: Callable[..., Answer], arguments: list[str]) -> None:
    answer = khabar(*arguments)
    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_what_the_store_lacks_is_one_line(khabar: Callable[..., Answer], reports: Path) -> None:
    khabar("code", str(reports))
    for arguments in (["show", "nowhere"], ["why", "ffffffffffff"], ["report", "nowhere", "--html", "x.html"]):
        answer = khabar(*arguments)
        assert answer.code == 2
        assert len(answer.err.splitlines()) == 1
    assert not Path("x.html").exists()
    assert list(Path().glob("*.part")) == []


def test_show_and_why_by_the_beginning_of_an_id(khabar: Callable[..., Answer], reports: Path) -> None:
    khabar("code", str(reports))
    text = khabar("show", "velmar").out
    assert "captured[1] Velmar" in text
    id = text.split("capture · ")[1].split()[0]
    reasons = khabar("why", id).out
    assert "capture.captured" in reasons
    assert "not known: no day is written" in reasons


def test_the_page_is_written_whole(khabar: Callable[..., Answer], reports: Path) -> None:
    khabar("code", str(reports))
    assert khabar("report", "--html", "all.html").code == 0
    assert khabar("report", "velmar", "--html", "one.html").code == 0
    everything, one = (Path(name).read_text(encoding="utf-8") for name in ("all.html", "one.html"))
    assert everything.rstrip().endswith("</html>")
    assert (everything.count("<section"), one.count("<section")) == (2, 1)


def test_a_page_that_cannot_be_written_is_one_line(khabar: Callable[..., Answer], reports: Path) -> None:
    khabar("code", str(reports))
    answer = khabar("report", "--html", "no/such/folder/page.html")
    assert answer.code == 2
    assert answer.err == "khabar: no/such/folder/page.html: No such file or directory\n"


def test_problems_are_listed(khabar: Callable[..., Answer], reports: Path) -> None:
    (reports / "stage.txt").write_text("date 2031-05-03 This one breaks.\n", encoding="utf-8")
    khabar("code", str(reports))
    answer = khabar("problems")
    assert answer.code == 1
    assert "stage: error: " in answer.out


def test_types_lists_every_type(khabar: Callable[..., Answer]) -> None:
    assert "sexual-violence" in khabar("types").out


def test_version(khabar: Callable[..., Answer]) -> None:
    import khabar as package

    assert khabar("--version").out == f"khabar {package.__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['khabar', '--help']\n"
        "from khabar.serve.cli import main\n"
        "try: main()\n"
        f"finally: sys.stderr.write(' '.join(m for m in {HEAVY!r} if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "show" in done.stdout
    assert done.stderr == ""


def test_which_newsreader_this_is(khabar: Callable[..., Answer]) -> None:
    answer = khabar("newsreader", "info")
    assert answer.code == 0
    assert f"digest {weights.verify()[:12]}" in answer.out
    for told in ("all-MiniLM-L6-v2", "CC-BY-SA-4.0", "gold words", "raw text", "PUD", "las"):
        assert told in answer.out


def test_a_sound_newsreader_says_so(khabar: Callable[..., Answer]) -> None:
    answer = khabar("newsreader", "check")
    assert "the files are those that were made" in answer.out
    assert answer.code == (0 if "this machine reads as the one did" in answer.out else 1)


@pytest.fixture
def other_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the newsreader's files that is read in their stead."""
    folder = tmp_path / "newsreader"
    shutil.copytree(weights.FOLDER, folder)
    monkeypatch.setattr(Newsmodel.__init__, "__defaults__", (folder,))
    return folder


def test_an_altered_newsreader_is_refused(khabar: Callable[..., Answer], other_weights: Path) -> None:
    (other_weights / weights.LABELS).write_text("{}", "utf-8")
    answer = khabar("newsreader", "check")
    assert answer.code == 2
    assert weights.LABELS in answer.err
    assert "install khabar again" in answer.err


def test_a_machine_that_reads_otherwise_is_found_out(khabar: Callable[..., Answer], other_weights: Path) -> None:
    canary = other_weights / weights.CANARY
    canary.write_text(canary.read_text("utf-8").replace(weights.canary().answer, "0" * 64), "utf-8")
    sums = (other_weights / weights.SUMS).read_text("utf-8").splitlines()
    kept = [line for line in sums if not line.endswith(weights.CANARY)]
    (other_weights / weights.SUMS).write_text("\n".join([*kept, f"{digest(canary.read_bytes())}  {weights.CANARY}"]) + "\n", "utf-8")
    answer = khabar("newsreader", "check")
    assert answer.code == 1
    assert "8-bit arithmetic differs" in answer.out
    reader = khabar_newsreader()
    (problem,) = reader(Reading(Document("1", "one", "They left.", Value.unknown("none")))).problems
    assert (problem.kind, problem.severity) == ("reads-otherwise", "warning")
    assert reader.digest != weights.verify()
