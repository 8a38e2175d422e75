from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.errors import TooLargeError
from khabar.run.files import Found, blob_of, walk


def tree(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def names(*roots: Path) -> list[str]:
    return [found.name for found in walk(roots) if found.problem is None]


def test_a_folder_is_read_in_order_and_names_are_paths_without_suffix(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/z.txt", "a/b.v2.txt", "a.txt", "B.txt", "a/c/d.txt", ".git/x.txt", "a/.hidden", "noend")
    assert names(tmp_path) == ["B", "a/b.v2", "a/c/d", "a/z", "a", "b", "noend"]


def test_a_file_given_by_name_is_called_by_its_stem(tmp_path: Path) -> None:
    tree(tmp_path, "a/b.txt", ".hidden.txt")
    assert [(f.name, f.given) for f in walk([tmp_path / "a/b.txt", tmp_path / ".hidden.txt"])] == [("b", True), (".hidden", True)]


def test_loops_of_links_end_and_each_folder_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b" / "across").symlink_to(tmp_path / "a")
    (tmp_path / "self").symlink_to("self")
    found = list(walk([tmp_path, tmp_path / "a"]))
    assert [f.name for f in found if not f.problem] == ["a/one", "b/two"]
    assert [f.problem.kind for f in found if f.problem] == ["unreadable"]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize(("make", "kind"), [(_pipe, "not-a-file"), (_broken_link, "unreadable")])
@pytest.mark.parametrize("given", [True, False])
def test_what_is_no_file_is_found_with_its_problem(tmp_path: Path, make: Callable[[Path], None], kind: str, given: bool) -> None:
    make(tmp_path / "x.txt")
    tree(tmp_path, "y.txt")
    found = list(walk([tmp_path / "x.txt", tmp_path / "y.txt"] if given else [tmp_path]))
    assert [f.problem.kind if f.problem else f.name for f in found] == [kind, "y"]
    assert found[0].problem is not None
    assert str(tmp_path / "x.txt") in found[0].problem.message


def test_a_path_that_is_not_there_is_found_with_its_problem(tmp_path: Path) -> None:
    [found] = walk([tmp_path / "nosuch.txt"])
    assert found.problem is not None
    assert found.problem.kind == "unreadable"
    assert "No such file" in found.problem.message


def test_a_walk_is_lazy(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b/c.txt")
    walked = walk([tmp_path])
    assert next(walked).name == "a"
    tree(tmp_path, "b/d.txt")
    assert [f.name for f in walked] == ["b/c", "b/d"]


def test_bytes_are_bounded(tmp_path: Path) -> None:
    tree(tmp_path, "four")
    found = Found(tmp_path / "four", "four")
    assert blob_of(found, 4).data == b"four"
    assert blob_of(found, 3, cut=True).data == b"fou"
    with pytest.raises(TooLargeError, match=r"limits\.blob_bytes"):
        blob_of(found, 3)
