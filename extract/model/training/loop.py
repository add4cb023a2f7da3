"""The training loop: seeded, resumable, the same on every run on one machine."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from extract.model.training.examples import Example, batches
from extract.model.training.loss import batch_loss, pad
from extract.model.training.network import Network


@dataclass(frozen=True, slots=True)
class Course:
    """How to train. ``pieces`` is the size of a batch, ``share`` the part of the windows that
    is joined in twos, ``blind`` the part in which spaCy's view is hidden."""

    epochs: int = 8
    rate: float = 1.5e-4
    head_rate: float = 6e-4
    decay: float = 0.01
    warm: float = 0.06
    pieces: int = 800
    longest: int = 320
    share: float = 0.25
    blind: float = 0.15
    seed: int = 7


_KEPT = ("lower.word.weight", "lower.position.weight")  # names of the corpus must not shape them
Tell = Callable[[str], None]


def train(
    network: Network,
    examples: Sequence[Sequence[Example]],
    course: Course,
    tell: Tell,
    checkpoint: Path | None = None,
) -> None:
    """Train in place.

    Args:
        examples: for each window the variants of it; an epoch takes one of them at random.
        checkpoint: a file written after each epoch; training goes on from it where it exists.
    """
    torch.manual_seed(course.seed)
    steps = course.epochs * len(_epoch(examples, course, 0))
    optimiser = torch.optim.AdamW(_groups(network, course), fused=True)
    peaks = [group["lr"] for group in optimiser.param_groups]
    first, step = 0, 0
    if checkpoint is not None and checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        first, step = saved["epoch"], saved["step"]
    network.train()
    for epoch in range(first, course.epochs):
        begun = time.monotonic()
        torch.manual_seed(course.seed * 1000 + epoch)
        chance = random.Random(course.seed * 1000 + epoch)
        totals: dict[str, float] = {}
        made = _epoch(examples, course, epoch)
        for batch in made:
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * _pace(step, steps, course.warm)
            parts = _step(network, optimiser, batch, course, chance)
            for name, value in parts.items():
                totals[name] = totals.get(name, 0.0) + value / len(made)
            step += 1
        if checkpoint is not None:
            _save(checkpoint, network, optimiser, epoch + 1, step)
        losses = ", ".join(f"{name} {value:.3f}" for name, value in totals.items())
        seconds = time.monotonic() - begun
        tell(f"epoch {epoch + 1} of {course.epochs}: {losses}; {seconds:.0f} s")
    network.eval()


def _epoch(
    examples: Sequence[Sequence[Example]], course: Course, epoch: int
) -> list[list[Example]]:
    chance = random.Random(course.seed * 1000 + epoch)
    chosen = [variants[chance.randrange(len(variants))] for variants in examples]
    return batches(chosen, course.pieces, course.longest, course.share, chance)


def _step(
    network: Network,
    optimiser: torch.optim.Optimizer,
    examples: Sequence[Example],
    course: Course,
    chance: random.Random,
) -> dict[str, float]:
    batch = pad(examples)
    for row in range(len(examples)):
        if chance.random() < course.blind:
            batch.views[row] = 0
    loss, parts = batch_loss(network, batch)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return parts


def _pace(step: int, steps: int, warm: float) -> float:
    """Up in a straight line, then down in one."""
    rise = max(1, int(steps * warm))
    return (step + 1) / rise if step < rise else max(0.0, (steps - step) / (steps - rise))


def _groups(network: Network, course: Course) -> list[dict[str, object]]:
    """Parameters by rate and decay: what is new learns faster; biases and norms don't decay."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name in _KEPT:
            parameter.requires_grad_(False)
            continue
        new = name.startswith("linker") or any(
            part in name for part in ("case", "view", "mark", "tag", "kind")
        )
        rate = course.head_rate if new else course.rate
        decay = 0.0 if parameter.dim() < 2 else course.decay
        groups.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": rows, "lr": rate, "weight_decay": decay}
        for (rate, decay), rows in groups.items()
    ]


def _save(
    path: Path, network: Network, optimiser: torch.optim.Optimizer, epoch: int, step: int
) -> None:
    state = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "epoch": epoch,
        "step": step,
    }
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)
