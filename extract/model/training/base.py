"""The encoder that training starts from: bge-small-en-v1.5 (MIT), read out of its ONNX file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from extract.errors import InputError

ENCODER, TOKENIZER = "bge-small-en-v1.5.onnx", "bge-small-en-v1.5-tokenizer.json"
_WEIGHT = re.compile(r"/encoder/layer\.(\d+)/(.*)/MatMul(?:_\d+)?$")


@dataclass(frozen=True, slots=True)
class Base:
    """Where training starts: an encoder's ONNX file and its tokenizer's."""

    encoder: Path
    tokenizer: Path


def find_base(folder: Path) -> Base:
    """The two files in a folder. Raises InputError where one is missing."""
    for name in (ENCODER, TOKENIZER):
        if not (folder / name).is_file():
            raise InputError(f"no {name} in {folder}; fetch it with `make model`")
    return Base(folder / ENCODER, folder / TOKENIZER)


def read_base(path: Path) -> dict[str, torch.Tensor]:
    """The weights by their names in BERT; the matrices turned to torch's [out, in].

    Raises InputError where the file holds no such encoder.
    """
    graph = onnx.load(str(path)).graph
    arrays = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    found = {
        name: torch.from_numpy(np.array(value, dtype=np.float32))
        for name, value in arrays.items()
        if name.startswith(("embeddings.", "encoder.")) and value.dtype == np.float32
    }
    for node in graph.node:
        match = _WEIGHT.fullmatch(node.name)
        weight = next((name for name in node.input if name in arrays), None)
        if match and weight and node.op_type == "MatMul":
            name = f"encoder.layer.{match[1]}.{match[2].replace('/', '.')}.weight"
            found[name] = torch.from_numpy(np.array(arrays[weight].T, dtype=np.float32))
    if "encoder.layer.11.output.dense.weight" not in found:
        raise InputError(f"{path} holds no 12-layer BERT; run `make model` to fetch the right file")
    return found
