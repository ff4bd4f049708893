"""The second of two detectors: what danger does a text report, if any? Learned from examples.

No Rasa in here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from nlu.ngrams import Ngrams, vectorizer

HARMLESS = "harmless"
LETTERS, WORDS = ("char_wb", (2, 4), 3), ("word", (1, 3), 3)
INVERSE_REGULARIZATION = 10.0


class DangerModel:
    """A logistic regression on letters, words and sentence embeddings.

    The words carry what an embedding blurs: "no chest pain" and "chest pain", "what is a stroke"
    and "it is a stroke".
    """

    def __init__(
        self, letters: Ngrams, words: Ngrams, labels: Sequence[str], weights: np.ndarray
    ) -> None:
        """`weights`: features (letters, words, embedding, 1) x labels."""
        self._letters = letters
        self._words = words
        self._labels = list(labels)
        self._weights = weights
        self._words_begin = len(letters)
        self._embedding_begins = len(letters) + len(words)

    @classmethod
    def train(
        cls, texts: Sequence[str], embeddings: np.ndarray, labels: Sequence[str]
    ) -> DangerModel:
        """Fit the model: one embedding (row) and one label a text. Same input, same model."""
        fitted = [vectorizer(*options).fit(texts) for options in (LETTERS, WORDS)]
        features = scipy.sparse.hstack(
            [*(each.transform(texts) for each in fitted), embeddings], format="csr"
        )
        # The dual, loosely: a fraction of the time, and probabilities that differ by 0.001 at most.
        machine = LogisticRegression(
            C=INVERSE_REGULARIZATION, solver="liblinear", dual=True, tol=0.01, random_state=0
        ).fit(features, labels)
        weights = np.vstack([machine.coef_.T, machine.intercept_]).astype(np.float32)
        letters, words = map(Ngrams.of, fitted)
        return cls(letters, words, [str(label) for label in machine.classes_], weights)

    def probabilities(self, text: str, embedding: np.ndarray) -> dict[str, float]:
        """The probability of each label, `HARMLESS` among them; together 1."""
        scores = (
            self._letters.product(text, self._weights)
            + self._words.product(text, self._weights[self._words_begin :])
            + embedding @ self._weights[self._embedding_begins : -1]
            + self._weights[-1]
        )
        likely = expit(scores)
        return dict(zip(self._labels, map(float, likely / likely.sum()), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        np.savez(
            folder / "dangers.npz",
            weights=self._weights,
            letters=self._letters.rarity,
            words=self._words.rarity,
        )
        description = {
            "labels": self._labels,
            "letters": self._letters.ngrams,
            "words": self._words.ngrams,
        }
        (folder / "dangers.json").write_text(json.dumps(description))

    @classmethod
    def load(cls, folder: Path) -> DangerModel:
        """Read what `save` wrote."""
        description = json.loads((folder / "dangers.json").read_text())
        arrays = np.load(folder / "dangers.npz")
        letters = Ngrams(LETTERS[0], description["letters"], arrays["letters"], LETTERS[1])
        words = Ngrams(WORDS[0], description["words"], arrays["words"], WORDS[1])
        return cls(letters, words, description["labels"], arrays["weights"])
