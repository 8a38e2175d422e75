"""A statement as a card: who says so and how it is told first, then what, then each field with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.records import Reading, Statement
from khabar.run.explain import Row, explain
from khabar.serve.fields import missing_in_words, name_of
from khabar.serve.page.escape import Html, line, tag
from khabar.serve.safe import shown_in_line
from khabar.serve.slots import place_detail, place_in_words, quantities_in_words, when_in_words
from khabar.serve.voice import (
    OWN_VOICE,
    UNKNOWN_SOURCE,
    Telling,
    attribution_of,
    content_of,
    in_own_voice,
    mark_of,
    outlet_of,
    party_names,
    telling_of,
    voice_of,
)  # fmt: skip


def card(reading: Reading, statement: Statement, number: int) -> Html:
    """`number` counts from 0 in order of the text; it ties the card to the words marked with it."""
    telling = telling_of(statement)
    kind = statement.type.value or "unknown"
    head = tag(
        "button",
        tag("span", line(str(number + 1)), class_="num"),
        tag("span", line(kind), class_="type"),
        type="button",
        class_="pick",
        aria_pressed="false",
    )
    return tag(
        "article",
        tag("header", head, *_chips(statement, telling, outlet_of(reading.document))),
        tag("p", line(content_of(statement)), class_="say", dir="auto"),
        tag("dl", *_facts(statement), class_="facts"),
        _reasons(reading, statement),
        id=f"s-{statement.id}",
        class_=f"card st-{telling.standing}",
        data_n=number,
        data_type=kind,
        data_standing=telling.standing,
        data_background="yes" if statement.background.value else "no",
        data_voices="\n".join(_voices(statement)),
    )


def _chips(statement: Statement, telling: Telling, outlet: str | None) -> Iterator[Html]:
    own = in_own_voice(statement)
    if telling.standing == "narrated":
        yield _chip(f"{telling.mark} told as happened", "told")
    elif own or telling.standing not in ("claimed", "denied"):
        yield _chip(f"{telling.mark} {telling.label}", "told")
    else:
        yield _chip(f"{telling.mark} {attribution_of(statement)}", "told voice")
    if own:
        yield _chip(f"{outlet}, {OWN_VOICE}" if outlet else OWN_VOICE, "voice own")
    elif telling.standing not in ("claimed", "denied"):
        yield _chip(f"{mark_of('claimed')} {attribution_of(statement)}", "voice")
    if statement.background.value:
        yield _chip("background", "aside")
    if any(p.alleged for p in statement.actors):
        yield _chip("alleged actor", "aside")
    if statement.scale.value not in (None, "incident"):
        yield _chip(str(statement.scale.value), "aside")
    for flag in statement.flags:
        yield _chip(f"⚑ {flag.kind.replace('-', ' ')}", "aside flag")


def _chip(label: str, kind: str) -> Html:
    return tag("span", line(label), class_=f"chip {kind}", dir="auto")


def _facts(statement: Statement) -> Iterator[Html]:
    """Who, whom and source stand in the sentence above: they are shown again, in their colours, once the card is picked."""
    yield from _fact("who", party_names(statement.actors), "a", more=True)
    yield from _fact("whom", party_names(statement.targets), "g", more=True)
    yield from _fact("where", "; ".join(f"{place_in_words(p)} ({place_detail(p)})" for p in statement.places), "p")
    yield from _fact("when", when_in_words(statement.when) if statement.when.value else "", "w")
    yield from _fact("numbers", quantities_in_words(statement.quantities), "q", more=True)
    if not in_own_voice(statement):
        yield from _fact("source", voice_of(statement), "s", more=True)


def _fact(name: str, said: str, role: str, *, more: bool = False) -> Iterator[Html]:
    if said:
        rest = " more" if more else ""
        yield tag("dt", line(name), class_=f"r-{role}{rest}")
        yield tag("dd", line(said), class_=rest.strip() or None, dir="auto")


def _reasons(reading: Reading, statement: Statement) -> Html:
    head = tag("tr", *(tag("th", line(name), scope="col") for name in ("field", "value", "words", "because", "conf.")))
    alone = replace(reading, statements=(statement,))  # so that no other statement need be searched
    rows = (_reason(row) for row in explain(alone, statement.id) if row.field != "trigger")
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    return tag(
        "details", tag("summary", line("why")), tag("div", table, class_="scroll"), tag("p", line(f"statement {statement.id}"), class_="id")
    )


def _reason(row: Row) -> Html:
    name = tag("th", line(name_of(row.field)), scope="row")
    rule = tag("td", tag("code", line(row.because)))
    if row.value is None:
        return tag("tr", name, tag("td", line(missing_in_words(row)), class_="none", colspan=2, dir="auto"), rule, tag("td"))
    quoted = tag("td", line(f"“{row.words}”" if row.words else ""), dir="auto")
    return tag("tr", name, tag("td", line(row.value), dir="auto"), quoted, rule, tag("td", line(f"{row.confidence:.2f}")))


def _voices(statement: Statement) -> list[str]:
    """The names a reader may filter by: every voice of the chain and the party it speaks for, or the report's own."""
    named = [n for s in statement.sources for n in (s.affiliation, s.name) if n]
    return list(dict.fromkeys(shown_in_line(n) for n in named)) or [OWN_VOICE if in_own_voice(statement) else UNKNOWN_SOURCE]
