"""How well texts are read that the reader was not trained on: `make evaluate`.

    python scripts/evaluate_passages.py [--errors] [--html page.html] [--compare RUN] [--json]

Reads the raw text of the annotated passages that were kept out of training. The weights of the
vote and its threshold are fitted on the same passages, two dozen numbers to some two thousand ties.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extract.evaluate import evaluate
from extract.evaluation.comparison import read_run
from extract.model.annotated import held_out
from extract.pipeline import Reader
from partnergraph.cli.documents import tell_evaluation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list each missed and false tie")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page as well")
    parser.add_argument("--compare", type=Path, metavar="RUN", help="the JSON of an earlier run")
    asked = parser.parse_args()
    before = read_run(asked.compare) if asked.compare else None
    reader = Reader()
    passages = [record for _, record in held_out(int(reader.ties.network.settings["fold"]))]
    result = evaluate(passages, reader.read)
    tell_evaluation(result, before, as_json=asked.json, errors=asked.errors, html=asked.html)


if __name__ == "__main__":
    sys.exit(main())
