"""What of a reading counts as its content, alike for every store."""

from __future__ import annotations

from dataclasses import replace

from khabar.records import Reading, Sighting, digest
from khabar.records.codec import encode


def content_digest(reading: Reading) -> str:
    """SHA-256 of what was read, whatever the report is called and wherever it was seen."""
    problems = tuple(replace(p, where=None) for p in reading.problems)
    return digest(encode(replace(reading, document=replace(reading.document, name="", sightings=()), problems=problems)))


def seen_also(reading: Reading, sightings: list[Sighting]) -> Reading:
    """The reading with the sightings that other copies of its document brought, after its own."""
    more = tuple(s for s in sightings if s not in reading.document.sightings)
    return replace(reading, document=replace(reading.document, sightings=(*reading.document.sightings, *more))) if more else reading


def called(reading: Reading, name: str) -> Reading:
    """The reading under the name that was asked for: one document may have several."""
    return reading if reading.document.name == name else replace(reading, document=replace(reading.document, name=name))
