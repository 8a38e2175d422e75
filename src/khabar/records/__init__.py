"""The nouns. Plain frozen dataclasses; the standard library alone (the codec apart)."""

from khabar.records.actor import Actor, ActorKind, Channel, Membership, Party, Source, SourceKind, Tenure
from khabar.records.document import Document, Sighting, Zone, ZoneKind, digest, document_id
from khabar.records.place import Area, Place, PlaceEntry, PlacePrecision
from khabar.records.reading import Caveat, Problem, Reading
from khabar.records.run import Decision, Run
from khabar.records.sentence import Mention, MentionKind, Sentence, Token
from khabar.records.statement import Flag, Quantity, QuantityKind, QuantityScope, Scale, Stance, Statement, ToldAs, statement_id
from khabar.records.timespan import Basis, TimePrecision, When
from khabar.records.value import Candidate, Span, Value, Values

__all__ = [
    "Actor", "ActorKind", "Area", "Basis", "Candidate", "Caveat", "Channel", "Decision", "Document", "Flag", "Membership",
    "Mention", "MentionKind", "Party", "Place", "PlaceEntry", "PlacePrecision", "Problem", "Quantity", "QuantityKind", "QuantityScope",
    "Reading", "Run", "Scale", "Sentence", "Sighting", "Source", "SourceKind", "Span", "Stance", "Statement", "Tenure",
    "TimePrecision", "Token", "ToldAs", "Value", "Values", "When", "Zone", "ZoneKind", "digest", "document_id", "statement_id",
]  # fmt: skip
