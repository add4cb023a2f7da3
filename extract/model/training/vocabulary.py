"""A smaller vocabulary: pieces of other scripts and the rarest whole words are left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def kept_rows(tokenizer: Path, size: int) -> list[int]:
    """The vocabulary numbers to keep: special ones, all pieces that go on or are one letter,
    and then the whole words in the vocabulary's order, which is by frequency.

    A word that is left out is still read, as several pieces.
    """
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    latin = {piece: row for piece, row in vocabulary.items() if _is_readable(piece)}
    parts = [row for piece, row in latin.items() if _is_part(piece)]
    words = [row for piece, row in latin.items() if not _is_part(piece)]
    return sorted([*parts, *sorted(words)[: max(0, size - len(parts))]])


def shrink(tokenizer: Path, kept: Sequence[int], output: Path) -> None:
    """Write the tokenizer with those pieces only, numbered in their order."""
    raw = json.loads(tokenizer.read_text(encoding="utf-8"))
    numbers = {row: number for number, row in enumerate(kept)}
    vocabulary = raw["model"]["vocab"]
    raw["model"]["vocab"] = {p: numbers[row] for p, row in vocabulary.items() if row in numbers}
    for token in raw["added_tokens"]:
        token["id"] = raw["model"]["vocab"][token["content"]]
    raw["post_processor"] = raw["padding"] = raw["truncation"] = None
    output.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def _is_part(piece: str) -> bool:
    return piece in _SPECIAL or piece.startswith("##") or len(piece) == 1


def _is_readable(piece: str) -> bool:
    if piece in _SPECIAL:
        return True
    if piece.startswith("[unused"):
        return False
    return all(
        ord(letter) < 0x250 or 0x2000 <= ord(letter) < 0x2100 or 0x20A0 <= ord(letter) < 0x20D0
        for letter in piece
    )
