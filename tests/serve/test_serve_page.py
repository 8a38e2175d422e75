from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import Desk, velmar

import khabar.serve.page
from khabar.records import Caveat, Flag, Problem, Reading, Source, Span, Value, Zone
from khabar.serve.page import write_page
from khabar.serve.page.text import text_markup
from khabar.serve.present import html_of
from khabar.serve.safe import shown

VOID = {"meta", "link", "input", "br"}


class Elements(HTMLParser):
    """Reads markup as a browser would, refusing what is not well formed."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.found if name in (attributes.get("class") or "").split()]


def page(*readings: Reading) -> str:
    out = io.StringIO()
    write_page(readings, out)
    return out.getvalue()


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else() -> None:
    markup = page(velmar())
    policy = next(a["content"] for t, a in Elements(markup).found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for name, directive in (("style", "style-src"), ("script", "script-src")):
        (content,) = re2.findall(rf"(?s)<{name}>(.*?)</{name}>", markup)
        own = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{own}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_page_asks_for_nothing_outside_it() -> None:
    elements = Elements(page(velmar()))
    reached = [
        value for _, attributes in elements.found for name, value in attributes.items() if name in ("src", "href", "srcset", "action")
    ]
    assert reached == ["data:,"]
    assert not any(word in page(velmar()) for word in ("http://", "https://", "@import", "url("))


def test_the_style_and_script_end_no_element_early() -> None:
    markup = page(velmar())
    assert markup.count("</script") == markup.count("<script") == 1
    assert markup.count("</style") == markup.count("<style") == 1


def test_a_claim_a_plan_and_a_denial_say_so_before_what_they_say() -> None:
    elements = Elements(page(velmar()))
    standings = [a["data-standing"] for a in elements.of_class("card")]
    assert standings == ["narrated", "narrated", "claimed", "claimed", "denied", "conditional", "narrated"]
    words = " ".join("".join(elements.text).split())
    assert "❝ claimed by Northern Front (Odran Keel, spokesman, tweet)" in words
    assert "✗ denied by Karsa Army" in words
    assert "Tarn Post, own voice" in words


@pytest.mark.parametrize("told", ["happened", "not-happened", "planned", "conditional", "possible", None])
@pytest.mark.parametrize("stance", ["asserts", "denies"])
@pytest.mark.parametrize("source", [None, "Karsa Army", "own voice"])
def test_every_card_has_one_way_of_telling_and_one_voice(told: str | None, stance: str, source: str | None) -> None:
    desk = Desk()
    desk.state("capture", "captured", told=told, stance=stance, sources=[desk.source(None, source)] if source else [])
    elements = Elements(page(desk.reading()))
    (card,) = elements.of_class("card")
    chips = [chip for chip in elements.of_class("chip") if "data-standing" not in chip]
    assert sum("told" in (chip["class"] or "").split() for chip in chips) == 1
    assert sum("voice" in (chip["class"] or "").split() for chip in chips) == 1
    assert any("own" in (chip["class"] or "").split() for chip in chips) == (source is None)
    assert ("told as happened" in "".join(elements.text)) == (card["data-standing"] == "narrated")


def test_marks_and_cards_carry_the_same_numbers() -> None:
    reading = velmar()
    elements = Elements(page(reading))
    triggers = [m for a in elements.of_class("t") for m in (a["data-m"] or "").split() if m.endswith("t")]
    assert sorted(triggers) == sorted(f"{a['data-n']}t" for a in elements.of_class("card"))
    assert [a["data-n"] for a in elements.of_class("t")] == [str(n + 1) for n in range(len(reading.statements))]


SNARES = st.text(alphabet=st.sampled_from("ab \n\t🛰️é<>&\"'\u202e\x00\ud800"), min_size=1, max_size=40)


@given(text=SNARES, spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_the_markup_holds_the_text_and_nothing_but_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    desk = Desk(text=f"captured {text}", zones=tuple(_zones(spans)))
    desk.state("capture", "captured")
    assert "".join(Elements(text_markup(desk.reading())).text) == shown(desk.text)
    assert shown(desk.text).strip() in "".join(Elements(html_of(desk.reading())).text)


def _zones(spans: list[tuple[int, int]]) -> list[Zone]:
    ends = sorted({end for pair in spans for end in pair})
    return [Zone("caption", Span(start, end)) for start, end in zip(ends[::2], ends[1::2], strict=False)]


@given(words=st.text(min_size=1, max_size=30))
def test_no_words_change_the_shape_of_the_page(words: str) -> None:
    assert shape(words) == shape("plain")


def shape(words: str) -> list[str]:
    """The elements of a page whose every name, title and problem is made of the same words."""
    desk = Desk(text="They captured it.", name=words, title=words, publisher=words)
    party, place, voice = desk.party(None, words), desk.place(None, words), desk.source(None, words, role=f"r{words}")
    desk.state("capture", "captured", actors=[party], targets=[party], places=[place], sources=[voice])
    return [tag for tag, _ in Elements(page(desk.reading(Problem("readers", words, words)))).found]


def test_zones_are_blocks_of_their_own() -> None:
    text = "date 2031-05-03 They captured it.\n\n(A street. Photo: Tarn Post)"
    desk = Desk(text=text, zones=(Zone("header", Span(0, 15)), Zone("caption", Span(text.index("("), len(text)))))
    desk.state("capture", "captured")
    assert [a["class"] for a in Elements(text_markup(desk.reading())).of_class("z")] == ["z z-header", "z z-body", "z z-caption"]


def test_a_report_without_statements_or_text_has_its_place() -> None:
    elements = Elements(page(Desk(text="").reading(), Desk(text="Nothing happened.").reading()))
    assert len(elements.of_class("report")) == 2
    assert len(elements.of_class("empty")) == 2


def test_the_fragment_for_notebooks_runs_nothing() -> None:
    elements = Elements(html_of(velmar()))
    assert not {"script", "button"} & {tag for tag, _ in elements.found}
    assert "claimed" in "".join(elements.text)


def test_flags_scale_and_the_reports_own_reservations_are_shown() -> None:
    desk = Desk()
    made = desk.state("mobilize", "entered", flags=[Value(Flag("child-soldiers", desk.span("Fighters")), desk.span("Fighters"), "flags.x")])
    desk.statements[0] = replace(made, scale=Value("campaign"))
    caveat = Caveat("unverified", desk.span("The Karsa Army denied"), Source(None, "Tarn Post"))
    reading = replace(desk.reading(), caveats=(caveat,))
    words = " ".join(Elements(page(reading)).text)
    assert "⚑ child soldiers" in words
    assert "campaign" in words
    assert "caveat: not verified: “The Karsa Army denied” (Tarn Post)" in words


# Colours by what they are read on: their own tint, as chips and marked words are.
TINTED = ("narrated", "claimed", "denied", "not-happened", "planned", "conditional", "possible", "unclear", "who", "whom", "where", "when")


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_words_on_their_tint_have_the_contrast_that_reading_needs(mode: int) -> None:
    style = (Path(khabar.serve.page.__file__).parent / "page.css").read_text(encoding="utf-8")
    colours = {name: pair for name, *pair in re2.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", style)}
    (percent,) = re2.findall(r"--tint: (\d+)%", style)
    tint, paper = int(percent) / 100, channels(colours["paper"][mode])
    for name in TINTED:
        colour = channels(colours[name][mode])
        ground = [tint * c + (1 - tint) * p for c, p in zip(colour, paper, strict=True)]
        assert contrast(colour, ground) >= 4.5, name


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def contrast(one: list[float], other: list[float]) -> float:
    """The ratio of WCAG 2."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: list[float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
