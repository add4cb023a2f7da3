"""From torch to what ships: two int8 ONNX graphs, the pair scorer in half precision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from extract.model.network import SCALE
from extract.model.training.network import Lower, Network, Upper

_OPSET = 17
_SMALL = 10_000  # numbers; smaller tables stay as they are


def export(network: Network, folder: Path, settings: Mapping[str, Any], int8: bool = True) -> None:
    """Write the graphs lower.onnx and upper.onnx, their matrices beside them as .npz, linker.npz
    and settings.json into a folder.

    ``int8``: weights as 8-bit numbers, a quarter of the size; else as they are.
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
    names = [f"{name}_out" if name in inputs else name for name in outputs]
    axes = {name: _axes(name) for name in inputs}
    axes |= {name: _axes(name.removesuffix("_out")) for name in names}
    torch.onnx.export(
        module,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=names,
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )
    model = onnx.load(str(path))
    np.savez(path.with_suffix(".npz"), **take_matrices(model.graph, int8))  # type: ignore[arg-type]
    onnx.save(model, str(path))


def take_matrices(graph: onnx.GraphProto, int8: bool) -> dict[str, NDArray[Any]]:
    """Take the matrices out of a graph, which keeps their names and shapes.

    As 8-bit numbers each has a scale a column, or a row for tables of embeddings. Sums stay in 32
    bits: rounding activations as well, as dynamic quantisation does, changes three tags in a
    hundred, because a few values of this encoder are far larger than the rest.
    """
    tables = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    found: dict[str, NDArray[Any]] = {}
    for item in graph.initializer:
        values = numpy_helper.to_array(item)
        if values.ndim != 2 or values.size < _SMALL:
            continue
        if int8:
            over = 1 if item.name in tables else 0
            scale = np.abs(values).max(axis=over, keepdims=True).clip(min=1e-8) / 127
            found[item.name] = np.round(values / scale).astype(np.int8)
            found[f"{item.name}{SCALE}"] = scale.astype(np.float32)
        else:
            found[item.name] = values
        item.ClearField("raw_data")
        item.ClearField("float_data")
        item.data_location = onnx.TensorProto.EXTERNAL
        place = item.external_data.add()
        place.key, place.value = "location", "matrices"
    return found


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
