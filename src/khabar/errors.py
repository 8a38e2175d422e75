"""Every exception that khabar raises, so that a caller can catch one family and no more.

KhabarError
├── InputError            what was given cannot be read as a report
│   ├── EncodingError     its bytes are not the text they say they are
│   ├── TooLargeError     it is larger than the settings allow
│   └── UnknownKindError  no reader knows this kind of file
├── SettingsError         khabar.toml or an option says something impossible
├── KnowledgeError        a data file (ontology, gazetteer, register) is faulty
├── ModelError            the newsreader's files are missing, altered or unusable
├── PluginError           a plug-in is unknown or cannot be loaded
├── PipelineError         stages stand in an order that cannot work
├── StoreError            the store cannot be opened, read or written
│   └── MigrationError    the store was written by a newer khabar, or a migration failed
└── NotFoundError         no such report, statement or actor

What goes wrong with one document is no exception that leaves the pipeline: it becomes a `Problem` on
that document, and the rest goes on.
"""

from __future__ import annotations


class KhabarError(Exception):
    """The root of the tree. Messages say what was wrong, where, and what to do."""


class InputError(KhabarError):
    """What was given cannot be read as a report."""


class EncodingError(InputError):
    """The bytes are not valid in their declared or detected encoding."""

    def __init__(self, message: str, *, byte: int | None = None) -> None:
        super().__init__(message)
        self.byte = byte


class TooLargeError(InputError):
    """The input is larger than `Settings.limits` allows."""


class UnknownKindError(InputError):
    """No reader knows this kind of file."""


class SettingsError(KhabarError):
    """A setting is unknown, of the wrong type or out of range."""


class KnowledgeError(KhabarError):
    """A data file of what khabar knows is faulty; the message names file and line."""


class ModelError(KhabarError):
    """The newsreader's files are missing, altered or unusable."""


class PluginError(KhabarError):
    """A plug-in is unknown or cannot be loaded; the message names the `pip install` that helps."""


class PipelineError(KhabarError):
    """A stage needs what no earlier stage adds."""


class StoreError(KhabarError):
    """The store cannot be opened, read or written."""


class MigrationError(StoreError):
    """The store's schema is newer than this khabar, or a migration failed."""


class NotFoundError(KhabarError):
    """No report, statement or actor answers to that name."""
