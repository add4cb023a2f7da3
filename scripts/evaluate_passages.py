"""How well the annotated passages of the repository are read, by `extract.evaluate`.

    python scripts/evaluate_passages.py [--every 5]

The weights for names are fitted on these passages and the rules for ties were written with some
of them at hand, so unseen texts are read less well than this says.
"""

from __future__ import annotations

import argparse
import sys

from extract.evaluate import evaluate
from extract.model.annotated import read_corpus
from extract.pipeline import Reader
from partnergraph.cli.tables import evaluation_tables
from partnergraph.cli.terminal import show


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=5, help="read every fifth passage")
    every = parser.parse_args().every
    passages = [record for i, record in enumerate(read_corpus()) if i % every == 0]
    show(*evaluation_tables(evaluate(passages, Reader().read)))


if __name__ == "__main__":
    sys.exit(main())
