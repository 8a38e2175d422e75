"""The name sets, brought to one scheme: BIO over `training.corpus.COARSE`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from khabar.annotate.words import words as words_of
from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer.demonyms import country_of_demonym
from training.corpus import Sentence, columns, spans, tagged, text_of

HELD_DOCUMENTS = 100  # the last of Re-DocRED's test file, measured and never trained on
HELD_SHARE = 0.15  # of the articles of wikigold, the last

_MAP = {
    "PER": "PERSON", "person": "PERSON", "politician": "PERSON", "Person": "PERSON",
    "ORG": "ORG", "organisation": "ORG", "politicalparty": "ORG", "corporation": "ORG", "group": "ORG", "Organisation": "ORG",
    "LOC": "LOC", "location": "LOC", "country": "LOC", "Location": "LOC",
    "MISC": "MISC", "misc": "MISC", "election": "MISC", "event": "MISC", "product": "MISC", "creative-work": "MISC",
    "Nationality": "NORP",
}  # fmt: skip


def is_people(words: Iterable[str]) -> bool:
    """Whether a name is a word for a people, a faith or the things of a country: "Syrian", "Kurds", "South Korean"."""
    text = " ".join(words)
    if country_of_demonym(text) or country_of_demonym(text.removesuffix("s")):
        return True
    listed = register().listed(text)
    return bool(listed) and all(actor.kind == "people" for actor in listed)


def unified(words: list[str], tags: list[str]) -> list[str]:
    """Tags of any set as COARSE ones; IOB1 and IOB2 alike. Words for peoples are NORP, whatever the set calls them."""
    found = []
    for start, end, kind in sorted(spans(tags)):
        if kind not in _MAP:
            continue
        people = _MAP[kind] in ("LOC", "MISC", "ORG", "NORP") and is_people(words[start:end])
        found.append((start, end, "NORP" if people else _MAP[kind]))
    return tagged(len(words), found)


def conll(
    path: Path, unmarked: Iterable[str] = (), *, word: int = 0, tag: int = 1, separator: str | None = "\t", together: int = 1
) -> list[Sentence]:
    """A file of one word a line. Such files do not say where a document ends; `together` sentences are taken as one."""
    return [
        Sentence(
            [w.replace(" ", "\u00a0") for w in words],
            f"{path.stem} {i // together}",
            names=unified(words, tags),
            unmarked=frozenset(unmarked),
        )
        for i, (words, tags) in enumerate(columns(path, word=word, tag=tag, separator=separator))
    ]


def wikigold(path: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Training and held-out sentences: the first articles, and the others."""
    articles: list[list[Sentence]] = [[]]
    for words, tags in columns(path, word=0, tag=1, separator=None):
        if words[0] == "-DOCSTART-":
            articles.append([])
        else:
            articles[-1].append(Sentence(words, f"wikigold {len(articles)}", names=unified(words, tags)))
    cut = round(len(articles) * (1 - HELD_SHARE))
    return list(chain.from_iterable(articles[:cut])), list(chain.from_iterable(articles[cut:]))


def docred(path: Path) -> Iterator[list[Sentence]]:
    """The documents of Re-DocRED, without its times and numbers."""
    for document in json.loads(text_of(path)):
        per: list[set[tuple[int, int, str]]] = [set() for _ in document["sents"]]
        for mention in (m for vertex in document["vertexSet"] for m in vertex):
            if mention["type"] in _MAP:
                per[mention["sent_id"]].add((*mention["pos"], mention["type"]))
        yield [
            Sentence(words, f"docred {document['title']}", names=unified(words, tagged(len(words), apart(found))))
            for words, found in zip(document["sents"], per, strict=True)
        ]


def apart(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest of names that overlap."""
    kept: list[tuple[int, int, str]] = []
    for name in sorted(found, key=lambda n: (n[0] - n[1], n)):
        if not any(name[0] < k[1] and k[0] < name[1] for k in kept):
            kept.append(name)
    return sorted(kept)


_LEADING = frozenset(["the", "a", "an", "all", "both"])


def re3d(folder: Path) -> dict[str, list[Sentence]]:
    """The documents of one re3d source, by id: names alone, without their articles and roles.

    re3d marks whole phrases ("northern Iraq", "the Syrian army", "we"); what starts in lower case is cut to the capitals in
    it, and phrases without one are no names. Its persons are left out, since most are offices and pronouns.
    """

    def rows(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]

    entities = rows("entities.json")
    found: dict[str, list[Sentence]] = {}
    for document in rows("documents.json"):
        text = document["text"]
        places = words_of(text)
        forms = [text[a:b] for a, b in places]
        names = []
        for entity in entities:
            if entity["documentId"] != document["_id"] or _MAP.get(entity["type"], "PERSON") == "PERSON":
                continue
            inside = [i for i, (a, b) in enumerate(places) if entity["begin"] <= a and b <= entity["end"]]
            while inside and (not forms[inside[0]][0].isupper() or forms[inside[0]].lower() in _LEADING):
                inside.pop(0)
            while inside and not (forms[inside[-1]][0].isupper() or forms[inside[-1]][0].isdigit()):
                inside.pop()
            if inside:
                names.append((inside[0], inside[-1] + 1, entity["type"]))
        tags = unified(forms, tagged(len(forms), apart(names)))
        found[document["_id"]] = list(cut(forms, tags, f"re3d {document['_id']}", ["MISC", "PERSON"]))
    return found


def cut(words: list[str], tags: list[str], document: str, unmarked: Iterable[str] = ()) -> Iterator[Sentence]:
    """Sentences by their stops, where a set has none of its own."""
    borders = [0, *(i + 1 for i, w in enumerate(words[:-1]) if w in (".", "!", "?") and words[i + 1][0].isupper()), len(words)]
    for start, end in pairwise(borders):
        if start < end:
            yield Sentence(words[start:end], document, names=tags[start:end], unmarked=frozenset(unmarked))
