"""The second of two detectors: what danger does a text report, if any? Learned from examples.

No Rasa in here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.special import expit

from nlu.text_model import TextModel, TextModelOptions

HARMLESS = "harmless"
OPTIONS = TextModelOptions(letters=(2, 4), words=(1, 3), least=(3, 3), inverse_regularization=10.0)
NAME = "dangers"


class DangerModel:
    """Of the dangers, and of being harmless, exactly one holds for a text."""

    def __init__(self, model: TextModel) -> None:
        self._model = model

    @classmethod
    def train(
        cls, texts: Sequence[str], embeddings: np.ndarray, labels: Sequence[str]
    ) -> DangerModel:
        """Fit the model: one embedding (row) and one label a text. Same input, same model."""
        return cls(TextModel.train(texts, embeddings, [frozenset([x]) for x in labels], OPTIONS))

    def probabilities(self, text: str, embedding: np.ndarray) -> dict[str, float]:
        """The probability of each label, `HARMLESS` among them; together 1."""
        likely = expit(self._model.scores(text, {0: embedding}))
        return dict(zip(self._model.labels, map(float, likely / likely.sum()), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        self._model.save(folder, NAME)

    @classmethod
    def load(cls, folder: Path) -> DangerModel:
        """Read what `save` wrote."""
        return cls(TextModel.load(folder, NAME))
