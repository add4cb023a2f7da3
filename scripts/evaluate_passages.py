"""How well the annotated passages of the repository are read, by `extract.evaluate`.

    python scripts/evaluate_passages.py [--every 5] [--errors] [--html page.html]

The weights for names are fitted on these passages and the rules for ties were written with some
of them at hand, so unseen texts are read less well than this says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extract.evaluate import evaluate
from extract.evaluation.comparison import read_run
from extract.model.annotated import read_corpus
from extract.pipeline import Reader
from partnergraph.cli.documents import tell_evaluation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=5, help="read every fifth passage")
    parser.add_argument("--errors", action="store_true", help="list each missed and false tie")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page as well")
    parser.add_argument("--compare", type=Path, metavar="RUN", help="the JSON of an earlier run")
    asked = parser.parse_args()
    before = read_run(asked.compare) if asked.compare else None
    passages = [record for i, record in enumerate(read_corpus()) if i % asked.every == 0]
    result = evaluate(passages, Reader().read)
    tell_evaluation(result, before, as_json=asked.json, errors=asked.errors, html=asked.html)


if __name__ == "__main__":
    sys.exit(main())
