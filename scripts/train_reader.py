"""Train the reader's network on the annotated passages, and fit the vote: `make model`.

    python scripts/train_reader.py --base FOLDER [--work .training] [--limit N] [--fold K]

FOLDER holds the encoder to start from (bge-small-en-v1.5, MIT) as ONNX, with its tokenizer, as
`make model` fetches it. A training that was cut off goes on from its last epoch when started
again. With --limit the figures are those of a smaller corpus: a point of the learning curve.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

from extract.model.annotated import held_out
from extract.model.network import WEIGHTS
from extract.model.training.ballot import fit_ballot, held_out_examples
from extract.model.training.base import find_base
from extract.model.training.build import Plan, build_network, export_last, put_vote


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".training"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--epochs", type=int, default=Plan().course.epochs)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--only-vote", action="store_true", help="export and vote, no training")
    parser.add_argument("--fp32", type=Path, help="only write the last weights unquantised here")
    told = parser.parse_args()
    plan = Plan(fold=told.fold)
    plan = replace(plan, course=replace(plan.course, epochs=told.epochs))
    base = find_base(told.base)
    if told.fp32:
        export_last(base, plan, told.work, told.fp32, int8=False)
        return
    if told.only_vote:
        export_last(base, plan, told.work, told.weights)
    else:
        build_network(base, plan, told.work, _tell, told.weights, told.limit)
    examples, gold = held_out_examples(held_out(plan.fold), told.weights)
    fitted = fit_ballot(examples, gold)
    put_vote({"weights": fitted.weights, "threshold": fitted.threshold}, told.weights)
    figures = {key: value for key, value in asdict(fitted).items() if key != "weights"}
    _tell(json.dumps({"held out": figures, "ties to find": gold}, indent=1))


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
