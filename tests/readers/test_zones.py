"""What each stretch of a report is marked as."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.readers.zones import layout
from khabar.records import Zone

BODY = "Troops took the town of Velm on Monday, the ministry said. Nobody was hurt in the fighting there."


def marked(text: str, kind: str, title: str | None = None) -> list[str]:
    return [z.span.of(text).strip() for z in layout(text, title=title).zones if z.kind == kind]


def assert_covers(text: str, zones: tuple[Zone, ...]) -> None:
    plain = [z.span for z in zones if z.kind != "quotation"]
    assert "".join(s.of(text) for s in plain) == text
    assert all(s.start < s.end for s in plain)
    assert [s.start for s in plain] == [0, *(s.end for s in plain[:-1])][: len(plain)]


HEADERS = [
    (" date 2021-08-25 " + BODY, date(2021, 8, 25), "date 2021-08-25"),
    ("date 2021-08-25\n\n" + BODY, date(2021, 8, 25), "date 2021-08-25"),
    ("Rebels leave Velm\n\nPublished: 25 August 2021\n\n" + BODY, date(2021, 8, 25), "Published: 25 August 2021"),
    ("Last updated August 25, 2021\n" + BODY, date(2021, 8, 25), "Last updated August 25, 2021"),
    ("Friday, August 27, 2021 \n\n" + BODY, date(2021, 8, 27), "Friday, August 27, 2021"),
    ("Rebels leave Velm\n27 August 2021, 10:43 GMT\n" + BODY, date(2021, 8, 27), "27 August 2021, 10:43 GMT"),
    ("August 27, 2021 was a quiet day.\n" + BODY, None, None),
    (" date 2021-02-30 " + BODY, None, "date 2021-02-30"),
    ("The date 2021-08-25 was set for talks. " + BODY, None, None),
    ("Updated figures show a rise of 40 since 2019.\n" + BODY, None, None),
]


@pytest.mark.parametrize(("text", "day", "words"), HEADERS)
def test_header(text: str, day: date | None, words: str | None) -> None:
    found = layout(text)
    assert (found.header_day and found.header_day[0]) == day
    assert marked(text, "header") == ([words] if words else [])
    assert found.header_day is None or found.header_day[1].of(text) in text


def test_a_date_that_is_on_no_calendar_is_kept_apart() -> None:
    assert layout(" date 2021-02-30 " + BODY).misdated == "2021-02-30"


HEADLINES = [
    ("Rebels leave Velm after talks\n\n" + BODY, "Rebels leave Velm after talks"),
    ("Rebels leave Velm after talks\n" + BODY, "Rebels leave Velm after talks"),
    ("SIX DEAD IN VELM BLAST\n" + BODY, "SIX DEAD IN VELM BLAST"),
    (" date 2021-08-25 Will the truce in Velm hold?\n\n" + BODY, "Will the truce in Velm hold?"),
    ("[Smoke over Velm. AFP]\n\nRebels leave Velm\n\n" + BODY, "Rebels leave Velm"),
    ("FACTBOX - Velm: ten years of war\n\n" + BODY, "FACTBOX - Velm: ten years of war"),
    (BODY + "\n\n" + BODY, None),
    ("The mayor of Velm said:\n\n" + BODY, None),
    ("Rebels leave Velm", None),  # nothing follows: it is all there is
]


@pytest.mark.parametrize(("text", "headline"), HEADLINES)
def test_headline(text: str, headline: str | None) -> None:
    assert marked(text, "headline") == ([headline] if headline else [])
    found = layout(text).headline
    assert (found.of(text) if found else None) == headline


def test_a_title_that_the_text_repeats_is_its_headline_full_stop_or_not() -> None:
    text = "Rebels leave Velm.\n\n" + BODY
    assert marked(text, "headline") == []
    assert marked(text, "headline", title="Rebels  leave Velm") == ["Rebels leave Velm."]


def test_the_first_line_of_wrapped_text_is_no_headline() -> None:
    text = "Troops took the town of Velm on Monday after a\nsiege of four weeks in which hundreds of\npeople fled to the\nhills.\n"
    assert marked(text, "headline") == []
    assert marked(text, "heading") == []


DATELINES = [
    ("KABUL, Aug 25 (Reuters) - Troops left.", "KABUL, Aug 25 (Reuters) -"),
    ("KABUL, Afghanistan (AP) — Troops left.", "KABUL, Afghanistan (AP) —"),
    ("SEOUL, Nov. 23 (Yonhap) -- Troops left.", "SEOUL, Nov. 23 (Yonhap) --"),
    ("CAIRO, August 31. Troops left.", "CAIRO, August 31."),
    ("MOSCOW, August 31. /TASS/. Troops left.", "MOSCOW, August 31. /TASS/."),
    ("MAPUTO — Troops left.", "MAPUTO —"),
    ("MAPUTO - Troops left.", "MAPUTO -"),
    ("BOGOTA: Troops left.", "BOGOTA:"),
    ("Manila: Troops left.", "Manila:"),
    ("Abyan (South24) - Troops left.", "Abyan (South24) -"),
    ("GAZA/JERUSALEM - Troops left.", "GAZA/JERUSALEM -"),
    ('N\'DJAMENA - "Troops left," she said.', "N'DJAMENA -"),
    ("PORT-AU-PRINCE, Haiti — Troops left.", "PORT-AU-PRINCE, Haiti —"),
    ("KYIV, 28 April 2014 – Troops left.", "KYIV, 28 April 2014 –"),
    ("SAN JOSÉ DE APARTADÓ, Colombia - Troops left.", "SAN JOSÉ DE APARTADÓ, Colombia -"),
    ("GENEVA/NEW YORK (25 August 2021) – Troops left.", "GENEVA/NEW YORK (25 August 2021) –"),
    ("(Reuters) - Troops left.", "(Reuters) -"),
    ("Aug 25 (Reuters) - Troops left.", "Aug 25 (Reuters) -"),
    ("GAZA: Troops left.", "GAZA:"),
    ("SYRIA - Troops left.", "SYRIA -"),
    ("Army: Troops left.", None),
    ("Police: Troops left.", None),
    ("Dulmo: Troops left.", None),  # no place that is known
    ("NATO: Troops left.", None),
    ("UN - Troops left.", None),
    ("Iran: Troops left.", None),  # a voice
    ("Kabul: “We left.”", None),
    ("ANALYSIS: Troops left.", None),
    ("UPDATE - Troops left.", None),
    ("AL-SHABAAB fighters left.", None),
    ("Troops left - and fast.", None),
    ("The mayor: a man of few words.", None),
    ("RT: How did it start?\nA.K.: Badly.\n\nRT: And then?\nA.K.: Worse.", None),
]


@pytest.mark.parametrize(("text", "line"), DATELINES)
def test_dateline(text: str, line: str | None) -> None:
    assert marked(text, "dateline") == ([line] if line else [])


def test_a_dateline_follows_the_headline_and_gives_a_day_where_it_has_a_year() -> None:
    text = "Rebels leave Velm\n\nKYIV, 28 April 2014 – Troops left."
    found = layout(text)
    assert marked(text, "dateline") == ["KYIV, 28 April 2014 –"]
    assert found.dateline_day is not None
    assert found.dateline_day[0] == date(2014, 4, 28)
    assert layout("KABUL, Aug 25 (Reuters) - Troops left.").dateline_day is None


CAPTIONS = [
    ("[Smoke over Velm. Credit: Twitter/@somebody]", ["[Smoke over Velm."], ["Credit: Twitter/@somebody]"]),
    ("[1/6 Smoke over Velm, October 25. REUTERS/Jo Doe]", ["[1/6 Smoke over Velm, October 25."], ["REUTERS/Jo Doe]"]),
    ("[Smoke over Velm. AFP photo]", ["[Smoke over Velm."], ["AFP photo]"]),
    ("[PHOTO: Smoke over Velm. AGENCE FRANCE-PRESSE]", ["[PHOTO: Smoke over Velm."], ["AGENCE FRANCE-PRESSE]"]),
    ("[Smoke over Velm. Photo: AFP / STRINGER]", ["[Smoke over Velm."], ["Photo: AFP / STRINGER]"]),
    ("[Smoke over Velm, July 16. — Reuters]", ["[Smoke over Velm, July 16."], ["— Reuters]"]),
    ("(Velm province. Google Maps)", ["(Velm province. Google Maps)"], []),
    ("Photo: Smoke over Velm", ["Photo: Smoke over Velm"], []),
    ("FILE - Smoke over Velm in 2019.", ["FILE - Smoke over Velm in 2019."], []),
    ("Smoke over Velm. REUTERS/Jo Doe", ["Smoke over Velm."], ["REUTERS/Jo Doe"]),
    ("[2/6 Smoke over Velm] The army left.", ["[2/6 Smoke over Velm]"], []),
    ("3 of 12 hostages were freed.", [], []),
    ("9/11 was not forgotten.", [], []),
    ("(The army did not say where.)", [], []),
    ("The army [and the police] left.", [], []),
    ("Photo editors left Velm.", [], []),
]


@pytest.mark.parametrize(("line", "captions", "credits"), CAPTIONS)
def test_caption(line: str, captions: list[str], credits: list[str]) -> None:
    text = f"{BODY}\n\n{line}\n\n{BODY}"
    assert marked(text, "caption") == captions
    assert marked(text, "credit") == credits


CREDITS = [
    ("Credit: Jo Doe", "Credit: Jo Doe"),
    ("(Reporting by Jo Doe in Velm; editing by Al Roe)", "(Reporting by Jo Doe in Velm; editing by Al Roe)"),
    ("Reporting by Jo Doe; editing by Al Roe.", "Reporting by Jo Doe; editing by Al Roe."),
    ("REUTERS/Jo Doe", "REUTERS/Jo Doe"),
    ("(AFP)", "(AFP)"),
    ("By Jo Doe and Al Roe", "By Jo Doe and Al Roe"),
    ("It was quiet at night. (AFP)", "(AFP)"),
    ("It was quiet at night. – Reuters", "– Reuters"),
    ("By Monday they had left.", None),
    ("Reporting lines were cut.", None),
    ("A source: he knew nothing.", None),
    ("He spoke to Reuters", None),
]


@pytest.mark.parametrize(("line", "credit"), CREDITS)
def test_credit(line: str, credit: str | None) -> None:
    assert marked(f"{BODY}\n\n{line}", "credit") == ([credit] if credit else [])


HEADINGS = [
    ("\n\nWhat happens next\n\n", "What happens next"),
    ("\n\nWhat happens next\n", "What happens next"),
    ("\n\nWho holds Velm?\n", "Who holds Velm?"),
    ("\n\n10.03am: More from Velm\n", "10.03am: More from Velm"),
    ("\nSyria\n", "Syria"),
    ("\n\nWould they leave?\n\n", None),
    ("\n\nThey left.\n\n", None),
    ("\n\nHe said:\n\n", None),
    ("\n\nand then the fighting stopped\n\n", None),
]


@pytest.mark.parametrize(("between", "heading"), HEADINGS)
def test_heading(between: str, heading: str | None) -> None:
    assert marked(BODY + between + BODY, "heading") == ([heading] if heading else [])


QUOTATIONS = [
    ('"We left," he said. "All of us."', ['"We left,"', '"All of us."']),
    ("“We left,” he said.", ["“We left,”"]),
    ('The "Lion of Velm” left.', ['"Lion of Velm”']),
    ("The ‘Northern League’ left the rebels’ camp.", ["‘Northern League’"]),
    ("It's the rebels' camp, and they don't leave it.", []),
    ("It’s the rebels’ camp.", []),
    ("In the '90s they left.", []),
    ("Time is 'Z' here.", ["'Z'"]),
    ('He called it ""so-so"" again.', ['""so-so""']),
    ('"First one.\n\n"Second one.\n\n"Third one," he said.', ['"First one.\n\n"Second one.\n\n"Third one,"']),
    ('"First one," he said.\n\n"Second one," she said.', ['"First one,"', '"Second one,"']),
    ('They left. "We ran, he said.', ['"We ran, he said.']),
    ('"We ran, he said.\n\nThe army left.', ['"We ran, he said.']),
    ('"We ran, he said. "We had to," she said.', ['"We ran, he said.', '"We had to,"']),
    ("She is 5'10\" tall.", []),
    ("«Nous partons», he said.", ["«Nous partons»"]),
    ('"It was "so" bad," he said.', ['"It was "so" bad,"', '"so"']),
]


@pytest.mark.parametrize(("text", "quoted"), QUOTATIONS)
def test_quotation(text: str, quoted: list[str]) -> None:
    assert marked(text, "quotation") == quoted


PIECES = st.sampled_from([
    " date 2021-08-25 ", "\n", "\n\n", "\r\n", "\r", "KABUL, Aug 25 (Reuters) - ", "[1/2 Smoke. AFP]", "(AFP)", "Credit: @x", "By Jo Doe",
    "We left. ", "Rebels leave Velm", "By JO", "Photo: ", '"', "“", "”", "'", "’", "«", "[", "]", ")", "?",
    "\u2028", "\x0c", "\u00a0", "🙂", "e\u0301", "، ",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_zones_cover_any_text_and_never_overlap(text: str) -> None:
    zones = layout(text).zones
    assert_covers(text, zones)
    for zone in zones:
        assert 0 <= zone.span.start < zone.span.end <= len(text)
    assert list(zones) == sorted(zones, key=lambda z: (z.span.start, z.kind == "quotation", -z.span.end))


@given(st.lists(PIECES, max_size=20).map("".join))
def test_marking_is_repeatable(text: str) -> None:
    assert layout(text) == layout(text)


@pytest.mark.parametrize("unit", ["The army took Velm on Monday. ", '"No," he said. ', '"a ', "'a ", "[", "\n", "Rebels took it\n"])
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        layout(text)
        return time.process_time() - start

    seconds(1_000)
    small, large = min(seconds(100_000) for _ in range(3)), min(seconds(400_000) for _ in range(2))
    assert large < 10 * small + 0.05  # four times the text; a square law would take sixteen times as long
