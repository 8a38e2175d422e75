"""khabar reads news reports of armed conflict and keeps a record of what happened, and according to whom.

    import khabar
    coded = khabar.code("Rebels seized the town on Tuesday, a spokesman said.", published="2021-08-25")
    store = khabar.open("khabar.db")

Names are imported when first used, so that `import khabar` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar.api import CodedReading, code, open
    from khabar.errors import KhabarError
    from khabar.records import Document, Reading, Span, Statement
    from khabar.settings import Settings

__version__ = "0.1.0"
__all__ = ["CodedReading", "Document", "KhabarError", "Reading", "Settings", "Span", "Statement", "__version__", "code", "open"]

_HOMES = {
    "CodedReading": "khabar.api",
    "code": "khabar.api",
    "open": "khabar.api",
    "KhabarError": "khabar.errors",
    "Document": "khabar.records",
    "Reading": "khabar.records",
    "Span": "khabar.records",
    "Statement": "khabar.records",
    "Settings": "khabar.settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'khabar' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
