"""How close is a text to the nearest example of each label?

The most expensive step of understanding when done in floating point: some ten thousand examples of
384 numbers are read for every text. As 8-bit integers they fit into the processor's cache.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

# 7 bits, as in the encoder: without VNNI instructions 8-bit products overflow, and two machines
# would understand the same sentence differently.
EXAMPLE_LEVELS = 63
TEXT_LEVELS = 127
TEXT_ZERO = 128
GRAPH_FILE = "nearest.onnx"
LABELS_FILE = "nearest.npz"


class NearestExamples:
    """The embeddings of all examples, label by label, in small integers.

    Args:
        graph: an ONNX model that multiplies texts (`text`: uint8) with the examples.
        step: what one level of an example's integers stands for.
        first_of_label: for each label the row where its examples begin, ascending.
    """

    def __init__(self, graph: bytes, step: float, first_of_label: np.ndarray) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._graph = graph
        self._step = step
        self._first_of_label = first_of_label
        self._session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    @classmethod
    def of(cls, embeddings: np.ndarray, labels: np.ndarray) -> NearestExamples:
        """Sort the examples; the columns of `similarities` are the sorted distinct labels."""
        order = np.argsort(labels, kind="stable")
        _, first = np.unique(labels[order], return_index=True)
        step = float(np.abs(embeddings).max()) / EXAMPLE_LEVELS
        levels = np.round(embeddings[order] / step).astype(np.int8)
        return cls(_product_graph(levels.T.copy()), step, first)

    def similarities(self, embeddings: np.ndarray) -> np.ndarray:
        """Cosine of each row to the nearest example of each label: len(embeddings) x labels."""
        steps = np.abs(embeddings).max(axis=1, keepdims=True) / TEXT_LEVELS
        levels = (np.round(embeddings / steps) + TEXT_ZERO).astype(np.uint8)
        (products,) = self._session.run(None, {"text": levels})
        nearest = np.maximum.reduceat(products, self._first_of_label, axis=1)
        return np.asarray(nearest * (steps * self._step), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the examples to files in `folder`, without pickle."""
        (folder / GRAPH_FILE).write_bytes(self._graph)
        np.savez(folder / LABELS_FILE, step=self._step, first_of_label=self._first_of_label)

    @classmethod
    def load(cls, folder: Path) -> NearestExamples:
        """Read what `save` wrote."""
        arrays = np.load(folder / LABELS_FILE)
        graph = (folder / GRAPH_FILE).read_bytes()
        return cls(graph, float(arrays["step"]), arrays["first_of_label"])


def _product_graph(examples: np.ndarray) -> bytes:
    """The product of texts (rows x dimensions) with `examples` (dimensions x examples)."""
    # Needed in training only; importing it would slow down every start.
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["text", "examples", "zero"], ["products"])],
        "nearest",
        [helper.make_tensor_value_info("text", TensorProto.UINT8, [None, examples.shape[0]])],
        [helper.make_tensor_value_info("products", TensorProto.INT32, [None, examples.shape[1]])],
        [
            numpy_helper.from_array(examples, "examples"),
            numpy_helper.from_array(np.array(TEXT_ZERO, np.uint8), "zero"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return bytes(model.SerializeToString())
