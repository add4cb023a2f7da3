"""Print the tables: `python -m benchmarks [reading] [loading] [startup] [page]`."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.table import print_table

NAMES = ("startup", "reading", "loading", "page")


def main(chosen: list[str]) -> None:
    """Run the chosen benchmarks, or all, one after the other."""
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    for name in chosen or NAMES:
        module = import_module(f"benchmarks.{name}")
        print_table(module.TITLE, module.measure())


if __name__ == "__main__":
    main(sys.argv[1:])
