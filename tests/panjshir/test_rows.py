"""The 22 kinds of thing that the report khabar was born from holds, each on sentences of our own.

`HOLDS` is the table of docs/panjshir-rows.md: a row that does not hold yet is a strict expected failure with its reason, so
that the table can neither promise too much nor lag behind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import khabar
from khabar.records import Reading, Statement

NOT_YET: dict[str, str] = {}


def read(text: str, published: str | None = None) -> Reading:
    return khabar.code(text, published=date.fromisoformat(published) if published else None).reading


def of_type(reading: Reading, kind: str, word: str | None = None) -> list[Statement]:
    text = reading.document.text
    return [s for s in reading.statements if s.type.value == kind and (word is None or word in s.trigger.of(text))]


def only(reading: Reading, kind: str, word: str | None = None) -> Statement:
    found = of_type(reading, kind, word)
    assert len(found) == 1, [(s.type.value, s.trigger.of(reading.document.text)) for s in reading.statements]
    return found[0]


def names(values: object) -> list[str]:
    return [p.name for p in values]  # type: ignore[attr-defined]


def s1() -> None:
    reading = read(" date 2019-03-04 Rebels attacked a checkpoint near Goma on Sunday.")
    assert reading.document.published.value == date(2019, 3, 4)
    assert reading.document.zones[0].kind == "header"
    when = only(reading, "battle").when.value
    assert when is not None
    assert when.start == when.end == date(2019, 3, 3)
    assert all(s.evidence.start >= reading.document.zones[0].span.end for s in reading.statements)


def s2() -> None:
    text = "Rebels have besieged the town of Bunia. The militia declared on Monday that it had encircled Bunia."
    reading = read(text, "2019-03-05")
    own, claimed = of_type(reading, "besiege")
    assert not len(own.sources)
    assert len(claimed.sources) == 1


def s3() -> None:
    told = only(read("The Ruritanian army is now gearing up for a large offensive against the rebels.", "2019-03-05"), "battle").told_as
    assert told.value == "planned"
    assert told.span is not None


def s4() -> None:
    reading = read("The soldiers who had earlier surrendered to the rebels are back in their barracks.", "2019-03-05")
    statement = only(reading, "surrender")
    assert "soldiers" in names(statement.actors)[0]
    assert "rebels" in names(statement.targets)[0]


def s5() -> None:
    place = only(read("Fighting broke out on Monday 40 km north of Goma.", "2019-03-05"), "battle").places.first
    assert place is not None
    assert place.precision == "near"
    assert place.lat is not None
    assert place.lat > -1.5
    assert place.area is not None


def s6() -> None:
    text = (
        "Clashes went on in Goma on Monday.\n\n[A fighter near Goma. Credit: Twitter/@somebody99]\n\n"
        "The army sent more troops to the town on Tuesday."
    )
    reading = read(text, "2019-03-05")
    kinds = {z.kind for z in reading.document.zones}
    assert {"caption", "credit"} & kinds
    assert all("@somebody99" not in n for s in reading.statements for n in names(s.actors) + names(s.targets) + names(s.sources))
    assert not any(text.index("[") <= s.trigger.start < text.index("]") for s in reading.statements)


def s7() -> None:
    statement = only(read("Gunmen attacked a police post in Masisi territory of North Kivu on Tuesday.", "2019-03-06"), "battle")
    assert statement.when.value is not None
    assert statement.when.value.start == date(2019, 3, 5)
    place = statement.places.first
    assert place is not None
    assert place.precision in {"district", "town"}
    assert place.lat is not None


def s8() -> None:
    statement = only(read("Thousands have joined the rebels since the spring.", "2019-03-05"), "mobilize")
    assert [(q.kind, q.low, q.high) for q in statement.quantities] == [("fighters", 2000, 9999)]


def s9() -> None:
    statement = only(read("Soldiers were seen looting shops in footage broadcast by state television.", "2019-03-05"), "destroy")
    channels = [s.channel for s in statement.sources]
    assert "footage" in channels
    assert len(statement.sources) >= 2


def s10() -> None:
    reading = read("The militia is holding the town of Bunia. Bunia has not fallen to the army.", "2019-03-05")
    assert only(reading, "hold").told_as.value == "happened"
    assert only(reading, "capture").told_as.value == "not-happened"


def s11() -> None:
    reading = read("The valley's people fought the colonial army from 1950 to 1956.", "2019-03-05")
    statement = only(reading, "battle")
    assert statement.background.value is True
    assert statement.when.value is not None
    assert (statement.when.value.start.year, statement.when.value.end.year) == (1950, 1956)


def s12() -> None:
    reading = read(
        "Jon Moro, a spokesman for the Front for Renewal, told reporters that they intend to hold talks first, "
        "but that if those fail they will attack.",
        "2019-03-05",
    )
    talks = only(reading, "negotiate")
    assert talks.told_as.value == "planned"
    speaker = talks.sources.first
    assert speaker is not None
    assert "Moro" in speaker.name
    assert speaker.affiliation is not None
    attack = [s for s in reading.statements if s.trigger.of(reading.document.text) == "attack"]
    assert [s.told_as.value for s in attack] == ["conditional"]


def s13() -> None:
    reading = read(
        "The rebels claimed that they had captured three districts. "
        'A spokesman tweeted: "The districts of Masisi, Rutshuru and Walikale have been captured."',
        "2019-03-05",
    )
    captures = of_type(reading, "capture")
    assert len(captures) == 2
    assert all(len(s.sources) for s in captures)
    assert len(captures[1].places) == 3
    assert [(q.kind, q.low) for q in captures[0].quantities] == [("places", 3)]


def s14() -> None:
    statement = only(read("Rebels captured Banu in Panjshir province on Monday.", "2021-08-24"), "capture")
    place = statement.places.first
    assert place is not None
    assert place.lat is not None
    assert any(f.kind == "contradiction" for f in statement.flags)


def s15() -> None:
    text = (
        "The army says that it has 6,000 fighters. The rebels, a former major wrote, have 20k soldiers. Thousands have joined the rebels."
    )
    reading = read(text, "2019-03-05")
    numbers = [(q.low, q.high) for s in reading.statements for q in s.quantities if q.kind == "fighters"]
    assert (6000, 6000) in numbers
    assert (20000, 20000) in numbers
    assert (2000, 9999) in numbers


def s16() -> None:
    reading = read("In an op-ed he called for aid from France, Germany, Canada and Japan.", "2019-03-05")
    statement = only(reading, "demand")
    assert len(statement.targets) == 4


def s17() -> None:
    told = {s.told_as.value for s in of_type(read("If the rebels launch an assault, the army will resist.", "2019-03-05"), "battle")}
    assert "conditional" in told
    assert "happened" not in told


def s18() -> None:
    reading = read("A former army major, who surrendered in May, has joined the rebels.", "2019-08-05")
    assert "major" in names(only(reading, "mobilize").actors)[0]
    assert "major" in names(only(reading, "surrender").actors)[0]


def s19() -> None:
    reading = read("The ex-vice president said that his forces had captured Bunia.", "2019-03-05")
    source = only(reading, "capture").sources.first
    assert source is not None
    assert source.role is not None
    assert {"former", "vice"} <= set(source.role.lower().replace("-", " ").split())


def s20() -> None:
    reading = read("In 1950 the Taliban attacked a garrison in Helmand province.", "2019-03-05")
    assert any(f.kind == "anachronism" for s in reading.statements for f in s.flags)


def s21() -> None:
    reading = read("Children were seen training with rifles at a camp of the militia.", "2019-03-05")
    flags = [f for s in reading.statements for f in s.flags]
    assert any(f.kind == "children with an armed force or group" and f.span is not None for f in flags)


def s22() -> None:
    text = (
        'Clashes went on near Goma.\n\n"Our fighters captured three villages and 40 soldiers have surrendered, '
        "said Jon Moro, a former major of the army"
    )
    reading = read(text, "2019-03-05")
    quote = reading.document.zones_of("quotation")
    assert quote
    assert quote[-1].span.end == len(text)
    captured = only(reading, "capture")
    assert captured.sources.first is not None
    assert "Moro" in captured.sources.first.name


ROWS: dict[str, Callable[[], None]] = {f"S{n}": globals()[f"s{n}"] for n in range(1, 23)}


@pytest.mark.parametrize("row", ROWS)
def test_row(row: str, request: pytest.FixtureRequest) -> None:
    if row in NOT_YET:
        request.applymarker(pytest.mark.xfail(reason=NOT_YET[row], strict=True))
    ROWS[row]()
