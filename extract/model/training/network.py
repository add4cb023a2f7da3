"""The network in torch: one encoder that tags half-way up and links at the top.

Names are tagged on the states of a middle layer; what was tagged is added to those states, and
the upper layers read on. Ties: Zhou et al., "Document-level relation extraction with adaptive
thresholding and localized context pooling" (2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from extract.model.labels import STATUSES, TAGS, labels
from extract.model.pairs import SIZES
from extract.model.pieces import CASES, VIEWS

_MARK = 0.2
_RARE = -4.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network; ``tagging`` is the number of layers below the tagger."""

    vocabulary: int = 30522
    layers: int = 10
    tagging: int = 5
    width: int = 384
    heads: int = 12
    inner: int = 1536
    block: int = 32
    near: int = 24
    dropout: float = 0.1

    def to_dict(self) -> dict[str, float]:
        """As plain values."""
        return asdict(self)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.rate = shape.heads, shape.dropout
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.output_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.outer_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, states: Tensor, mask: Tensor, want: bool = False) -> tuple[Tensor, Tensor]:
        batch, length, width = states.shape
        split = (batch, length, self.heads, width // self.heads)
        query = self.query(states).view(split).transpose(1, 2)
        key = self.key(states).view(split).transpose(1, 2)
        value = self.value(states).view(split).transpose(1, 2)
        seen = states.new_zeros(0)
        if want:
            scores = query @ key.transpose(2, 3) * (width // self.heads) ** -0.5
            seen = torch.softmax(scores + mask, dim=-1)
            mixed = seen @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        states = self.output_norm(states + self.drop(self.output(mixed)))
        inner = functional.gelu(self.inner(states))
        return self.outer_norm(states + self.drop(self.outer(inner))), seen


class Lower(nn.Module):
    """Embeddings and the layers up to the tagger."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.position = nn.Embedding(512, shape.width)
        self.case = nn.Embedding(CASES, shape.width)
        self.view = nn.Embedding(VIEWS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.tagging))
        self.tag = nn.Linear(shape.width, TAGS)
        self.kind = nn.Linear(shape.width, len(labels().kinds))

    def forward(
        self, ids: Tensor, cases: Tensor, views: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        # No word stands where the encoder was taught to find [CLS].
        places = torch.arange(1, ids.shape[1] + 1, device=ids.device)
        states = self.word(ids) + self.position(places) + self.case(cases) + self.view(views)
        states = self.drop(self.norm(states))
        for layer in self.layers:
            states, _ = layer(states, mask)
        return states, self.tag(states), self.kind(states)


class Upper(nn.Module):
    """The layers above the tagger, which see the names marked."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.mark = nn.Embedding(1 + 2 * len(labels().kinds), shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers - shape.tagging))

    def forward(self, states: Tensor, marks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = states + self.mark(marks)
        seen = states
        for number, layer in enumerate(self.layers):
            last = number == len(self.layers) - 1
            states, seen = layer(states, mask, want=last)
        return states, seen


class Linker(nn.Module):
    """Scores every ordered pair of a window's entities: ties, what is claimed, statuses."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        ties = len(labels().relations)
        self.blocks = shape.width // shape.block
        self.near = nn.ModuleList(nn.Embedding(size, shape.near) for size in SIZES)
        self.head = nn.Linear(2 * shape.width + shape.near, shape.width)
        self.tail = nn.Linear(2 * shape.width + shape.near, shape.width)
        self.bilinear = nn.Linear(shape.block * shape.width, 2 * ties, bias=False)
        self.linear = nn.Linear(2 * shape.width + shape.near, 2 * ties)
        self.status = nn.Linear(2 * shape.width + shape.near, len(STATUSES))
        self.drop = nn.Dropout(shape.dropout)
        self.pairs = 4096

    def forward(
        self,
        states: Tensor,
        seen: Tensor,
        pooling: Tensor,
        owners: Tensor,
        count: int,
        near: Tensor,
        pairs: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """
        Args:
            states: [pieces, width] of the top layer.
            seen: [heads, pieces, pieces], the attention of the top layer.
            pooling: [mentions, pieces], one where a mention begins.
            owners: [mentions], the entity of each.
            near: [pairs, 6], classes from ``pair_features``.
            pairs: [pairs, 2], head and tail.

        Returns:
            [pairs, 2 × ties] logits (stated as real, then claimed at all); [pairs, statuses].
        """
        entities, attention = pool_entities(states, seen, pooling, owners, count)
        head, tail = pairs[:, 0], pairs[:, 1]
        both = (attention[head] * attention[tail]).sum(dim=1)
        both = both / (both.sum(dim=1, keepdim=True) + 1e-6)
        context = both @ states
        close = sum(table(near[:, i]) for i, table in enumerate(self.near))
        left = torch.tanh(self.head(torch.cat([entities[head], context, close], dim=1)))
        right = torch.tanh(self.tail(torch.cat([entities[tail], context, close], dim=1)))
        left, right = self.drop(left), self.drop(right)
        size = left.shape[1] // self.blocks
        outer = left.view(-1, self.blocks, size, 1) * right.view(-1, self.blocks, 1, size)
        joined = torch.cat([left, right, close], dim=1)
        logits = self.bilinear(outer.reshape(len(left), -1)) + self.linear(joined)
        return logits, self.status(joined)


def pool_entities(
    states: Tensor, seen: Tensor, pooling: Tensor, owners: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """[entities, width] by log-sum-exp over mentions; [entities, heads, pieces] by mean."""
    mentions = pooling @ states
    belongs = functional.one_hot(owners, count).to(states.dtype).T  # [entities, mentions]
    hidden = mentions.unsqueeze(0) + (1 - belongs).unsqueeze(2) * -1e4
    entities = torch.logsumexp(hidden, dim=1)
    rows = torch.einsum("mp,hpq->mhq", pooling, seen)
    share = belongs / belongs.sum(dim=1, keepdim=True).clamp(min=1)
    return entities, torch.einsum("em,mhq->ehq", share, rows)


class Network(nn.Module):
    """The whole: ``lower``, ``upper`` and ``linker``."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.lower = Lower(shape)
        self.upper = Upper(shape)
        self.linker = Linker(shape)

    def start_from(self, base: dict[str, Tensor], kept: Sequence[int] | None = None) -> None:
        """Take over the weights of an encoder; ``kept`` are the vocabulary rows to keep.

        Case and spaCy's view begin at nothing, so that training starts from what the encoder
        knows; marks are felt from the start, and ties begin as rare as they are.
        """
        lower = self.lower
        words = base["embeddings.word_embeddings.weight"]
        rows = words if kept is None else words[torch.tensor(list(kept))]
        with torch.no_grad():
            lower.word.weight.copy_(rows)
            types = base["embeddings.token_type_embeddings.weight"][0]
            lower.position.weight.copy_(base["embeddings.position_embeddings.weight"] + types)
            lower.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
            lower.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
            for table in (lower.case, lower.view):
                table.weight.zero_()
            self.upper.mark.weight.normal_(0.0, _MARK)
            self.upper.mark.weight[0].zero_()
            self.linker.linear.bias.fill_(_RARE)
            for number, layer in enumerate([*lower.layers, *self.upper.layers]):
                _copy_layer(layer, base, f"encoder.layer.{number}")


_PLACES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "output_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def _copy_layer(layer: nn.Module, base: dict[str, Tensor], prefix: str) -> None:
    for name, place in _PLACES.items():
        part = layer.get_submodule(name)
        for which in ("weight", "bias"):
            part.get_parameter(which).copy_(base[f"{prefix}.{place}.{which}"])
