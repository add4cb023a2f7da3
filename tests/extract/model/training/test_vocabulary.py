"""A smaller vocabulary reads the same letters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from extract.model.training.vocabulary import kept_rows, shrink

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = ["the", "plant", "firm", "ünd", "завод", "工"]
PIECES = [*SPECIAL, "[unused0]", "a", "f", "p", *WORDS, "##i", "##r", "##m", "##s", "##д"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A tokenizer with a few pieces, some of them of other scripts."""
    vocabulary = {piece: number for number, piece in enumerate(PIECES)}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.add_special_tokens(SPECIAL)
    made.enable_padding()
    made.enable_truncation(8)
    made.save(str(tmp_path / "whole.json"))
    return tmp_path / "whole.json"


def _kept(file: Path, size: int) -> list[str]:
    return [PIECES[row] for row in kept_rows(file, size)]


def _read(tokenizer: Any, text: str) -> list[str]:
    return list(tokenizer.encode(text, add_special_tokens=False).tokens)


def test_other_scripts_and_what_is_unused_are_left_out(file: Path) -> None:
    assert set(PIECES) - set(_kept(file, 100)) == {"[unused0]", "завод", "工", "##д"}


def test_parts_stay_and_the_first_words_fill_up(file: Path) -> None:
    parts = [*SPECIAL, "a", "f", "p", "##i", "##r", "##m", "##s"]
    assert _kept(file, len(parts) + 2) == [*parts[:8], "the", "plant", *parts[8:]]


def test_a_size_below_the_parts_keeps_the_parts(file: Path) -> None:
    assert set(_kept(file, 3)).isdisjoint(WORDS)
    assert set(SPECIAL) <= set(_kept(file, 3))


def test_pieces_are_numbered_in_their_order(file: Path, tmp_path: Path) -> None:
    kept = kept_rows(file, 14)
    shrink(file, kept, tmp_path / "small.json")
    small = Tokenizer.from_file(str(tmp_path / "small.json"))
    assert [small.id_to_token(number) for number in range(len(kept))] == [PIECES[r] for r in kept]
    assert small.get_vocab_size() == len(kept)


def test_a_word_that_is_left_out_is_read_in_parts(file: Path, tmp_path: Path) -> None:
    shrink(file, kept_rows(file, 14), tmp_path / "small.json")
    whole, small = (Tokenizer.from_file(str(path)) for path in (file, tmp_path / "small.json"))
    assert _read(whole, "The firms")[:2] == ["the", "firm"]
    assert _read(small, "The firms") == ["the", "f", "##i", "##r", "##m", "##s"]


def test_nothing_is_padded_cut_off_or_put_around(file: Path, tmp_path: Path) -> None:
    shrink(file, kept_rows(file, 100), tmp_path / "small.json")
    raw = json.loads((tmp_path / "small.json").read_text(encoding="utf-8"))
    assert raw["padding"] is raw["truncation"] is raw["post_processor"] is None
    small = Tokenizer.from_file(str(tmp_path / "small.json"))
    assert _read(small, "the " * 20) == ["the"] * 20
