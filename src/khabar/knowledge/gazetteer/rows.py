"""A user's file row by row: bytes to text that is never guessed at, cells to values, errors that say where and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from khabar.errors import KnowledgeError

LONGEST_NAME = 400
_NOWHERE = 0.001
_MOST_PEOPLE = 2**32 - 1


@dataclass(slots=True)
class Where:
    """The row that is being read."""

    file: str
    line: int = 0

    def fault(self, what: str, remedy: str) -> KnowledgeError:
        """An error over this row: what is wrong with it, what to do. Nothing is added."""
        return KnowledgeError(f"{self.file}, line {self.line}: {what}; {remedy}. Nothing was added")


def decoded(lines: Iterable[bytes], where: Where) -> Iterator[str]:
    """The lines as text; `where` is kept at the line under way. Raises KnowledgeError where they are no UTF-8."""
    for where.line, raw in enumerate(lines, 1):
        if b"\0" in raw:
            raise where.fault("it holds zero bytes, so it is no UTF-8 text (UTF-16, or no text at all)", "save the file as UTF-8")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise where.fault(f"byte {error.start} of the line is no UTF-8", "save the file as UTF-8") from error
        yield text.removeprefix("\ufeff") if where.line == 1 else text


def number(written: str, what: str, where: Where) -> float:
    try:
        if "_" in written or not written.isascii():
            raise ValueError
        return float(written)
    except ValueError:
        raise where.fault(f"{what} is {_shown(written)}, which is no number", "write it in degrees, as 34.52") from None


def point(lat: str, lon: str, where: Where) -> tuple[float, float]:
    """Latitude and longitude in degrees. Raises KnowledgeError where they are none."""
    found = number(lat, "the latitude", where), number(lon, "the longitude", where)
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise where.fault(f"{lat}, {lon} lies off the globe", "latitude goes from -90 to 90, longitude from -180 to 180: are they swapped?")
    return found


def nowhere(place: tuple[float, float]) -> bool:
    """Whether a point is the one that stands for "not known" in careless lists: 0, 0."""
    return abs(place[0]) < _NOWHERE and abs(place[1]) < _NOWHERE


def people(written: str, where: Where) -> int:
    if not written:
        return 0
    if not (written.isascii() and written.isdigit()) or len(written) > 12:
        raise where.fault(f"the population is {_shown(written)}", "write it in plain digits, or leave it blank")
    return min(int(written), _MOST_PEOPLE)


def named(written: str, where: Where) -> str:
    """A name fit to be kept. Raises KnowledgeError for none, one without end, and one that holds control characters."""
    name = " ".join(written.split(" ")).strip()
    if not name:
        raise where.fault("the name is blank", "give every place a name")
    if len(name) > LONGEST_NAME:
        raise where.fault(f"the name has {len(name)} characters", f"a name has {LONGEST_NAME} at most: is a quotation mark missing?")
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in name):
        raise where.fault(f"the name {_shown(name)} holds control characters", "take them out")
    return name


def _shown(written: str) -> str:
    return repr(written if len(written) <= 40 else f"{written[:40]}…")
