"""The clauses of GUM that are somebody's, out of its files; the file here is ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality import attribution

WORDS = ["The", "army", "said", "rebels", "burned", "the", "mill", ".", "It", "had", "rained", "."]
RST = """<rst><body>
<segment id="1" parent="2" relname="attribution-positive">The army said</segment>
<segment id="2" parent="4" relname="span">rebels burned the mill .</segment>
<segment id="3" parent="4" relname="context-background">It had rained .</segment>
<group id="4" type="span"/>
</body></rst>"""


def folder(tmp_path: Path, words: list[str]) -> Path:
    rst, dep = tmp_path / attribution.FOLDER / "rst/rstweb", tmp_path / attribution.FOLDER / "dep"
    rst.mkdir(parents=True)
    dep.mkdir()
    (rst / "one.rs4").write_text(RST, "utf-8")
    rows = [f"{k}\t{word}" + "\t_" * 8 for k, word in enumerate(words, 1)]
    (dep / "one.conllu").write_text("# newpar\n" + "\n".join(rows) + "\n", "utf-8")
    return tmp_path


def test_clauses_and_whose_they_are(tmp_path: Path) -> None:
    (news,) = attribution.corpus(folder(tmp_path, WORDS))
    assert [news.text[a:b] for a, b in news.clauses] == ["The army said", "rebels burned the mill .", "It had rained ."]
    assert news.attributed == {1}
    assert attribution.read(news) & {0, 1} == {1}


def test_words_that_do_not_agree_are_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one: 12 words in its clauses, 11 in its trees"):
        list(attribution.corpus(folder(tmp_path, WORDS[:-1])))
