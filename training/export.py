"""From trained weights to the files that ship: ONNX, static 8-bit integers, labels, checksums."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_dynamic, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from khabar.annotate import weights
from khabar.annotate.model import Newsmodel
from khabar.annotate.words import words
from khabar.records import digest
from training.network import Network
from training.windows import Window

FP32 = "encoder-fp32.onnx"
_INPUTS = ["ids", "case", "mask", "first"]
_OUTPUTS = ["tags", "arcs", "dependents", "governors", "names"]
_CALIBRATED = 320  # windows; 160 sentences were enough for the draft


def export(network: Network, labels: dict[str, list[str]], vocabulary: Path, windows: Sequence[Window], out: Path) -> None:
    """Write the shipped files to `out`, and the network in single precision beside them, to measure against."""
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 19000, (3, 20))
    mask = torch.ones(3, 20)
    mask[0, 15:] = 0
    first = torch.arange(17)[None].expand(3, -1).contiguous()
    axes = {name: {0: "passage", 1: "piece"} for name in _INPUTS[:3]} | {"first": {0: "passage", 1: "word"}}
    axes |= {name: {0: "passage", 1: "word"} for name in _OUTPUTS} | {"arcs": {0: "passage", 1: "word", 2: "governor"}}
    with torch.no_grad():
        torch.onnx.export(
            network, (ids, ids % 16, mask, first), str(out / FP32), input_names=_INPUTS, output_names=_OUTPUTS, dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
    _quantize(out / FP32, out / weights.ENCODER, windows)
    np.save(out / weights.RELATIONS, network.rel.detach().numpy().astype(np.float16))
    (out / weights.LABELS).write_text(json.dumps(labels, ensure_ascii=False, indent=0) + "\n", "utf-8")
    shutil.copyfile(vocabulary, out / weights.VOCABULARY)
    _canary(out)
    _sum(out)


def _canary(out: Path) -> None:
    """Keep the digest of what the shipped files say of some sentences, so that a machine that reads otherwise is found out."""
    lines = (Path(__file__).parent / "canary.txt").read_text("utf-8").splitlines()
    table = {"sentences": [[line[a:b] for a, b in words(line)] for line in lines], "answer": ""}
    (out / weights.CANARY).write_text(json.dumps(table, ensure_ascii=False) + "\n", "utf-8")
    _sum(out)
    table["answer"] = Newsmodel(out).answer()
    (out / weights.CANARY).write_text(json.dumps(table, ensure_ascii=False) + "\n", "utf-8")


def _sum(out: Path) -> None:
    sums = "".join(f"{digest((out / name).read_bytes())}  {name}\n" for name in weights.FILES)
    (out / weights.SUMS).write_text(sums, "utf-8")


class _Calibration(CalibrationDataReader):
    """Inputs from which the ranges of activations are taken."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self._left: Iterator[list[Window]] = iter([list(windows[at : at + 4]) for at in range(0, len(windows), 4)])

    def get_next(self) -> dict[str, Any] | None:
        batch = next(self._left, None)
        if batch is None:
            return None
        rows = {"ids": [w.numbers for w in batch], "case": [w.shapes for w in batch], "first": [w.first for w in batch]}
        found: dict[str, Any] = {}
        for name, values in rows.items():
            found[name] = np.zeros((len(batch), max(map(len, values))), np.int64)
            for row, value in zip(found[name], values, strict=True):
                row[: len(value)] = value
        found["mask"] = np.array([[float(k < len(v)) for k in range(found["ids"].shape[1])] for v in rows["ids"]], np.float32)
        return found


def _quantize(source: Path, target: Path, windows: Sequence[Window]) -> None:
    """Weights and activations of the constant matrix products statically, the embeddings' tables by themselves.

    Static, since dynamic ranges depend on the batch: the same words would be read differently in other company.
    """
    chosen = sorted(random.Random(1).sample(list(windows), min(_CALIBRATED, len(windows))), key=lambda w: len(w.numbers))
    with tempfile.TemporaryDirectory() as folder:
        prepared, static = str(Path(folder) / "prepared.onnx"), str(Path(folder) / "static.onnx")
        quant_pre_process(str(source), prepared, skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        constants = {tensor.name for tensor in graph.initializer}
        products = [n.name for n in graph.node if n.op_type in ("MatMul", "Gemm") and n.input[1] in constants]
        quantize_static(
            prepared, static, _Calibration(chosen), quant_format=QuantFormat.QDQ, op_types_to_quantize=["MatMul", "Gemm"],
            nodes_to_quantize=products, per_channel=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            extra_options={
                "MatMulConstBOnly": True, "QDQKeepRemovableActivations": False, "OpTypesToExcludeOutputQuantization": ["MatMul", "Gemm"],
            },
        )  # fmt: skip
        quantize_dynamic(static, str(target), weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
