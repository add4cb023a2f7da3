"""What reading with a language model took: requests, tokens, money, and ties thrown out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_MILLION = 1_000_000


@dataclass(slots=True)
class Usage:
    """Counted while reading. ``retries`` are among the ``requests``; ``dropped`` counts the
    ties of answers that were not believed, by the reason.

    ``cost`` is in the currency of the prices, which are per million tokens. Tokens are what
    the endpoint says; one that says nothing counts none.
    """

    price_in: float = 0.0
    price_out: float = 0.0
    requests: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def cost(self) -> float:
        """What the tokens cost so far."""
        return (self.tokens_in * self.price_in + self.tokens_out * self.price_out) / _MILLION

    @property
    def dropped_ties(self) -> int:
        """How many ties were thrown out."""
        return self.dropped.total()

    def sentence(self) -> str:
        """One line for a person."""
        said = (
            f"language model: {_counted(self.requests, 'request')} ({self.retries:,} again), "
            f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out"
        )
        if self.price_in or self.price_out:
            said += f", cost {self.cost:.4f}"
        said += f", {_counted(self.dropped_ties, 'tie')} dropped"
        why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(self.dropped.items()))
        return f"{said} ({why})" if why else said


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
