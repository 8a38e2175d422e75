"""What looks like a date and is none: counts, names, papers, brigades, verbs, prices, scores.

`is_trap` is asked about every match of a production, with the text around it and, where there are any, its tokens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from khabar.knowledge.timewords import time_words
from khabar.records import Token
from khabar.resolve.times.counting import folded
from khabar.resolve.times.templates import Groups

FIRST_BARE = 1400  # a number before a common noun is a year from here on, where only a text's own times are asked for
FIRST_YEAR, LAST_YEAR = 1900, 2040  # what a bare number next to a noun may be taken for, as a year
LAST_DAY = 31
NEAR = 40  # characters around a match that are looked at: a word or two
_AFTER = re.compile(r"[ \u00a0\n]*((?:[^\W_]|['’-])*)")  # looks at NEAR characters only, so that it costs the same everywhere
MONEY = "$£€¥#₹"
NAMED = ("month", "mon", "weekday", "feast", "hijrimonth", "solarmonth")


def is_trap(rule: str, groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token] = ()) -> bool:
    """Whether the match `text[start:end]` of a production is no time after all. Tokens are those of `text` itself."""
    if _inside_a_word(text, start, end) or _wrongly_small(groups) or _part_of_a_title(rule, groups, text, start, end):
        return True
    check = _CHECKS.get(rule)
    return check(groups, text, start, end, tokens) if check else False


def _inside_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before.isalnum() or before in MONEY or before in "_@/"):
        return True
    if before in (".", ",", ":") and text[start : start + 1].isdigit() and text[start - 2 : start - 1].isdigit():
        return True
    return bool(after) and (
        after.isalnum() or after in "_%" or (after in ".,:/" and text[end + 1 : end + 2].isdigit() and text[end - 1].isdigit())
    )


def _wrongly_small(groups: Groups) -> bool:
    """Names of months, days and feasts are written with a capital: "may", "march" and "sun" are words."""
    for name in NAMED:
        word = groups.get(name)
        if word and not word[0].isupper():
            return True
    return False


def _part_of_a_title(rule: str, groups: Groups, text: str, start: int, end: int) -> bool:
    """ "Sunday Times", "Bloody Sunday", "the March 23 Movement", "Daily Mail", "Dawn"."""
    words = time_words()
    following = word_after(text, end)
    if following[:1].isupper() and rule != "year" and ((low := following.lower()) in words.titles_after or low in words.words_after):
        return True
    if rule in ("daypart", "habit", "story-word") and text[start : start + 1].isupper():
        return word_before(text, start) != "" and not _starts_sentence(text, start)
    if not groups.get("weekday") and not groups.get("month"):
        return False
    preceding = word_before(text, start)
    return preceding[:1].isupper() and preceding.lower() in words.names_before


def _starts_sentence(text: str, start: int) -> bool:
    return text[max(start - NEAR, 0) : start].rstrip(" \n\t\u00a0\"'“‘([")[-1:] in ("", ".", "!", "?", ":", "-", "–", "—")


def word_after(text: str, end: int) -> str:
    """The word right after, blanks apart; empty where punctuation stands between."""
    match = _AFTER.match(text, end, end + NEAR)
    return match[1] if match else ""


def word_before(text: str, start: int) -> str:
    """The word right before, blanks apart; empty where punctuation stands between."""
    rest = text[max(start - NEAR, 0) : start].rstrip(" \u00a0\n")
    first = len(rest)
    while first and (rest[first - 1].isalnum() or rest[first - 1] in "'’-"):
        first -= 1
    return rest[first:]


def _year(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """A bare number is a year after "in" or "since", before a noun that a determiner opens, at the head of a line, in brackets."""
    words = time_words()
    before, after = word_before(text, start).lower().replace("’", "'"), word_after(text, end)
    if after.lower() in words.counted or _counts_a_plural(text, start, end, tokens, before):
        return True
    if groups.get("part") or "year" in folded(text[start:end]):
        return False
    if text[start:end].lower().startswith("the "):
        return not _plausible(groups["year"])
    if before in words.years_after:
        return False
    if not before:
        return _out_of_line(text, start, end, groups["year"])
    inside = before in words.years_inside or before.endswith(("'s", "s'"))
    return not (inside and after[:1].isalpha() and _plausible(groups["year"]))


def _out_of_line(text: str, start: int, end: int, year: str) -> bool:
    """With punctuation before it: a year in brackets, after a comma, or at the head of a line of a chronicle."""
    left, right = text[max(start - NEAR, 0) : start].rstrip()[-1:], text[end : end + NEAR].lstrip()[:1]
    if not left:
        return not (right in ("-", "–", "—", ":", ",") and right)
    return not (_plausible(year) and left in "(,[–—-/\"'“‘;:" and right in ("", ")", ".", ",", ";", "]", "–", "—", "-", ":"))


def _years(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "1717-02" is the number of a post; a span of years follows a preposition, a bracket or a noun, and is of our age or is led in."""
    before = word_before(text, start).lower()
    if len(groups["to"]) == 4:
        return False
    return not (_plausible(groups["year"]) or before in time_words().years_after) or text[end : end + 1] == "/"


def _token_ending(tokens: Sequence[Token], end: int) -> Token | None:
    """The token that holds the last character before an offset."""
    index = bisect_left(tokens, end, key=lambda t: t.span.end)
    return tokens[index] if index < len(tokens) and tokens[index].span.start < end else None


def _plausible(year: str) -> bool:
    return FIRST_YEAR <= int(year.split()[0]) <= LAST_YEAR


def _counts_a_plural(text: str, start: int, end: int, tokens: Sequence[Token], before: str) -> bool:
    token = _token_ending(tokens, end)
    if token is None or token.base_rel != "nummod" or before == "the":
        return False
    head = tokens[token.head] if token.head < len(tokens) else None
    return head is not None and head.tag == "NNS" and head.i > token.i and before not in ("the", "in", "since")


def _month(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """A month without day and year needs a preposition or a determiner: May, April and August are people too."""
    words = time_words()
    before, after = word_before(text, start).lower(), word_after(text, end)
    if folded(text[start:end]).startswith("the ") and after.isdigit() and int(after[:3]) <= LAST_DAY:  # "the May 4 attack" has its day
        return True
    if groups.get("part") or groups.get("step"):
        return False
    careful = folded(groups["month"]) in words.careful_months
    if after.lower() in words.words_after and (careful or before not in words.months_after):
        return True
    if careful and after[:1].isupper() and after.lower() not in words.weekdays:
        return True
    if before in words.months_after or (before and "month of" in folded(text[start:end])):
        return False
    if careful:
        return True
    return not before and not _starts_sentence(text, start) and text[max(start - NEAR, 0) : start].rstrip()[-1:] not in (",", "(", "–", "-")


def _month_day(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "May 10,000 people" and "March 23 Movement" apart."""
    return not groups.get("year") and text[end : end + 1] == "," and text[end + 1 : end + 4].isdigit()


def _day_month(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "12 March on", "the first of 40 May": a number and a month that is a verb or a name."""
    after = word_after(text, end)
    careful = folded(groups["mon"]) in time_words().careful_months
    return careful and not groups.get("year") and after.lower() in time_words().words_after - {"on", "against", "has", "have"}


def _day_of_month(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "The 25th" ends its phrase; "the 21st Brigade" and "the 25th anniversary" go on."""
    after = word_after(text, end)
    token = _token_ending(tokens, end)
    if token is not None and token.pos in ("ADJ", "NUM") and token.base_rel in ("amod", "compound", "nummod"):
        return True
    return after[:1].isalnum() and after.lower() not in ("and", "when", "at", "in", "after", "but", "that", "of", "to", "or", "as", "on")


def _length(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Ages and sentences are no durations of an event, and "a second" is an ordinal."""
    if folded(groups["unit"]) == "second" or _is_year_before(groups):
        return True
    rest = folded(text[end : end + 20]).lstrip("- ")
    return any(rest.startswith(word) for word in time_words().ages)


def _is_year_before(groups: Groups) -> bool:
    """ "World Cup 2018 day five"."""
    number = groups.get("num", "")
    return len(number) == 4 and number.isdigit() and _plausible(number) and not folded(groups["unit"]).endswith("s")


def _modifier(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "Night vision", "a night curfew": a part of the day that only says what kind of thing it is."""
    token = _token_ending(tokens, end)
    return token is not None and token.rel == "compound" and token.head > token.i


def _uncounted(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "Hundreds of years ago" and a number too large to count with are no few years."""
    before = word_before(text, start)
    return before[-1:].isdigit() or before == "of"


def _single(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    alone = folded(groups["num"]) in ("a", "an")
    return _length(groups, text, start, end, tokens) or (alone and _modifier(groups, text, start, end, tokens))


def _season(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "The fall of the town", "a spring": without a year, a season must be this one or the last, or end its phrase."""
    if groups.get("step") or groups.get("part"):
        return False
    return folded(groups["season"]) == "fall" or word_after(text, end).lower() in ("of", "offensive", "in", "from")


def _feast(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    return word_after(text, end)[:1].isupper() and not groups.get("year")


def _weekday(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "Friday prayers" and "Sunday Punch" name their day no more than a title does, but "Friday's attack" does."""
    return word_after(text, end).lower() in ("prayers", "prayer", "sermon")


def _era(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "BC" is written in capitals; "12 bc" is a slip or a list."""
    return not groups["era"].isupper()


def _ad(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    return "AD" not in text[start:end].replace(".", "") and "CE" not in text[start:end]


def _bare_season(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "Fall" and "spring" are verbs and places where nothing before them or after them says season."""
    if groups.get("step") or groups.get("storystep") or groups.get("part"):
        return False
    word, after, before = folded(groups["season"]), word_after(text, end).lower(), word_before(text, start).lower()
    if word in ("summer", "winter", "autumn"):
        return text[start].isupper() and after[:1].isalpha() and not _is_campaign(after)
    return not (_is_campaign(after) or (word == "spring" and before in time_words().months_after and after != "of"))


def _is_campaign(word: str) -> bool:
    return word in time_words().campaigns


def _bare_month(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "The February Revolution", "a March operation": a month that a common noun or a name follows, save where it may be a name itself."""
    after = word_after(text, end)
    if folded(groups["month"]) in time_words().careful_months and not _is_campaign(after.lower()):
        return True
    return not after[:1].isalpha() or after.lower() in time_words().words_after


def _bare_year(groups: Groups, text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """ "The 1777 campaign", "(1790)", "2007 saw a rise": what is a year of any age by where it stands."""
    year, words = groups["year"], time_words()
    before, after = word_before(text, start).lower().replace("’", "'"), word_after(text, end)
    if not FIRST_BARE <= int(year.split()[0]) <= LAST_YEAR or after.lower() in words.counted:
        return True
    left, right = text[max(start - NEAR, 0) : start].rstrip(" ")[-1:], text[end : end + 1]
    if left == "(" or right == ")":
        return not (left == "(" and right == ")")
    if before in words.years_inside or text[start : start + 4].lower() == "the ":
        return not after[:1].isalpha() or after.lower().endswith("s")
    return not (right == "\n" and left in ",:-")


_CHECKS = {
    **dict.fromkeys(("bc-year", "bc-years", "bc-month", "bc-day", "bc-season", "bc-decade", "bc-century"), _era),
    "ad-year": _ad,
    "bare-season": _bare_season,
    "bare-month": _bare_month,
    "bare-year": _bare_year,
    "year": _year,
    "years": _years,
    "month": _month,
    "month-day": _month_day,
    "day-month": _day_month,
    "day-of-month": _day_of_month,
    "length": _single,
    "uncounted": _uncounted,
    "daypart": _modifier,
    "season": _season,
    "feast": _feast,
    "weekday": _weekday,
}
