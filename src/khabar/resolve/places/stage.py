"""The stage: toponyms of the whole report, resolved together, given to the statements that happen there."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import replace

from khabar.knowledge.gazetteer import CompiledGazetteer, capital_of, countries, gazetteer
from khabar.knowledge.gazetteer.own import folder_of
from khabar.records import Place, PlaceEntry, Reading, Span, Statement, Value, Values
from khabar.resolve.places.attach import attached
from khabar.resolve.places.beside import placed_beside
from khabar.resolve.places.between import midway, spans_between
from khabar.resolve.places.borders import bordering
from khabar.resolve.places.containment import checked, holders, stated
from khabar.resolve.places.contradictions import contradictions
from khabar.resolve.places.evidence import country_evidence
from khabar.resolve.places.inheritance import Inheritance, Named
from khabar.resolve.places.labels import sections, without_datelines
from khabar.resolve.places.lists import listed, runs
from khabar.resolve.places.placing import place_of, weighed_place
from khabar.resolve.places.pointers import point_back
from khabar.resolve.places.resolution import Resolved, holds, resolve
from khabar.resolve.places.shape import Shape, shape_of
from khabar.resolve.places.story import hand_down, told
from khabar.resolve.places.toponyms import Toponym, spot
from khabar.settings import Settings

MOST_OF_A_SENTENCE = 80
"""Places of one sentence that are looked at for one statement: each is compared with each, and no sentence written for readers has more."""


class PlaceStage:
    """Where each statement happens: the place names of its clause, of its sentence, or those that the report's story hands down."""

    name = "places"
    needs = frozenset({"sentences", "mentions", "statements"})
    adds = frozenset({"places"})

    def __init__(
        self, places: CompiledGazetteer | None = None, settings: Settings | None = None, *, inheritance: type[Inheritance] = Inheritance
    ) -> None:
        """`settings` say where the user's gazetteers are; `places` is asked in place of all of them."""
        self._gazetteer, self._inheritance = places, inheritance
        self._own = (settings or Settings()).gazetteer.folder

    def __call__(self, reading: Reading) -> Reading:
        if not reading.statements:
            return reading
        places = self._gazetteer or gazetteer(folder_of(self._own))
        return replace(reading, statements=_Report(reading, places).statements(self._inheritance))


class _Report:
    def __init__(self, reading: Reading, places: CompiledGazetteer) -> None:
        self.reading, self.gazetteer = reading, places
        self.borders: dict[int, Resolved] = {}
        self.beside: dict[int, Resolved] = {}
        self.pointed: set[str] = set()
        self.toponyms = spot(reading, places)
        self.labelled = sections(reading, self.toponyms)
        self.toponyms = without_datelines(self.toponyms, self.labelled)
        self.held = stated(reading, self.toponyms)
        self.evidence = country_evidence(reading, self.toponyms, places)
        self.resolved = resolve(self.toponyms, holders(self.toponyms, self.held | self._under_labels()), self.evidence, places)
        self.held = checked(reading, self.toponyms, self.held, self.resolved)
        self.inner = {outer: inner for inner, outer in reversed(self.held.items())}
        self.target = point_back(reading, self.toponyms, self.resolved, self.evidence, places)
        self.entries = self._entries()
        self.borders = bordering(reading, self.toponyms, self.entries, self.evidence, places)
        self.entries.update({i: border.entry for i, border in self.borders.items() if border.entry is not None})
        self.beside = placed_beside(reading, self.toponyms, self.labelled, self.entries, places)
        lists = runs(reading, self.toponyms)
        self.run = {i: run[0] for run in lists for i in run}
        self.lists = listed(self.toponyms, lists, self.entries)
        self.entries.update({i: self.entries[run[0]] for i, run in self.lists.items()})
        self.between = spans_between(reading, self.toponyms, self.entries)
        self.marks = contradictions(reading, self.toponyms, self.held, self.entries, places)
        self.by_sentence: dict[int, list[tuple[int, Toponym]]] = defaultdict(list)
        for i, toponym in enumerate(self.toponyms):
            self.by_sentence[toponym.sentence].append((i, toponym))
        self.capitals = {i for i, t in enumerate(self.toponyms) if t.origin != "pointer" and t.kind is None and capital_of(t.name)}

    def _under_labels(self) -> dict[int, int]:
        """Each name of a section → the section's label; what the text itself says holds a name goes before it."""
        return {
            i: label
            for i, t in enumerate(self.toponyms)
            if (label := self.labelled.get(t.sentence, i)) != i and i not in self.held and t.origin != "pointer"
        }

    def _entries(self) -> dict[int, PlaceEntry]:
        found: dict[int, PlaceEntry] = {}
        for i in range(len(self.toponyms)):
            entry = self.answer(i).entry
            if entry is not None:
                found[i] = entry
        return found

    def answer(self, i: int) -> Resolved:
        if i in self.borders or i in self.beside:
            return self.borders.get(i) or self.beside[i]
        toponym = self.toponyms[i]
        if toponym.origin == "pointer":
            return self.target.get(i, Resolved(None, because="places.pointer", reason="nothing before it that it could point back to"))
        resolved = self.resolved[toponym.key]
        outer, seen = self.held.get(i), {i}
        while resolved.entry is None and outer is not None and outer not in seen:
            seen.add(outer)
            holder = self.answer(outer).entry
            if holder is not None and holder.kind != "country":
                return Resolved(
                    holder, 0.4, "places.container", f"not in the gazetteer: placed by {holder.name}, which the text says holds it"
                )
            outer = self.held.get(outer)
        return resolved

    def statements(self, inheritance: type[Inheritance]) -> tuple[Statement, ...]:
        own = {s.id: self._own(s) for s in self.reading.statements}
        labels = {sentence: self._place(label, "places.label") for sentence, label in self.labelled.items() if label in self.entries}
        report = inheritance(self.reading, self.named(), self.evidence, told(self.reading, own))
        final = hand_down(self.reading, own, self.pointed, self._nation(), self.evidence, labels, report)
        return tuple(self._with(s, final.get(s.id, ())) for s in self.reading.statements)

    def named(self) -> list[Named]:
        """The places that the report names, each time that it does, in order; what only points back is left out."""
        answers = ((t, self.answer(i).entry) for i, t in enumerate(self.toponyms) if t.origin != "pointer")
        return [Named(toponym, entry) for toponym, entry in answers if entry is not None]

    def _nation(self) -> Value[Place] | None:
        """The country that the report is about."""
        iso3 = self.evidence.home
        country = countries().get(iso3 or "")
        entry = next((e for e in self.gazetteer.lookup(country.name) if e.kind == "country"), None) if country else None
        counted = Counter(e.id for i, e in self.entries.items() if self.toponyms[i].origin != "pointer" and e.country == iso3)
        for id_, times in counted.most_common():
            rival = self.gazetteer.entry(id_)
            if (
                entry is not None
                and rival is not None
                and rival.kind in ("province", "region")
                and times >= 3
                and times > counted[entry.id]
            ):
                entry = rival
                break
        if entry is None:
            return None
        return replace(weighed_place(entry, 0.4), because="places.nation")

    def _with(self, statement: Statement, places: tuple[Value[Place], ...]) -> Statement:
        named = {v.value.entry for v in places if v.value is not None and v.span is not None} - {None}
        marks = tuple(
            Value(flag, flag.span, "places.contradiction")
            for i, flag in self.marks.items()
            if i in self.entries and self.entries[i].id in named and flag not in tuple(statement.flags)
        )
        return replace(
            statement,
            places=Values(places, None if places else "no place that a reader could tell"),
            flags=Values((*statement.flags.items, *marks), statement.flags.reason) if marks else statement.flags,
        )

    def _own(self, statement: Statement) -> tuple[Value[Place], ...]:
        sentence = self.reading.sentence_at(statement.trigger.start)
        if sentence is None:
            return ()
        here = [(i, t) for i, t in self._nearest(sentence.index, statement.trigger) if t.origin != "pointer" or i in self.entries]
        shapes = {i: shape_of(self.reading.document.text, sentence, t) for i, t in here}
        indices, rule = attached(sentence, statement, here, self.entries, self.capitals, shapes, self._people(sentence.index))
        indices = tuple(dict.fromkeys(j for i in indices for j in self.lists.get(i, (i,))))
        shapes.update({j: Shape() for j in indices if j not in shapes})
        indices = tuple(i for i in indices if not self._vague(i)) or indices
        inner = (self.inner.get(i, i) for i in indices)  # "Aguelhok, Kidal region" is Aguelhok
        indices = tuple(dict.fromkeys(j if j in shapes else i for i, j in zip(indices, inner, strict=True)))
        indices = self._sharpest(indices, shapes)
        if indices and all(self._vague(i) for i in indices):
            self.pointed.add(statement.id)
            return ()
        kept = self._most_specific(indices)
        seconds = {self.between[i] for i in kept if i in self.between}
        return tuple(self._place(i, rule) for i in kept if i not in seconds)

    def _nearest(self, sentence: int, trigger: Span) -> list[tuple[int, Toponym]]:
        """The toponyms of a sentence, in its order; of a sentence that is a long list, those around the trigger."""
        here = self.by_sentence[sentence]
        if len(here) <= MOST_OF_A_SENTENCE:
            return here
        first = bisect(here, trigger.start, key=lambda one: one[1].span.start) - MOST_OF_A_SENTENCE // 2
        first = min(max(first, 0), len(here) - MOST_OF_A_SENTENCE)
        return here[first : first + MOST_OF_A_SENTENCE]

    def _place(self, i: int, rule: str) -> Value[Place]:
        one = place_of(self.reading, self.toponyms[i], self.answer(i), rule)
        second = self.between.get(i)
        if second is None:
            return one
        span = Span(self.toponyms[i].span.start, self.toponyms[second].span.end)
        return midway(one, (self.entries[i], self.entries[second]), span)

    def _vague(self, i: int) -> bool:
        """Whether it is "there" or "the area": no more than the story's place, which is handed down anyway."""
        return self.toponyms[i].origin == "pointer" and self.toponyms[i].kind is None

    def _people(self, sentence: int) -> tuple[Span, ...]:
        return tuple(m.span for m in self.reading.mentions if m.sentence == sentence and m.kind == "PERSON")

    def _sharpest(self, indices: tuple[int, ...], shapes: dict[int, Shape]) -> tuple[int, ...]:
        """Read "Izmail, 15 km from Tulcea" as Izmail; "in the Red Sea, 140 km north-west of Salif" as the latter."""
        near = tuple(i for i in indices if shapes[i].near)
        wide = [i for i in indices if i in self.entries and self.entries[i].kind in ("country", "region")]
        if near and set(indices) == {*near, *wide}:
            return near
        return tuple(i for i in indices if i not in near) or near

    def _most_specific(self, indices: tuple[int, ...]) -> tuple[int, ...]:
        """Without those that hold another of them."""
        keep: list[int] = []
        for i in indices:
            entry = self.entries.get(i)
            inner = [j for j in indices if j != i]
            if any(self.held.get(j) == i for j in inner):
                continue
            apart = [j for j in inner if j in self.entries and self.run.get(j, j) != self.run.get(i, i)]  # a list names each for itself
            if entry is not None and any(holds(entry, self.entries[j]) for j in apart):
                continue
            if entry is not None and any(self.entries[k].id == entry.id and self._same_name(k, i) for k in keep if k in self.entries):
                continue
            keep.append(i)
        return tuple(keep)

    def _same_name(self, one: int, other: int) -> bool:
        listed = self.answer(one).because not in ("places.container", "places.beside")
        return listed or "pointer" in (self.toponyms[one].origin, self.toponyms[other].origin)
