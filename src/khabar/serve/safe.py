"""Words from reports made safe to show: a report may hold anything, terminal commands and reversed writing included."""

from __future__ import annotations

_KEPT = "\n\t"
_CONTROLS = [c for c in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if chr(c) not in _KEPT]
# Characters that turn the order of what follows: they could make one name read as another.
_TURNERS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SURROGATES = range(0xD800, 0xE000)
_TO_SHOW = dict.fromkeys((*_CONTROLS, *_SURROGATES), "\N{REPLACEMENT CHARACTER}") | {ord("\r"): " "}
_TO_SHOW_IN_LINE = _TO_SHOW | dict.fromkeys(_TURNERS) | {ord("\n"): " ", ord("\t"): " "}


def shown(text: str) -> str:
    """Text with its lines kept; each control character or half surrogate becomes one mark, so that offsets still hold."""
    return text.translate(_TO_SHOW)


def shown_in_line(text: str) -> str:
    """A name, title or quote for one line: controls marked, characters that turn the writing direction dropped."""
    return " ".join(text.translate(_TO_SHOW_IN_LINE).split())
