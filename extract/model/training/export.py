"""From torch to what ships: two int8 ONNX graphs, the pair scorer in half precision."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from extract.model.training.network import Lower, Network, Upper

_OPSET = 17


def export(network: Network, folder: Path, settings: Mapping[str, Any], int8: bool = True) -> None:
    """Write lower.onnx, upper.onnx, linker.npz and settings.json into a folder.

    Weights are quantised with a reduced range: on processors without VNNI the products of full
    8-bit weights overflow their 16-bit sums.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    _write_graph(network.lower, _lower_inputs(), folder / "lower.onnx", int8)
    _write_graph(network.upper, _upper_inputs(network), folder / "upper.onnx", int8)
    arrays = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in network.linker.state_dict().items()
    }
    np.savez(folder / "linker.npz", **arrays)
    text = json.dumps(dict(settings), indent=1, sort_keys=True) + "\n"
    (folder / "settings.json").write_text(text, encoding="utf-8")


def _write_graph(
    module: Lower | Upper, inputs: Mapping[str, torch.Tensor], path: Path, int8: bool
) -> None:
    outputs = ["states", "tags", "kinds"] if isinstance(module, Lower) else ["top", "seen"]
    axes = {name: _axes(name) for name in [*inputs, *outputs]}
    with tempfile.TemporaryDirectory() as place:
        plain = Path(place) / "plain.onnx"
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(plain),
            input_names=list(inputs),
            output_names=[f"{name}_out" if name in inputs else name for name in outputs],
            dynamic_axes={
                (f"{name}_out" if name in inputs and name in outputs else name): value
                for name, value in axes.items()
            }
            | {name: axes[name] for name in inputs},
            opset_version=_OPSET,
            dynamo=False,
        )
        if int8:
            quantize_dynamic(plain, path, weight_type=QuantType.QInt8, reduce_range=True)
        else:
            path.write_bytes(plain.read_bytes())


def _axes(name: str) -> dict[int, str]:
    if name == "mask":
        return {0: "batch", 3: "length"}
    if name == "seen":
        return {0: "batch", 2: "length", 3: "length"}
    return {0: "batch", 1: "length"}


def _lower_inputs() -> dict[str, torch.Tensor]:
    numbers = torch.zeros((2, 9), dtype=torch.int64)
    mask = torch.zeros((2, 1, 1, 9))
    return {"ids": numbers, "cases": numbers.clone(), "views": numbers.clone(), "mask": mask}


def _upper_inputs(network: Network) -> dict[str, torch.Tensor]:
    states = torch.zeros((2, 9, network.shape.width))
    marks = torch.zeros((2, 9), dtype=torch.int64)
    return {"states": states, "marks": marks, "mask": torch.zeros((2, 1, 1, 9))}
