"""The sentence encoder: text in, a vector of its meaning out."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

DIMENSIONS = 384
MAX_TOKENS = 128
BUILD_HINT = "Run 'make setup' to build the encoder again."


class EncoderError(RuntimeError):
    """The encoder's files are missing or are not the ones that were built."""


class SentenceEncoder:
    """all-MiniLM-L6-v2 in int8, as `scripts/build_encoder.py` wrote it.

    Args:
        folder: holds `model.onnx`, `tokenizer.json` and `manifest.json`.

    Raises:
        EncoderError: a file is missing, or its checksum differs from the manifest's.
    """

    def __init__(self, folder: Path) -> None:
        _check_files(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        # One message is too small to share between threads, and spinning threads starve the
        # other processes of a small machine.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector of length 1 a text: float32, len(texts) x 384.

        Texts beyond 128 tokens are cut. The texts are encoded one by one: in a batch, int8
        rounding would make the vector of a text depend on what it is encoded with.
        """
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            tokens = self._tokenizer.encode(text)
            inputs = {"input_ids": [tokens.ids], "attention_mask": [tokens.attention_mask]}
            vectors[row] = self._session.run(["embedding"], inputs)[0][0]
        return vectors


def _check_files(folder: Path) -> None:
    manifest_file = folder / "manifest.json"
    if not manifest_file.exists():
        raise EncoderError(f"There is no sentence encoder in {folder}. {BUILD_HINT}")
    for name, expected in json.loads(manifest_file.read_text())["files"].items():
        path = folder / name
        if not path.exists():
            raise EncoderError(f"{path} is missing. {BUILD_HINT}")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise EncoderError(f"{path} is damaged: its checksum is wrong. {BUILD_HINT}")
