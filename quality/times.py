"""How well khabar's grammar finds the times of a text and says what they mean, on two corpora that were not made for it.

    python quality/times.py DATA [--show N]

WikiWars tags the time expressions of 22 histories of wars with their values (TIMEX2). Nothing is known of when these were told, so
all that is not a whole date has to be resolved along the text; khabar gets the text alone. An expression is found where it shares a
character with a tag (each with one), strictly where it has the tag's very characters. Figures stand for documents 01 to 11, on
which the grammar was corrected, and for 12 to 22, of which no miss was looked at.

A value is right where it equals the tag's, for tags that are found and have one. Both are brought to one form first:
- the time of day is left off a date ("1975-04-29TMO"), as khabar tells days;
- what is written as unknown at the end is left off ("1915-XX-XX" is "1915", and "XXXX-XX-XX" is "XXXX": that no date is known);
- a decade is ten years and a century a hundred ("P1DE" is "P10Y"); a count written with a zero after the point is whole.
Nothing else is forgiven: "PAST_REF" is right as "PAST_REF" alone. The modifier ("early", "late") is not compared. Names of wars, which
khabar reads as the time of these wars and TIMEX2 as no time at all, are left out of what was found. Of a range, both ends count.

The news of GUM has dates in the manner of TEI (`when`, `from` and `to`, `notBefore` and `notAfter`). The first whole date of a text is
that of its publication; it is given to khabar and not counted. A date is right where its value is that of `when`, or its days are those
of `when` or of the limits that are given.

Speed is megabytes of WikiWars' text per second of one core, expressions found and resolved.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from khabar.records import Span
from khabar.resolve.times import Told, tell_times

WIKIWARS = Path("time/wikiwars/keyinline")
GUM = Path("attribution/gum_news/xml")
TUNED = 11  # documents of WikiWars that the grammar was corrected on
ROUNDS = 5  # of the measure of speed; the first warms up
WHEN = ("when", "from", "to", "notBefore", "notAfter")


@dataclass(frozen=True, slots=True)
class Tag:
    """An expression as the corpus has it: where it stands, and its attributes."""

    span: Span
    given: Mapping[str, str]


@dataclass(slots=True)
class Text:
    """A text of a corpus with its tags, and the day of its publication where that is known."""

    name: str
    text: str = ""
    tags: list[Tag] = field(default_factory=list)
    published: date | None = None


@dataclass(slots=True)
class Score:
    """Counts over texts. `valued` are tags found that have a value, `right` those of them with khabar's."""

    there: int = 0
    told: int = 0
    found: int = 0
    strict: int = 0
    valued: int = 0
    right: int = 0

    def f1(self, found: int) -> tuple[float, float, float]:
        precision, recall = found / max(1, self.told), found / max(1, self.there)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    @property
    def accuracy(self) -> float:
        return self.right / max(1, self.valued)


def wikiwars(data: Path) -> list[Text]:
    """The histories. Raises FileNotFoundError where there are none."""
    paths = sorted((data / WIKIWARS).glob("*.key.xml"))
    if not paths:
        raise FileNotFoundError(f"{data / WIKIWARS}: no *.key.xml there")
    return [_history(path) for path in paths]


def _history(path: Path) -> Text:
    told = Text(path.name.split(".")[0])
    body = ElementTree.parse(path).getroot().find("TEXT")
    if body is None:
        raise ValueError(f"{path}: has no TEXT")
    _flatten(body, told)
    told.tags.sort(key=lambda t: t.span)
    return told


def _flatten(element: ElementTree.Element, told: Text) -> None:
    start = len(told.text)
    told.text += element.text or ""
    for child in element:
        _flatten(child, told)
        told.text += child.tail or ""
    if element.tag == "TIMEX2":
        told.tags.append(Tag(Span(start, len(told.text)), dict(element.attrib)))


def gum(data: Path) -> list[Text]:
    """The news of GUM. Raises FileNotFoundError where there is none."""
    paths = sorted((data / GUM).glob("*.xml"))
    if not paths:
        raise FileNotFoundError(f"{data / GUM}: no *.xml there")
    return [_news(path) for path in paths]


def _news(path: Path) -> Text:
    """Words stand one a line there; those in `w` are one written word, and punctuation follows its word."""
    news, glued, opened = Text(path.stem), False, list[tuple[int, dict[str, str]]]()
    inside = False
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("<"):
            inside, glued = (line.startswith("<w>"), False) if line in ("<w>", "</w>") else (inside, glued)
            if line.startswith("<date"):
                opened.append((len(news.text), dict(re.findall(r'(\w+)="([^"]*)"', line))))
            elif line == "</date>":
                start, given = opened.pop()
                news.tags.append(_trimmed(news.text, start, given))
            elif line in ("</p>", "</head>", "</item>"):
                news.text = news.text.rstrip() + "\n\n"
            continue
        word = line.split("\t")[0]
        if glued or (word in (",", ".", ";", ":", ")", "!", "?", "'s") and news.text.endswith(" ")):
            news.text = news.text.rstrip(" ")
        news.text += word + " "
        glued = inside or word == "("
    news.tags.sort(key=lambda t: t.span)
    return _dated(news)


def _trimmed(text: str, start: int, given: dict[str, str]) -> Tag:
    words = text[start:]
    return Tag(Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip())), given)


def _dated(news: Text) -> Text:
    first = next(t for t in news.tags if re.fullmatch(r"\d{4}-\d\d-\d\d", t.given.get("when", "")) and t.span.of(news.text)[-4:].isdigit())
    news.published = date.fromisoformat(first.given["when"])
    news.tags = [t for t in news.tags if t is not first]
    return news


def normal(value: str) -> str:
    """A value in the form that values are compared in (see above)."""
    if re.match(r"P[T\d.X]", value):
        value = re.sub(r"(\d+)\.0\b", r"\1", value)
        tens = re.fullmatch(r"P([\d.]+|X)(DE|CE)", value)
        if tens is None or tens[1] == "X":
            return value
        return f"P{float(tens[1]) * (10 if tens[2] == 'DE' else 100):g}Y"
    value = re.sub(r"(?<=[\dX])T.*", "", value)
    return re.sub(r"(-W?XX)+$", "", value)


def paired(tags: Iterable[Tag], told: Iterable[Told]) -> Iterator[tuple[Tag, Told]]:
    """Tags with what shares a character with them, each taken once; the same characters come first."""
    left = list(told)
    exact = {t.expression.span: t for t in left}
    late = []
    for tag in tags:
        if (same := exact.pop(tag.span, None)) is not None:
            left.remove(same)
            yield tag, same
        else:
            late.append(tag)
    for tag in late:
        near = next((t for t in left if t.expression.span.overlaps(tag.span)), None)
        if near is not None:
            left.remove(near)
            yield tag, near


def is_right(tag: Tag, told: Told) -> bool:
    given = tag.given
    if "val" in given:
        return normal(given["val"]) == normal(told.value)
    if "when" in given:
        return normal(given["when"]) == normal(told.value) or _same_days(tag, told)
    return _same_days(tag, told)


def _same_days(tag: Tag, told: Told) -> bool:
    first, last = (tag.given.get(k, tag.given.get(n, tag.given.get("when"))) for k, n in (("from", "notBefore"), ("to", "notAfter")))
    found = (days for days in (told.days, told.interval) if days is not None)
    return any((first is None or days.start == _day(first, 0)) and (last is None or days.end == _day(last, 1)) for days in found)


def _day(words: str, last: int) -> date:
    """The first or the last day of "2015", "2015-08", "2015-08-02"."""
    y, m, d = ([int(n) for n in words.split("T")[0].split("-")] + [0, 0])[:3]
    month = m or (12 if last else 1)
    return date(y, month, d or (monthrange(y, month)[1] if last else 1))


def scored(texts: Iterable[Text], show: int) -> Score:
    """The counts over texts; the first `show` of each that were missed, found wrongly or given a wrong value are written out."""
    score = Score()
    for text in texts:
        told = [one for one in tell_times(text.text, text.published) if one.expression.rule != "named"]
        pairs = list(paired(text.tags, told))
        score.there, score.told, score.found = score.there + len(text.tags), score.told + len(told), score.found + len(pairs)
        score.strict += sum(tag.span == one.expression.span for tag, one in pairs)
        valued = [(tag, one) for tag, one in pairs if tag.given.keys() & {"val", *WHEN}]
        score.valued, score.right = score.valued + len(valued), score.right + sum(is_right(*pair) for pair in valued)
        if show:
            _show(text, told, pairs, show)
    return score


def _show(text: Text, told: Iterable[Told], pairs: list[tuple[Tag, Told]], show: int) -> None:
    found, taken = {t.span for t, _ in pairs}, {o.expression.span for _, o in pairs}
    lines = [(t.span, "missed", str(dict(t.given))) for t in text.tags if t.span not in found]
    lines += [(o.expression.span, "no tag", f"{o.value} {o.expression.rule}") for o in told if o.expression.span not in taken]
    wrong = ((t, o) for t, o in pairs if t.given.keys() & {"val", *WHEN} and not is_right(t, o))
    lines += [(t.span, "value ", f"{dict(t.given)}, not {o.value} {o.expression.rule}") for t, o in wrong]
    for span, kind, why in sorted(lines)[:show]:
        around = text.text[max(span.start - 60, 0) : span.start] + "[" + span.of(text.text) + "]" + text.text[span.end : span.end + 30]
        sys.stdout.write(f"{text.name} {kind} {why}: …{' '.join(around.split())}…\n")


def speed(texts: list[Text]) -> float:
    """Megabytes per second of one core: the best of some rounds over all texts."""
    size, best = sum(len(t.text.encode()) for t in texts), 1e9
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            tell_times(text.text)
        best = min(best, time.process_time() - start)
    return size / best / 1e6


def _line(name: str, score: Score) -> str:
    precision, recall, f1 = score.f1(score.found)
    found = f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, strict F1 {score.f1(score.strict)[2]:.3f}"
    return f"{name}: {score.there} tags; {found}; {score.right} of {score.valued} values right, {score.accuracy:.3f}\n"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("--show", type=int, default=0, metavar="N", help="the first N errors of each text of GUM and of WikiWars 01 to 11")
    args = cli.parse_args()
    histories, news = wikiwars(args.data), gum(args.data)
    sys.stdout.write(_line(f"WikiWars 01-{TUNED}", scored(histories[:TUNED], args.show)))
    sys.stdout.write(_line(f"WikiWars {TUNED + 1}-{len(histories)}", scored(histories[TUNED:], 0)))
    sys.stdout.write(_line("WikiWars", scored(histories, 0)))
    score = scored(news, args.show)
    sys.stdout.write(
        f"GUM news: {score.there} dates, {score.found} found; {score.right} of {score.valued} values right, {score.accuracy:.3f}\n"
    )
    sys.stdout.write(f"speed: {speed(histories):.1f} MB/s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
