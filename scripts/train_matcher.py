"""Train the matcher of organisations' names: graph/names/weights/matcher.onnx.

    python scripts/train_matcher.py --data FOLDER

FOLDER holds dev_org_aliases.jsonl and dev_firm_aliases.jsonl (pairs of names with `match` 1 or 0;
the former from ROR, CC0). Needs scikit-learn and onnx (`make install-train`). Prints what the
model reaches on organisations that it was not trained on: ten folds, split by organisation, and
without the table of well-known organisations. Of pairs that are wholly unlike it is told too,
by pairs drawn from the same names: else it would take any two unlike names for a translation.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.names.evaluate import THRESHOLD, best_f1, recall_at_false
from graph.names.features import Names, feature_names, features
from graph.names.matching import probabilities
from graph.names.organisations import known_organisations
from graph.names.parsing import parse

ROOT = Path(__file__).parents[1] / "graph" / "names"
FOLDS = 10
SEEDS = (0,)  # forests that are averaged
LEFT_OUT = ("homonym", "text_surface_low_overlap", "hard_negative_related")
ALIKE, UNLIKE = 12_000, 4000  # drawn pairs of different organisations: in one block, and any
WEIGHTS = {"firm": 2.0, "org": 1.0, "drawn": 0.15}
COMMON = 4  # names: a rarer word is in no table
FOREST = {
    "max_iter": 320,
    "learning_rate": 0.05,
    "max_leaf_nodes": 12,
    "l2_regularization": 3.0,
    "min_samples_leaf": 15,
    "max_features": 0.4,
    "early_stopping": False,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether they are one, from which set, and the organisations they are of."""

    a: str
    b: str
    match: int
    source: str
    bearers: tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    told = parser.parse_args()
    pairs = [*_read(told.data, "org"), *_read(told.data, "firm")]
    write_frequencies({name for pair in pairs for name in (pair.a, pair.b)})
    folds = split_by_organisation(pairs)
    pairs += draw_different(pairs)
    table = features(
        Names.of([parse("ORG", pair.a) for pair in pairs]),
        Names.of([parse("ORG", pair.b) for pair in pairs]),
    )
    sides = np.array([[folds[bearer] for bearer in pair.bearers] for pair in pairs])
    matches = np.array([pair.match for pair in pairs])
    weights = np.array([WEIGHTS[pair.source] for pair in pairs])
    found = np.zeros(len(pairs))
    for fold in range(FOLDS):
        train, test = (sides != fold).all(1), (sides == fold).any(1)
        forests = _fit(table[train], matches[train], weights[train])
        found[test] = _probabilities(forests, table[test])
    for source in WEIGHTS:
        chosen = np.array([pair.source == source for pair in pairs])
        print(json.dumps({"set": source, **measure(matches[chosen], found[chosen])}))
    known = with_table(pairs, found)
    for source in ("org", "firm"):
        chosen = np.array([pair.source == source for pair in pairs])
        told = measure(matches[chosen], known[chosen])
        print(json.dumps({"set": f"{source} with table", **told}))
    export(_fit(table, matches, weights), ROOT / "weights" / "matcher.onnx")


def _read(folder: Path, source: str) -> Iterator[Pair]:
    for line in (folder / f"dev_{source}_aliases.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["pair_type"] not in LEFT_OUT:
            ids = [row.get(f"{side}_id") or parse("ORG", row[side]).key for side in "ab"]
            yield Pair(row["a"], row["b"], row["match"], source, (ids[0], ids[1]))


def write_frequencies(names: set[str]) -> None:
    """How common words are in the names: words/frequency.csv, rounded."""
    path = ROOT / "words" / "frequency.csv"
    counts = Counter(c for name in names for c in {t.concept for t in parse("ORG", name).tokens})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["concept", "share"])
        for concept in sorted(counts):
            if counts[concept] >= COMMON:
                writer.writerow([concept, f"{counts[concept] / len(names):.5f}"])


def split_by_organisation(pairs: Sequence[Pair]) -> dict[str, int]:
    """The fold of each organisation: those of one pair are in one."""
    group: dict[str, str] = {}

    def root(one: str) -> str:
        group.setdefault(one, one)
        while group[one] != one:
            one = group[one]
        return one

    for pair in pairs:
        group[root(pair.bearers[0])] = root(pair.bearers[1])
    roots = sorted({root(one) for one in list(group)})
    draw = random.Random(0)
    folds = {one: draw.randrange(FOLDS) for one in roots}
    return {one: folds[root(one)] for one in group}


def draw_different(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs of names of different organisations: some that share a word or a first letter of an
    acronym, some at random."""
    draw = random.Random(1)
    bearers: dict[str, str] = {}
    for pair in pairs:
        if pair.source == "org":
            bearers |= {pair.a: pair.bearers[0], pair.b: pair.bearers[1]}
    names = sorted(bearers)
    shared: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parsed = parse("ORG", name)
        short = {parsed.capitals[:1], parsed.initials[1][:1] if len(parsed.tokens) > 1 else ""}
        for key in sorted({t.concept for t in parsed.tokens} | {f"={s}" for s in short if s}):
            shared[key].append(name)
    keys = sorted(key for key, inside in shared.items() if len(inside) > 1)
    found: list[Pair] = []
    while len(found) < ALIKE + UNLIKE:
        inside = shared[draw.choice(keys)] if len(found) < ALIKE else names
        a, b = draw.sample(inside, 2)
        if bearers[a] != bearers[b] and parse("ORG", a).key != parse("ORG", b).key:
            found.append(Pair(a, b, 0, "drawn", (bearers[a], bearers[b])))
    return found


def _fit(table: Any, matches: Any, weights: Any) -> list[Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return [
        HistGradientBoostingClassifier(random_state=seed, **FOREST).fit(table, matches, weights)
        for seed in SEEDS
    ]


def _probabilities(forests: Sequence[Any], table: Any) -> NDArray[np.float64]:
    odds = np.mean([forest.decision_function(table) for forest in forests], axis=0)
    return np.asarray(1 / (1 + np.exp(-odds)))


def measure(matches: NDArray[np.int64], found: NDArray[np.float64]) -> dict[str, float]:
    """F1 at the shipped threshold and at the best, and recall at 1 % false merges."""
    if not matches.any():
        return {"pairs": len(matches), "above one half": round(float((found > 0.5).mean()), 4)}
    f1, threshold = best_f1(matches, found)
    from sklearn.metrics import f1_score

    return {
        "pairs": len(matches),
        "f1": round(f1_score(matches, found >= THRESHOLD), 3),
        "best f1": round(f1, 3),
        "its threshold": round(threshold, 3),
        "recall_at_1pct_false": round(recall_at_false(matches, found, 0.01), 3),
    }


def with_table(pairs: Sequence[Pair], found: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the folds say, and the table of well-known organisations where it knows better."""
    told = probabilities("ORG", [(pair.a, pair.b) for pair in pairs])
    decided = np.array([_is_known(pair) for pair in pairs])
    return np.where(decided, told, found)


def _is_known(pair: Pair) -> bool:
    one, other = parse("ORG", pair.a).key, parse("ORG", pair.b).key
    return one == other or known_organisations().same(one, other) is not None


def export(forests: Sequence[Any], path: Path) -> None:
    """The mean of the forests as one ONNX tree ensemble that gives log odds."""
    from onnx import TensorProto, helper

    nodes: dict[str, list[Any]] = defaultdict(list)
    share = 1 / len(forests)
    tree = 0
    for forest in forests:
        for (predictor,) in forest._predictors:  # one of each iteration: two classes
            _add_tree(nodes, predictor.nodes, tree, share)
            tree += 1
    base = float(np.mean([forest._baseline_prediction.item() for forest in forests]))
    ensemble = helper.make_node(
        "TreeEnsembleRegressor",
        ["features"],
        ["odds"],
        domain="ai.onnx.ml",
        n_targets=1,
        base_values=[base],
        post_transform="NONE",
        **nodes,
    )
    width = len(feature_names())
    graph = helper.make_graph(
        [ensemble],
        "matcher",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, [None, 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="partnergraph")
    model.ir_version = 9
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(model.SerializeToString())
    print(f"{path.name}: {tree} trees, {path.stat().st_size:,} bytes")


def _add_tree(nodes: dict[str, list[Any]], rows: Any, tree: int, share: float) -> None:
    for number, row in enumerate(rows):
        leaf = bool(row["is_leaf"])
        nodes["nodes_treeids"].append(tree)
        nodes["nodes_nodeids"].append(number)
        nodes["nodes_featureids"].append(0 if leaf else int(row["feature_idx"]))
        nodes["nodes_modes"].append("LEAF" if leaf else "BRANCH_LEQ")
        nodes["nodes_values"].append(0.0 if leaf else _below(row["num_threshold"]))
        nodes["nodes_truenodeids"].append(0 if leaf else int(row["left"]))
        nodes["nodes_falsenodeids"].append(0 if leaf else int(row["right"]))
        if leaf:
            nodes["target_treeids"].append(tree)
            nodes["target_nodeids"].append(number)
            nodes["target_ids"].append(0)
            nodes["target_weights"].append(float(row["value"]) * share)


def _below(threshold: float) -> float:
    """The largest 32-bit number not above it: features are 32-bit, so no branch turns."""
    near = np.float32(threshold)
    return float(near if near <= threshold else np.nextafter(near, np.float32(-np.inf)))


if __name__ == "__main__":
    main()
