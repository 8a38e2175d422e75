"""The house itself: small modules, seams that are filled, commands and documents that are true."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from khabar import __version__, plugins, seams
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
CODE = sorted(p for folder in ("src", "quality", "benchmarks", "docs", "training", "tests") for p in (ROOT / folder).rglob("*.py"))
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
POINTS = [(group, name) for group in plugins.GROUPS for name in sorted(plugins.available(group))]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [p for p in CODE if "tests" not in p.parts], ids=relative)
def test_no_module_is_over_400_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST


@pytest.mark.parametrize("path", [p for p in CODE if "src" in p.parts], ids=relative)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)


def test_no_two_test_modules_share_a_name() -> None:
    names = Counter(p.name for p in (ROOT / "tests").rglob("*.py") if p.name != "conftest.py")
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", [p for p in CODE if "tests" in p.parts], ids=relative)
def test_no_test_hides_another(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = Counter(n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []


# --- seams -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("group", "name"), POINTS)
def test_every_entry_point_loads(group: str, name: str) -> None:
    assert callable(plugins.load(group, name))


def test_every_group_of_plug_ins_has_a_built_in() -> None:
    assert {group for group, _ in POINTS} == set(plugins.GROUPS)


def _readers() -> list[Any]:
    return [plugins.load("khabar.readers", name)() for name in plugins.available("khabar.readers")]


def _newsreaders() -> list[Any]:
    from khabar.run.pipeline import assemble

    return [assemble(Settings()).newsreader]


def _stages() -> list[Any]:
    from khabar.run.pipeline import assemble

    return list(assemble(Settings()).stages)


def _exporters() -> list[Any]:
    return [plugins.load("khabar.exporters", name)() for name in plugins.available("khabar.exporters")]


def _stores() -> list[Any]:
    return [plugins.load("khabar.stores", name)(":memory:") for name in plugins.available("khabar.stores")]


def _gazetteers() -> list[Any]:
    from khabar.knowledge.gazetteer import gazetteer

    return [gazetteer()]


def _registers() -> list[Any]:
    from khabar.knowledge.actors import register

    return [register()]


FILLED: dict[str, Any] = {
    "Reader": _readers,
    "Newsreader": _newsreaders,
    "Stage": _stages,
    "Store": _stores,
    "Exporter": _exporters,
    "Gazetteer": _gazetteers,
    "ActorRegister": _registers,
}


def test_every_seam_is_spoken_for() -> None:
    protocols = {
        name for name, found in vars(seams).items() if getattr(found, "_is_protocol", False) and found.__module__ == seams.__name__
    }
    assert protocols == set(FILLED)


@pytest.mark.parametrize("seam", FILLED)
def test_every_seam_is_filled_by_what_it_says(seam: str) -> None:
    made = FILLED[seam]()
    assert made
    for one in made:
        assert isinstance(one, getattr(seams, seam)), type(one)
        if seam == "Store":
            one.close()


# --- commands ----------------------------------------------------------------------------------------------------------------


def targets() -> dict[str, str]:
    found = re.findall(r"^([a-z-]+):.*?## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    return dict(found)


def test_make_alone_says_what_there_is() -> None:
    out = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make ([a-z-]+)", out)) == set(targets())
    assert {"run", "test", "check", "bench", "train", "clean", "gazetteer"} <= set(targets())


def test_what_make_train_would_do() -> None:
    out = subprocess.run(["make", "--dry-run", "train", "DATA=/somewhere"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "training.make --data /somewhere" in out
    assert "--require-hashes --requirement training/encoder.txt" in out or (ROOT / ".venv" / "training").exists()


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^|`|\$ )make ([a-z-]+)", text, re.M)) <= set(targets())
    for line in re.findall(r"^\$ (?:\.venv/bin/)?khabar (.+)$", text, re.M):
        assert_understood(line)


def assert_understood(line: str) -> None:
    """A command line of a page is one that the program takes: its command and every option of it."""
    import typer.main

    from khabar.serve.cli import app

    words = line.split(" #")[0].split(" > ")[0].split()
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert words[0] in commands, line
    command = commands[words[0]]
    if hasattr(command, "commands"):  # "newsreader info", "gazetteer add"
        assert words[1] in command.commands, line
        command = command.commands[words[1]]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {w.partition("=")[0] for w in words if w.startswith("--")} <= options | {"--help"}, line


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_within_the_house_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


PYTHON_BLOCKS = [
    pytest.param(block, id=f"{relative(page)}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S))
]


@pytest.mark.parametrize("block", PYTHON_BLOCKS)
def test_examples_in_python_run(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "example", "exec"), {"__name__": "example"})


# --- what is generated, and what is said --------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", ["docs/make_dictionary.py", "docs/make_rows.py"])
def test_what_is_generated_is_as_it_would_be_generated_now(script: str) -> None:
    done = subprocess.run([sys.executable, script, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_sample_is_whole() -> None:
    sample = ROOT / "sample" / "panjshir"
    reports = {p.stem for p in (sample / "reports").glob("*.txt")}
    assert reports == {p.stem for p in (sample / "gold").glob("*.json")}
    assert reports == {entry["name"] for entry in json.loads((sample / "index.json").read_text(encoding="utf-8"))}


def test_spacy_is_not_imported_by_a_look_at_the_help() -> None:
    script = "import sys; import khabar.serve.cli; sys.exit(any(m in sys.modules for m in ('spacy', 'onnxruntime', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_checks_before_a_change_are_the_commands_that_people_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert {"make test", "make check"} <= set(text.splitlines())
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
