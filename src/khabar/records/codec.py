"""Readings to bytes and back without loss, and the public line of a report.

Stored bytes are JSON in an envelope that names its schema, so that another version of khabar knows what it looks at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import msgspec

from khabar.errors import InputError
from khabar.records.reading import Reading
from khabar.records.schema.line import report_line

__all__ = ["SCHEMA_VERSION", "Envelope", "decode", "encode", "report_line"]

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reading as it is stored."""

    schema: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Label:
    schema: int


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Envelope)


def encode(reading: Reading) -> bytes:
    """A reading as JSON. Text that no UTF-8 can hold (half surrogates) and huge numbers are kept too, by escapes."""
    envelope = Envelope(SCHEMA_VERSION, reading)
    try:
        return _encoder.encode(envelope)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(msgspec.to_builtins(envelope), allow_nan=False).encode("ascii")


def decode(content: bytes) -> Reading:
    """The reading that `encode` was given.

    Raises InputError where the bytes are no reading, or one of a newer schema.
    """
    try:
        envelope = _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        envelope = _decode_slowly(content, error)
    _check(envelope.schema)
    return envelope.reading


def _check(schema: int) -> None:
    if schema > SCHEMA_VERSION:
        raise InputError(f"a reading of schema {schema}, this khabar knows {SCHEMA_VERSION}: install a newer khabar")


def _decode_slowly(content: bytes, error: Exception) -> Envelope:
    """The way for escapes that msgspec refuses, and for saying what is wrong."""
    try:
        loose = json.loads(content)
        _check(msgspec.convert(loose, _Label).schema)
        return msgspec.convert(loose, Envelope)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        raise InputError(f"these bytes are no reading of schema {SCHEMA_VERSION}: {error}") from error
