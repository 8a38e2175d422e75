"""Write the published schemas anew: `python -m khabar.records.schema`. With --check, fail where they are out of date."""

from __future__ import annotations

import sys

from khabar.records.schema.generate import stale, write

if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        if late := stale():
            sys.exit(f"out of date: {', '.join(late)}; run python -m khabar.records.schema and commit what it writes")
    else:
        write()
