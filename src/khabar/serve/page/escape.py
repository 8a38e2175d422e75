"""The only way from words to markup: everything a report holds is escaped here, and tags are put together nowhere else."""

from __future__ import annotations

from html import escape
from typing import NewType

from khabar.serve.safe import shown, shown_in_line

Html = NewType("Html", str)


def words(text: str) -> Html:
    """Running text, lines kept."""
    return Html(escape(shown(text), quote=True))


def line(text: str) -> Html:
    """A name, title or label, on one line and free of characters that turn the writing direction."""
    return Html(escape(shown_in_line(text), quote=True))


def tag(name: str, /, *inside: Html | None, **attributes: str | int | bool | None) -> Html:
    """An element. Attribute values are escaped; `class_` is class, `data_n` is data-n; True is a bare attribute, None is none."""
    written = "".join(_attribute(key, given) for key, given in attributes.items() if given is not None and given is not False)
    return Html(f"<{name}{written}>{''.join(part for part in inside if part)}</{name}>")


def joined(*parts: Html | None) -> Html:
    return Html("".join(part for part in parts if part))


def _attribute(key: str, given: str | int | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if given is True else f' {name}="{escape(shown(str(given)), quote=True)}"'
