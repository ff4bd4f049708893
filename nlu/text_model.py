"""A linear model of what a text tells: its letters, its words, and its embedding.

The words carry what an embedding blurs: "no chest pain" and "chest pain". No Rasa in here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from nlu.ngrams import Ngrams, vectorizer

LETTERS, WORDS = "char_wb", "word"


@dataclass(frozen=True)
class TextModelOptions:
    """What a model looks at, and how closely it may follow its examples.

    Attributes:
        letters, words: shortest and longest n-gram, in letters or words.
        least: in how many examples an n-gram of letters, or of words, has to occur.
        inverse_regularization: C of the logistic regression.
    """

    letters: tuple[int, int]
    words: tuple[int, int]
    least: tuple[int, int]
    inverse_regularization: float


class TextModel:
    """One logistic regression a label; a text may have several labels.

    Args:
        letters, words: the n-grams.
        labels: the names of the columns of `weights`.
        weights: features (letters, words, dense ones, 1) x labels.
    """

    def __init__(
        self, letters: Ngrams, words: Ngrams, labels: Sequence[str], weights: np.ndarray
    ) -> None:
        self._letters = letters
        self._words = words
        self.labels = list(labels)
        self._weights = weights
        self._words_begin = len(letters)
        self._dense_begins = len(letters) + len(words)

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        dense: np.ndarray | scipy.sparse.csr_matrix,
        labels: Sequence[frozenset[str]],
        options: TextModelOptions,
    ) -> TextModel:
        """Fit the model: a row of dense features and a set of labels a text.

        The same input gives the same model.
        """
        fitted = [
            vectorizer(kind, lengths, least).fit(texts)
            for kind, lengths, least in zip(
                (LETTERS, WORDS), (options.letters, options.words), options.least, strict=True
            )
        ]
        features = scipy.sparse.hstack(
            [*(each.transform(texts) for each in fitted), dense], format="csr"
        )
        known = sorted(frozenset().union(*labels))
        # The dual, loosely: a fraction of the time, and probabilities that differ by 0.001 at most.
        machine = LogisticRegression(
            C=options.inverse_regularization, solver="liblinear", dual=True, tol=0.01,
            random_state=0,
        )  # fmt: skip
        columns = []
        for label in known:
            machine.fit(features, [label in each for each in labels])
            columns.append(np.append(machine.coef_, machine.intercept_))
        weights = np.stack(columns, axis=1).astype(np.float32)
        letters, words = map(Ngrams.of, fitted)
        return cls(letters, words, known, weights)

    def scores(self, text: str, dense: Mapping[int, np.ndarray]) -> np.ndarray:
        """The logit of each label, for itself, in the order of `labels`.

        Args:
            text: as the texts were when the model was trained.
            dense: the dense features that are not 0: where a run of them begins, and the run.
        """
        scores = (
            self._letters.product(text, self._weights)
            + self._words.product(text, self._weights[self._words_begin :])
            + self._weights[-1]
        )
        for place, run in dense.items():
            begin = self._dense_begins + place
            scores = scores + run @ self._weights[begin : begin + len(run)]
        return np.asarray(scores)

    def save(self, folder: Path, name: str) -> None:
        """Write the model to two files in `folder`, without pickle."""
        np.savez(
            folder / f"{name}.npz",
            weights=self._weights,
            letters=self._letters.rarity,
            words=self._words.rarity,
        )
        description = {
            "labels": self.labels,
            "letters": [self._letters.ngrams, self._letters.lengths],
            "words": [self._words.ngrams, self._words.lengths],
        }
        (folder / f"{name}.json").write_text(json.dumps(description))

    @classmethod
    def load(cls, folder: Path, name: str) -> TextModel:
        """Read what `save` wrote."""
        description = json.loads((folder / f"{name}.json").read_text())
        arrays = np.load(folder / f"{name}.npz")
        letters, words = (
            Ngrams(kind, ngrams, arrays[key], (lengths[0], lengths[1]))
            for kind, key in ((LETTERS, "letters"), (WORDS, "words"))
            for ngrams, lengths in [description[key]]
        )
        return cls(letters, words, description["labels"], arrays["weights"])
