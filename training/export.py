"""From the fitted network to the one file that ships: ONNX, int8."""

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from levelhead.listening.context import FEATURES, TURNS_BEFORE
from training.network import WIDTH, Network

NAMES_IN = ["ids", "mask", "types", "context", "marks", "features"]
NAMES_OUT = ["logits", "evidence", "vector"]


def export(net: Network, out: Path) -> None:
    """Write `out` (int8 weights, activations quantised as they come). The heads stay in float: they are small and decide."""
    net.eval()
    full = out.with_suffix(".fp32.onnx")
    ids = torch.ones(2, 7, dtype=torch.long)
    example = (
        ids,
        torch.ones_like(ids),
        torch.zeros_like(ids),
        torch.zeros(2, TURNS_BEFORE, WIDTH),
        torch.zeros(2, TURNS_BEFORE, 2),
        torch.zeros(2, FEATURES),
    )
    axes = {name: {0: "turns"} for name in (*NAMES_IN, *NAMES_OUT)}
    for name in ("ids", "mask", "types"):
        axes[name] = {0: "turns", 1: "tokens"}
    axes["evidence"] = {0: "turns", 2: "tokens"}
    torch.onnx.export(
        net,
        example,
        str(full),
        input_names=NAMES_IN,
        output_names=NAMES_OUT,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(full),
        str(out),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # processors without VNNI overflow otherwise
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=_heads_of(full),
    )
    full.unlink()


def _heads_of(path: Path) -> list[str]:
    import onnx

    return [node.name for node in onnx.load(str(path)).graph.node if node.name.startswith("/heads/")]
