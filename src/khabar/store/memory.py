"""A store that forgets when the program ends: the fake to test against, with the manners of the real one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from khabar.errors import NotFoundError
from khabar.records import Decision, Reading, Run, Sighting
from khabar.seams import StoredReading, Tally
from khabar.store.content import called, content_digest, seen_also


@dataclass(slots=True)
class _Kept:
    """A reading, the run it came from, what it says, and whether it stands."""

    reading: Reading
    run: str
    content: str
    stands: bool = True


class MemoryStore:
    """A `Store` of plain lists and dictionaries."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._names: dict[str, str] = {}
        self._seen: dict[str, list[Sighting]] = {}
        self._decisions: list[Decision] = []

    def save(self, reading: Reading, run: Run) -> StoredReading:
        document, content = reading.document, content_digest(reading)
        seen = self._seen.setdefault(document.id, [])
        seen.extend(s for s in dict.fromkeys(document.sightings) if s not in seen)
        earlier = self._names.get(document.name)
        standing = self._standing(document.id)
        same = standing is not None and (standing.run, standing.content) == (run.fingerprint, content)
        if not same:
            if standing is not None:
                standing.stands = False
            self._kept.append(_Kept(reading, run.fingerprint, content))
        self._names[document.name] = document.id
        moved = earlier is not None and earlier != document.id
        if earlier is not None and earlier not in self._names.values() and (old := self._standing(earlier)):
            old.stands = False
        if same and not moved:
            return StoredReading(document.id, "unchanged")
        return StoredReading(document.id, "superseded" if standing or moved else "new")

    def reading(self, report: str, *, run: str | None = None) -> Reading:
        document = self._names.get(report, report)
        if run is None:
            found = [k for k in self._kept if k.reading.document.id == document]
        else:
            of_run = [k for k in self._kept if k.run == run]
            found = [k for k in of_run if k.reading.document.name == report] or [k for k in of_run if k.reading.document.id == document]
        if not found:
            raise NotFoundError(f"the store holds no report {report!r}{f' as run {run} read it' if run else ''}")
        return called(self._whole(found[-1]), report) if report in self._names else self._whole(found[-1])

    def readings(self) -> Iterator[Reading]:
        first = {document: name for name, document in sorted(self._names.items(), reverse=True)}
        for document, name in sorted(first.items(), key=lambda pair: pair[1]):
            if standing := self._standing(document):
                yield called(self._whole(standing), name)

    def statement(self, id: str) -> Reading:
        found = {s.id for k in self._kept for s in k.reading.statements if id and s.id.startswith(id)}
        if not found or (id not in found and len(found) > 1):
            raise NotFoundError(f"{'several statements begin' if found else 'no statement has the id'} {id!r}")
        wanted = id if id in found else found.pop()
        holders = [k for k in self._kept if any(s.id == wanted for s in k.reading.statements)]
        return self._whole(next((k for k in holders if k.stands), holders[-1]))

    def decide(self, decision: Decision) -> None:
        if decision.document not in self._seen:
            raise NotFoundError(f"the store holds no document {decision.document!r}")
        self._decisions.append(decision)

    def decisions(self, document: str | None = None) -> Iterator[Decision]:
        return iter([d for d in self._decisions if document is None or d.document == document])

    def tally(self) -> Tally:
        current = [k.reading for k in self._kept if k.stands]
        by = Counter(s.type.value or "unknown" for r in current for s in r.statements)
        return Tally(len(current), by.total(), sum(len(r.problems) for r in current), dict(sorted(by.items())))

    def close(self) -> None:
        """Nothing to do: the seam asks for it."""

    def _standing(self, document: str) -> _Kept | None:
        return next((k for k in self._kept if k.stands and k.reading.document.id == document), None)

    def _whole(self, kept: _Kept) -> Reading:
        return seen_also(replace(kept.reading), self._seen[kept.reading.document.id])
