"""The page in Chromium. Needs selenium (an extra of the project) and Debian's chromium and chromium-driver."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from readings_by_hand import Desk, velmar

from khabar.records import Flag, Problem, Reading, Value, Values
from khabar.serve.page import write_page
from khabar.serve.present import html_of

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install selenium")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
WHY_NOT = "chromium or chromedriver is not installed: apt-get install chromium chromium-driver"
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason=WHY_NOT)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1400,900",
)  # fmt: skip
ALARM = "window.ran=(window.ran||0)+1"
PAYLOADS = (
    f"<script>{ALARM}</script>",
    f"</script><script>{ALARM}</script>",
    f"</style><script>{ALARM}</script>",
    f"</title><script>{ALARM}</script>",
    f"</textarea><script>{ALARM}</script>",
    f"--><script>{ALARM}</script><!--",
    f"]]><script>{ALARM}</script>",
    f'<img src=x onerror="{ALARM}">',
    f'"><img src=x onerror="{ALARM}">',
    f"' onmouseover='{ALARM}' autofocus onfocus='{ALARM}",
    f'" onfocus="{ALARM}" autofocus tabindex="0',
    f'<svg onload="{ALARM}"></svg>',
    f'<svg><script>{ALARM}</script></svg>',
    f'<math><mtext><style><img src=x onerror="{ALARM}"></style></mtext></math>',
    f'<iframe srcdoc="<script>parent.{ALARM}</script>"></iframe>',
    f'<a href="javascript:{ALARM}" autofocus>x</a>',
    f'<details open ontoggle="{ALARM}">x</details>',
    f'<body onload="{ALARM}">',
    f'<base href="//example.invalid/"><meta http-equiv="refresh" content="0;url=javascript:{ALARM}">',
    f"&lt;script&gt;{ALARM}&lt;/script&gt;&#60;script&#62;{ALARM}&#60;/script&#62;",
    f"{{{{constructor.constructor('{ALARM}')()}}}}${{{ALARM}}}`",
    f"\u202e<script>{ALARM}</script>\x00<scr\x00ipt>{ALARM}</scr\x00ipt>",
)  # fmt: skip

PROVOKE = """
    for (const mark of document.querySelectorAll('.m')) mark.click();
    for (const reasons of document.querySelectorAll('details')) reasons.open = true;
    for (const element of document.querySelectorAll('*'))
        for (const kind of ['focus', 'mouseover', 'toggle', 'load', 'error']) element.dispatchEvent(new Event(kind));
"""
HANDLERS = "return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on')).length"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Any:
    """Writes readings to a page, opens it, and answers the browser."""

    def opening(*readings: Reading, fragment: str = "", at: str = "") -> Any:
        path = tmp_path / "page.html"
        with path.open("w", encoding="utf-8", errors="replace") as out:
            write_page(readings, out)
        chromium.get("about:blank")
        chromium.get_log("browser")
        chromium.get(path.as_uri() + at)
        return chromium

    return opening


def hostile(payload: str) -> Reading:
    """The payload in every place that a report can put words into."""
    text = f"{payload}\n\nThey captured {payload} and killed {payload}, {payload} said."
    desk = Desk(text=text, name=payload, title=payload, publisher=payload)
    party, place = desk.party(payload, kind="people"), desk.place(payload, country=payload, lat=1.0, lon=2.0)
    voice = desk.source(payload, affiliation=payload, role=payload)
    number = desk.number(payload, "other", 1, 2, whose=payload)
    made = desk.state("capture", "captured", actors=[party], targets=[party], places=[place], sources=[voice], quantities=[number])
    strange = replace(
        made,
        id=made.id[::-1],
        ordinal=1,
        type=Value(payload, made.trigger, payload),
        told_as=Value.unknown(payload),
        flags=Values((Value(Flag(payload, made.trigger, payload), made.trigger, payload),)),
    )
    desk.statements.append(strange)
    return desk.reading(Problem("readers", payload, payload, where=payload))


def test_no_payload_runs_anywhere(opened: Any) -> None:
    browser = opened(*(hostile(payload) for payload in PAYLOADS))
    browser.execute_script(PROVOKE)
    assert browser.execute_script("return window.ran || 0") == 0
    assert browser.execute_script("return document.scripts.length") == 1
    assert browser.execute_script("return document.querySelectorAll('img, iframe, svg, math, base, object, embed, .report a').length") == 0
    assert browser.execute_script(HANDLERS) == 0
    assert browser.execute_script("return document.querySelectorAll('.report').length") == len(PAYLOADS)
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_no_payload_runs_in_the_fragment_either(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "fragment.html"
    markup = "".join(html_of(hostile(payload)) for payload in PAYLOADS)
    path.write_text(f"<!doctype html><meta charset=utf-8>{markup}", encoding="utf-8", errors="replace")
    chromium.get(path.as_uri())
    assert chromium.execute_script("return [window.ran || 0, document.scripts.length, document.images.length]") == [0, 0, 0]


def test_the_alarm_itself_works(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "alarm.html"
    path.write_text(f"<!doctype html>{PAYLOADS[0]}", encoding="utf-8")
    chromium.get(path.as_uri())
    assert chromium.execute_script("return window.ran || 0") == 1


def test_the_page_loads_nothing_and_says_nothing_is_wrong(opened: Any) -> None:
    browser = opened(velmar())
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


def test_a_page_without_reports_or_statements_works_too(opened: Any) -> None:
    browser = opened()
    assert browser.find_element("css selector", ".count").text == "0 reports · 0 statements"
    browser = opened(Desk(text="Nothing happened.").reading())
    assert "No statements were read." in browser.find_element("css selector", ".report").text
    assert browser.get_log("browser") == []


def on(browser: Any, role: str) -> str:
    """The words that are highlighted in a role."""
    return browser.execute_script(f"return [...document.querySelectorAll('.m.on.r-{role}')].map(m => m.textContent).join('')")


def test_picking_a_statement_highlights_its_words(opened: Any) -> None:
    browser = opened(velmar())
    browser.find_elements("css selector", ".card .pick")[3].click()
    assert [on(browser, role) for role in "tgsq"] == ["killed", "soldiers", "Odran Keelwrote", '"dozens"']
    assert browser.execute_script("return document.querySelectorAll('.card.on').length") == 1
    browser.find_elements("css selector", ".card .pick")[3].click()
    assert on(browser, "t") == ""


def test_picking_words_highlights_their_statement(opened: Any) -> None:
    browser = opened(velmar())
    for trigger, number in (("fallen", "5"), ("captured", "3")):
        next(m for m in browser.find_elements("css selector", ".t") if m.text.startswith(trigger)).click()
        assert browser.find_element("css selector", ".card.on .num").text == number
        assert on(browser, "t") == trigger


def test_words_after_an_astral_character_are_where_they_should_be(opened: Any) -> None:
    desk = Desk(text="🛰️🛰️ 𝔘nits captured 𝔙elmar 🛰️ today")
    desk.state("capture", "captured", places=[desk.place("𝔙elmar")])
    browser = opened(desk.reading())
    browser.find_element("css selector", ".pick").click()
    assert [on(browser, "t"), on(browser, "p")] == ["captured", "𝔙elmar"]


def shown_numbers(browser: Any) -> list[str]:
    return [e.text for e in browser.find_elements("css selector", ".card .num") if e.is_displayed()]


def choose(browser: Any, select: str, name: str) -> None:
    browser.find_element("css selector", f"#{select} option[value='{name}']").click()


def test_filters_by_type_telling_source_and_words(opened: Any) -> None:
    browser = opened(velmar())
    choose(browser, "type", "capture")
    assert shown_numbers(browser) == ["3", "5"]
    browser.find_element("css selector", ".tellings .st-denied").click()
    assert shown_numbers(browser) == ["5"]
    assert "1 of 7 statements" in browser.find_element("css selector", ".count").text
    browser.find_element("id", "clear").click()
    choose(browser, "voice", "Northern Front")
    assert shown_numbers(browser) == ["3", "4"]
    browser.find_element("id", "clear").click()
    browser.find_element("id", "find").send_keys("dozens")
    assert shown_numbers(browser) == ["4"]
    browser.find_element("id", "clear").click()
    browser.find_element("id", "news").click()
    assert shown_numbers(browser) == ["1", "2", "3", "4", "5", "6"]
    browser.find_element("id", "clear").click()
    assert len(shown_numbers(browser)) == 7


def test_all_of_it_works_from_the_keyboard(opened: Any) -> None:
    browser = opened(velmar())
    body = browser.find_element("css selector", "body")
    body.send_keys("j")
    assert on(browser, "t") == "entered"
    browser.switch_to.active_element.send_keys("j")
    assert on(browser, "t") == "shelling"
    browser.switch_to.active_element.send_keys("k")
    assert on(browser, "t") == "entered"
    browser.switch_to.active_element.send_keys("\ue00c")  # escape
    assert on(browser, "t") == ""
    body.send_keys("/")
    assert browser.switch_to.active_element.get_attribute("id") == "find"
    browser.switch_to.active_element.send_keys("\ue00c")
    trigger = browser.find_elements("css selector", ".t")[2]
    browser.execute_script("arguments[0].focus()", trigger)
    trigger.send_keys("\ue007")  # enter
    assert on(browser, "t") == "captured"


def test_one_report_at_a_time_and_links_to_each(opened: Any) -> None:
    second = Desk(text="They captured Tarn.", name="tarn")
    second.state("capture", "captured")
    browser = opened(velmar(), second.reading())
    assert [r.is_displayed() for r in browser.find_elements("css selector", ".report")] == [True, False]
    browser.find_elements("css selector", ".reports a")[1].click()
    assert [r.is_displayed() for r in browser.find_elements("css selector", ".report")] == [False, True]
    choose(browser, "type", "shelling")
    assert [r.is_displayed() for r in browser.find_elements("css selector", ".report")] == [True, False]
    assert [a.is_displayed() for a in browser.find_elements("css selector", ".reports a")] == [True, False]


def test_a_link_to_a_statement_opens_it(opened: Any) -> None:
    reading = velmar()
    browser = opened(reading, at=f"#s-{reading.statements[4].id}")
    assert on(browser, "t") == "fallen"


@pytest.mark.parametrize("width", [500, 800, 1400])
def test_nothing_runs_over_the_edge(opened: Any, width: int) -> None:
    browser = opened(velmar())
    browser.set_window_size(width, 900)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    browser.set_window_size(1400, 900)
