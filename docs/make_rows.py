"""Fill the column "holds" of docs/panjshir-rows.md from tests/panjshir: python docs/make_rows.py [--check]

A row holds unless the tests name it in NOT_YET with a reason; there it is a strict expected failure, so the table cannot lag behind.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE / "panjshir-rows.md"
TESTS = HERE.parent / "tests" / "panjshir" / "test_rows.py"


def not_yet() -> dict[str, str]:
    """Row → why it does not hold yet. Raises ValueError where the tests do not say."""
    for node in ast.parse(TESTS.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "NOT_YET" and node.value:
            found: dict[str, str] = ast.literal_eval(node.value)
            return found
    raise ValueError(f"{TESTS}: no NOT_YET there")


def filled(page: str) -> str:
    """The page with its last column as the tests have it."""
    missing = not_yet()
    lines = []
    for line in page.splitlines():
        cells = line.split(" | ")
        row = cells[0].removeprefix("| ")
        if row.startswith("S") and row[1:].isdigit():
            line = " | ".join([*cells[:3], f"not yet: {missing.pop(row)} |" if row in missing else "yes |"])
        lines.append(line)
    if missing:
        raise ValueError(f"NOT_YET names rows that the table lacks: {', '.join(missing)}")
    return "\n".join(lines) + "\n"


def main() -> int:
    page = TABLE.read_text(encoding="utf-8")
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(filled(page), encoding="utf-8")
    elif filled(page) != page:
        sys.stderr.write(f"{TABLE.name} is out of date: run python docs/make_rows.py and commit what it writes\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
