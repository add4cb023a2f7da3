"""The whole training: corpus in, the shipped weights and their figures out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from extract.errors import InputError
from extract.model.annotated import is_held_out, read_corpus
from extract.model.network import WEIGHTS
from extract.model.training.base import Base, read_base
from extract.model.training.examples import Example, make_examples
from extract.model.training.export import export
from extract.model.training.loop import Course, Tell, train
from extract.model.training.network import Network, Shape
from extract.model.training.variants import vary
from extract.model.training.vocabulary import kept_rows, shrink

OVERLAP = 96
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train: the network's shape, the course, the size of its vocabulary, the fold of
    passages kept out (of ``FOLDS``), and how much of the names is exchanged in the variants."""

    shape: Shape = field(default_factory=Shape)
    course: Course = field(default_factory=Course)
    vocabulary: int = 20000
    fold: int = 0
    exchanged: float = 0.35


def build_network(
    base: Base, plan: Plan, folder: Path, tell: Tell, weights: Path = WEIGHTS, limit: int = 0
) -> None:
    """Train on the corpus of the repository and write the weights.

    Args:
        base: where training starts.
        plan: what to train.
        folder: for checkpoints; a training that was cut off goes on from them.
        tell: is told how it goes.
        weights: the folder to write.
        limit: train on so many passages only (0: on all), for a learning curve or a test.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights.mkdir(parents=True, exist_ok=True)
    kept = kept_rows(base.tokenizer, plan.vocabulary)
    shrink(base.tokenizer, kept, weights / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    records = [r for i, r in enumerate(read_corpus()) if not is_held_out(i, plan.fold)]
    if limit:
        records = records[:: max(1, len(records) // limit)][:limit]
    tell(f"{len(records)} passages to train on, {len(kept)} word pieces known")
    examples = _examples(records, tokenizer, plan)
    torch.manual_seed(plan.course.seed)
    network = Network(_sized(plan.shape, len(kept)))
    network.start_from(read_base(base.encoder), kept)
    train(network, examples, plan.course, tell, folder / CHECKPOINT)
    export(network, weights, settings_of(plan, len(kept)))


def export_last(base: Base, plan: Plan, folder: Path, weights: Path, int8: bool = True) -> None:
    """Write the weights of the last checkpoint in ``folder``, in 8 bits or as they are.

    Raises InputError where no training has left a checkpoint.
    """
    checkpoint = folder / CHECKPOINT
    if not checkpoint.is_file():
        raise InputError(f"no {CHECKPOINT} in {folder}; train first, with `make model`")
    weights.mkdir(parents=True, exist_ok=True)
    kept = kept_rows(base.tokenizer, plan.vocabulary)
    shrink(base.tokenizer, kept, weights / "tokenizer.json")
    network = Network(_sized(plan.shape, len(kept)))
    network.load_state_dict(torch.load(checkpoint)["network"])
    export(network, weights, settings_of(plan, len(kept)), int8)


def settings_of(plan: Plan, vocabulary: int) -> dict[str, Any]:
    """What reading needs to know of the network; the vote's weights are put in later."""
    shape = _sized(plan.shape, vocabulary)
    vote = {"weights": {"network": 1.0, "rule": 1.0}, "threshold": 0.5, "least": 0.25}
    return {
        "window": plan.course.longest,
        "overlap": OVERLAP,
        "block": shape.block,
        "shape": shape.to_dict(),
        "course": asdict(plan.course),
        "fold": plan.fold,
        "vote": {**vote, "unreal": 0.5},
    }


def put_vote(vote: Mapping[str, Any], weights: Path = WEIGHTS) -> None:
    """Put the fitted weights of the vote into the settings."""
    path = weights / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["vote"] = {**settings["vote"], **vote}
    path.write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _sized(shape: Shape, vocabulary: int) -> Shape:
    return Shape(**{**asdict(shape), "vocabulary": vocabulary})


def _examples(
    records: Sequence[Mapping[str, Any]], tokenizer: Tokenizer, plan: Plan
) -> list[list[Example]]:
    """For each window of a passage its variants: as written, and with names exchanged."""
    from extract.pipeline import load_model

    nlp = load_model()
    varied = list(vary(records, plan.exchanged, plan.course.seed))
    rows: list[list[Example]] = []
    for record, other in zip(records, varied, strict=True):
        texts = [record] if other is record else [record, other]
        made = [
            list(make_examples([text], nlp, tokenizer, plan.course.longest, OVERLAP))
            for text in texts
        ]
        rows += (
            [[example] for example in made[0]]
            if len(made[0]) != len(made[-1])
            else [list(pair) for pair in zip(*made, strict=True)]
        )
    return rows
