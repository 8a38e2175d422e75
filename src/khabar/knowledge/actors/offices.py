"""Persons in public office, with the bodies they served and the years, and the titles by which reports name offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.knowledge.actors.folding import fold, slug
from khabar.knowledge.actors.tables import FOLDER, Row, rows
from khabar.records import Actor, Membership

LONGEST = 7  # words of the longest title that is looked for


@dataclass(frozen=True, slots=True)
class Role:
    """An office as a source keeps it. `body`: whose office it is where no body is named ("state", "police", …), None where open."""

    name: str
    titles: tuple[str, ...]
    body: str | None


@dataclass(frozen=True, slots=True)
class Titles:
    """Offices by what reports call them, and the words before a person's name that are no part of it."""

    roles: Mapping[str, Role]
    honorifics: frozenset[str]

    def role(self, folded: str) -> Role | None:
        """The office of a title in the singular or plural."""
        return self.roles.get(folded) or self.roles.get(folded.removesuffix("s"))

    def find(self, folded: Sequence[str]) -> tuple[int, int, Role] | None:
        """The longest title in a row of folded words: where it begins and ends, and its office."""
        for length in range(min(LONGEST, len(folded)), 0, -1):
            for start in range(len(folded) - length + 1):
                role = self.role(" ".join(folded[start : start + length]))
                if role is not None:
                    return start, start + length, role
        return None


@cache
def titles() -> Titles:
    """The titles of roles.tsv and titles.txt. Raises KnowledgeError with file and line."""
    roles: dict[str, Role] = {}
    for row in rows(FOLDER / "roles.tsv", 3):
        role = Role(row.cells[0], row.names(1), row.cells[2] or None)
        for title in (role.name, *role.titles):
            if roles.setdefault(fold(title), role) is not role:
                raise row.error(f"{title!r} is already a title of {roles[fold(title)].name!r}")
    return Titles(roles, frozenset(fold(row.cells[0]) for row in rows(FOLDER / "titles.txt", 1)))


def persons(body_of: Callable[[str], Actor | None]) -> Iterator[Actor]:
    """Persons of offices.tsv; `body_of` finds a body by its canonical name. Raises KnowledgeError where a body is unknown."""
    by_name: dict[str, list[Row]] = {}
    for row in rows(FOLDER / "offices.tsv", 6):
        by_name.setdefault(row.cells[0], []).append(row)
    for name, offices in by_name.items():
        memberships = tuple(_membership(row, body_of) for row in offices)
        home = body_of(offices[0].cells[2])
        aliases = tuple(dict.fromkeys(alias for row in offices for alias in row.names(1)))
        yield Actor(f"person.{slug(name)}", name, "person", home.country if home else None, aliases, memberships=memberships)


def _membership(row: Row, body_of: Callable[[str], Actor | None]) -> Membership:
    body = body_of(row.cells[2])
    if body is None:
        raise row.error(f"the register knows no body called {row.cells[2]!r}")
    return Membership(body.id, row.cells[3] or None, row.tenure(4, 5))
