"""Print the tables: `python -m benchmarks [NAME…] [--fp32 FOLDER] [--documents N] [--size N]`."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from benchmarks.table import print_table

NAMES = (
    "startup",
    "reading",
    "memory",
    "loading",
    "growth",
    "questions",
    "page",
    "exports",
    "names",
    "spark-reading",
    "spark-names",
    "spark-load",
    "cost",
)


def main() -> None:
    """Run the chosen benchmarks, or all, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--fp32", type=Path, help="reading: weights that were not quantised")
    parser.add_argument("--documents", type=int, help="how many to read or load")
    parser.add_argument("--size", type=int, help="exports, spark-names: how many names")
    told = parser.parse_args()
    if unknown := sorted(set(told.names) - set(NAMES)):
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    number = {"documents": told.documents} if told.documents else {}
    counted = dict.fromkeys(
        ("memory", "loading", "growth", "questions", "spark-reading", "spark-load"), number
    )
    sized = {"exports": {"size": told.size}, "spark-names": {"names": told.size}}
    options = {"reading": {"fp32": told.fp32}, **counted, **(sized if told.size else {})}
    for name in told.names or NAMES:
        module = import_module(f"benchmarks.{name.replace('-', '_')}")
        print_table(module.TITLE, module.measure(**options.get(name, {})))


if __name__ == "__main__":
    main()
