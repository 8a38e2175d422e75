from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import KnowledgeError
from khabar.knowledge.ontology import Conditions, Gate, TriggerRule, files, ontology, reporting, telling
from khabar.knowledge.ontology.classes import load_classes
from khabar.knowledge.ontology.gate import stems_of
from khabar.knowledge.ontology.triggers import FRAMES, index_rules, load_rules, spellings
from khabar.knowledge.ontology.types import load_types

GUIDE = [
    "battle", "airstrike", "shelling", "bombing", "attack", "torture", "sexual-violence", "abduct",
    "capture", "hold", "besiege", "deny-access", "destroy", "detain", "displace", "casualties",
    "strength", "mobilize", "withdraw", "surrender", "release", "threaten", "demand", "accuse",
    "reject", "negotiate", "agree", "support", "aid", "protest", "sanction",
]  # fmt: skip


def test_types_are_those_of_the_guide_in_its_order() -> None:
    assert list(ontology().types) == GUIDE


def test_states_and_speech_are_marked() -> None:
    types = ontology().types.values()
    assert {t.name for t in types if t.state} == {"hold", "strength"}
    assert {t.name for t in types if t.speech} == {"threaten", "demand", "accuse", "reject", "negotiate", "agree", "support"}


def test_every_type_has_a_verb_and_a_noun() -> None:
    found = {(rule.type, rule.pos) for rule in ontology().rules}
    assert [t for t in GUIDE if (t, "verb") not in found or (t, "noun") not in found] == []


def test_the_lexicon_is_broad() -> None:
    assert len({(rule.pos, rule.words) for rule in ontology().rules if rule.type}) >= 900


def test_rule_ids_are_unique_and_readable() -> None:
    rules = ontology().rules
    assert [i for i, n in Counter(rule.id for rule in rules).items() if n > 1] == []
    for rule in rules:
        kind, _, word = rule.id.partition(".")
        assert kind == (rule.type or "none")
        assert word.startswith("-".join(rule.words))
        assert ontology().rule(rule.id) is rule


def test_frames_fit_parts_of_speech() -> None:
    assert [rule.id for rule in ontology().rules if rule.type and rule.frame not in FRAMES[rule.pos]] == []


def test_longer_words_come_first_and_the_rest_as_written() -> None:
    place = {rule.id: i for i, rule in enumerate(ontology().rules)}
    for word, below in ontology().by_word.items():
        assert all(rule.words[0] == word for rule in below)
        assert [place[r.id] for r in below] == [place[r.id] for r in sorted(below, key=lambda r: (-len(r.words), place[r.id]))]


def test_no_rule_stands_behind_one_that_always_holds() -> None:
    """A rule after an unconditional one of the same word is never reached: either its place or its conditions are wrong."""
    closed: set[tuple[str, tuple[str, ...]]] = set()
    dead = []
    for rule in ontology().rules:
        key = (rule.pos, rule.words)
        if key in closed:
            dead.append(rule.id)
        if not rule.when and not rule.unless:
            closed.add(key)
    assert dead == []


@pytest.mark.parametrize(
    ("pos", "word", "types"),
    [
        ("verb", "seize", {"capture", "abduct", "detain"}),
        ("verb", "take", {"capture", "abduct"}),
        ("verb", "hold", {"hold", "abduct", "detain"}),
        ("verb", "strike", {"airstrike", "shelling", "bombing", "attack", "protest"}),
        ("noun", "strike", {"airstrike", "protest"}),
        ("verb", "kill", {"attack", "battle", "airstrike", "shelling", "bombing", "casualties"}),
        ("noun", "attack", {"attack", "battle", "airstrike", "shelling", "bombing", "sexual-violence"}),
        ("verb", "release", {"release"}),
        ("verb", "drive", {"battle", "displace"}),
        ("noun", "exchange", {"release", "battle"}),
        ("verb", "march", {"protest", "mobilize"}),
    ],
)
def test_words_of_several_senses_have_them(pos: str, word: str, types: set[str]) -> None:
    found = {rule.type for rule in ontology().by_word[word] if rule.pos == pos and rule.words == (word,)}
    assert types <= found


@pytest.mark.parametrize(
    ("lemma", "name"),
    [
        ("soldier", "armed"),
        ("villager", "civilians"),
        ("nurse", "protected"),
        ("hostage", "captives"),
        ("demonstrator", "crowd"),
        ("minister", "officials"),
        ("district", "place"),
        ("checkpoint", "facility"),
        ("truck", "vehicle"),
        ("frigate", "ship"),
        ("warplane", "aircraft"),
        ("howitzer", "artillery"),
        ("car bomb", "bomb"),
        ("gunfire", "firearm"),
        ("granary", "property"),
        ("earthquake", "disaster"),
        ("midfielder", "sport"),
        ("shareholder", "market"),
        ("ceasefire", "proposal"),
    ],
)
def test_nouns_have_their_classes(lemma: str, name: str) -> None:
    assert name in ontology().classes_of(lemma)
    assert name in ontology().classes_of(lemma.upper())


def test_unknown_nouns_have_no_class() -> None:
    assert ontology().classes_of("zeugma") == frozenset()


def test_names_and_actors_have_classes() -> None:
    classes = ontology().classes
    assert {"name", "place"} <= classes.by_mention["GPE"]
    assert "armed" in classes.by_actor["military"]
    assert "armed" not in classes.by_actor["people"]


def test_light_verbs_know_whose_side_their_subject_is_on() -> None:
    light = ontology().light
    assert light["launch"].subject == "actor"
    assert light["carry out"].words == ("carry", "out")
    assert light["come under"].subject == "target"
    assert light["order"].told_as == "planned"


def test_reporting_knows_its_voices() -> None:
    cues = reporting()
    assert cues.verbs["say"][0].stance == "asserts"
    assert {cue.stance for cue in cues.verbs["deny"]} == {"denies"}
    assert any(cue.words == ("according", "to") and cue.source == "object" for cue in cues.phrases["according"])
    assert cues.adverbs["reportedly"][0].source == "reports"
    assert cues.evidence["footage"][0].channel == "footage"
    assert cues.speakers["spokesman"][0].kind == "speaker"
    assert cues.speakers["resident"][0].channel == "witness"


@pytest.mark.parametrize(
    ("lemma", "governs", "told_as"),
    [
        ("not", "modifier", "not-happened"),
        ("foil", "complement", "not-happened"),
        ("plan", "complement", "planned"),
        ("will", "modal", "planned"),
        ("if", "mark", "conditional"),
        ("may", "modal", "possible"),
        ("fear", "complement", "possible"),
        ("alleged-nothing", "complement", None),
    ],
)
def test_cues_of_telling(lemma: str, governs: str, told_as: str | None) -> None:
    found = telling().of(lemma, governs)  # type: ignore[arg-type]
    assert {cue.told_as for cue in found} == ({told_as} if told_as else set())


def test_a_negated_implicative_undoes_its_event() -> None:
    manage = telling().of("manage", "complement")[0]
    assert (manage.told_as, manage.negated) == (None, "not-happened")


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen STORMED the fort at dawn.",
        "Both sides fought on.",
        "The envoys met in the capital.",
        "Families were fleeing across the river.",
        "A truce was agreed.",
        "The column withdrew.",
        "He was taken from his house.",
    ],
)
def test_the_gate_lets_events_pass(text: str) -> None:
    assert ontology().gate.may_hold_trigger(text)


def test_the_gate_stops_what_holds_none() -> None:
    assert not ontology().gate.may_hold_trigger("")
    assert not ontology().gate.may_hold_trigger("Blue sky.")


@given(st.text(max_size=40), st.sampled_from(sorted({r.words[0] for r in ontology().rules if r.type})), st.text(max_size=40))
def test_the_gate_never_stops_a_trigger_word(before: str, word: str, after: str) -> None:
    assert ontology().gate.may_hold_trigger(f"{before} {word} {after}")


def test_stems_cover_inflection() -> None:
    gate = Gate(stems_of(["seize", "rally", "strike"], {"strike": ("struck",)}))
    assert all(gate.may_hold_trigger(text) for text in ("seizing", "rallies", "struck", "STRIKES"))
    assert not gate.may_hold_trigger("quiet")


def test_the_digest_is_stable_and_covers_every_file() -> None:
    assert ontology().digest == files.files_digest()
    assert len(ontology().digest) == 64


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("seize", (("seize",),)),
        ("take over", (("take", "over"),)),
        ("cease-fire", (("cease-fire",), ("cease", "fire"))),
    ],
)
def test_spellings(word: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert spellings(word) == expected


def test_index_keeps_the_order_of_equal_lengths() -> None:
    rules = [TriggerRule(str(i), None, "verb", "", words) for i, words in enumerate([("go",), ("go", "off"), ("go",), ("go", "up")])]
    assert [rule.id for rule in index_rules(rules)["go"]] == ["1", "3", "0", "2"]


GOOD = {"type": "capture", "pos": "verb", "frame": "takes-place", "words": ["seize"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "conquer"}, "unknown type 'conquer'"),
        ({"pos": "adverb"}, "unknown pos 'adverb'"),
        ({"frame": "noun-does"}, "unknown verb frame 'noun-does'"),
        ({"words": []}, "words must be a list"),
        ({"words": [True]}, "put it in quotes"),
        ({"when": {"object": ["spaceship"]}}, "unknown class 'spaceship'"),
        ({"when": {"prep": ["from"]}}, "must be a preposition and a value"),
        ({"unless": {"form": ["past"]}}, "unknown form 'past'"),
        ({"unless": {"because": ["x"]}}, "unknown key 'because'"),
        ({"colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_faulty_rules_are_refused_with_file_and_block(
    change: dict[str, object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "triggers").mkdir()
    (tmp_path / "triggers" / "faulty.yaml").write_text(yaml.safe_dump([GOOD, GOOD | change]), encoding="utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match=r"triggers/faulty\.yaml, block 2") as caught:
        load_rules(GUIDE, frozenset({"place"}))
    assert message in str(caught.value)


def test_conditions_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = GOOD | {"when": {"object": ["place", "=valley"], "prep": ["from:place"], "with": ["Sand"]}, "unless": {"form": ["passive"]}}
    (tmp_path / "triggers").mkdir()
    (tmp_path / "triggers" / "a.yaml").write_text(yaml.safe_dump([block]), encoding="utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    (rule,) = load_rules(GUIDE, frozenset({"place"}))
    assert rule.id == "capture.seize"
    assert rule.when == Conditions(object=frozenset({"place", "=valley"}), prep=frozenset({("from", "place")}), with_=frozenset({"sand"}))
    assert rule.unless.form == {"passive"}
    assert not Conditions()


@pytest.mark.parametrize(
    ("name", "content", "load"), [("types.yaml", "[{name: a}]", load_types), ("classes.yaml", "{classes: {", load_classes)]
)
def test_faulty_files_are_refused(name: str, content: str, load: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match=name):
        load()  # type: ignore[operator]


def test_missing_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match=r"types\.yaml: cannot be read"):
        load_types()
