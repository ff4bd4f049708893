"""The model behind the classifier: which topic is a message about, and how sure is that?

One linear model over all labels, so that the questions (`faq/...`), the tasks, the safety
intents and small talk compete on one scale. No Rasa in here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

SHARPEST = 50.0


@dataclass(frozen=True)
class TopicModelOptions:
    """How the model is trained.

    Character n-grams of `min_ngram` to `max_ngram` letters, within words, count when at least
    `min_examples` examples have them. `inverse_regularization` is the machine's C.
    """

    min_ngram: int = 2
    max_ngram: int = 4
    min_examples: int = 3
    inverse_regularization: float = 0.5
    calibration_folds: int = 3


class TopicModel:
    """A linear support vector machine on sentence embeddings and character n-grams.

    The n-grams catch spelling, names and short messages; the embeddings catch the meaning. The
    margins become probabilities by a softmax whose sharpness was fitted on held-out folds.
    """

    def __init__(
        self,
        ngrams: TfidfVectorizer,
        labels: list[str],
        coefficients: np.ndarray,
        intercept: np.ndarray,
        sharpness: float,
    ) -> None:
        self._ngrams = ngrams
        self._labels = labels
        self._coefficients = coefficients
        self._intercept = intercept
        self._sharpness = sharpness

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        embeddings: np.ndarray,
        labels: Sequence[str],
        options: TopicModelOptions,
    ) -> TopicModel:
        """Fit the model: one embedding (row) and one label a text, three labels or more.

        The same input gives the same model.
        """
        ngrams = _vectorizer(options)
        ngrams.fit(texts)
        features, truth = _features(ngrams, texts, embeddings), np.array(labels)
        machine = _machine(options).fit(features, truth)
        return cls(
            ngrams,
            [str(label) for label in machine.classes_],
            machine.coef_.T.astype(np.float32),
            machine.intercept_.astype(np.float32),
            _fit_sharpness(features, truth, options),
        )

    def rank(
        self, texts: Sequence[str], embeddings: np.ndarray, length: int
    ) -> list[list[tuple[str, float]]]:
        """For each text the `length` likeliest labels with their probability, best first."""
        features = _features(self._ngrams, texts, embeddings)
        scores = features @ self._coefficients + self._intercept
        probabilities = softmax(scores * self._sharpness, axis=1)
        best = np.argsort(-probabilities, axis=1, kind="stable")[:, :length]
        return [
            [(self._labels[i], float(row[i])) for i in order]
            for row, order in zip(probabilities, best, strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        np.savez(
            folder / "weights.npz",
            coefficients=self._coefficients,
            intercept=self._intercept,
            inverse_frequency=self._ngrams.idf_.astype(np.float32),
        )
        description = {
            "labels": self._labels,
            "sharpness": self._sharpness,
            "ngram_range": list(self._ngrams.ngram_range),
            "ngrams": self._ngrams.get_feature_names_out().tolist(),
        }
        (folder / "model.json").write_text(json.dumps(description))

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what `save` wrote."""
        description = json.loads((folder / "model.json").read_text())
        weights = np.load(folder / "weights.npz")
        ngrams = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=tuple(description["ngram_range"]),
            sublinear_tf=True,
            dtype=np.float32,
            vocabulary=description["ngrams"],
        )
        ngrams.idf_ = weights["inverse_frequency"]
        return cls(
            ngrams,
            description["labels"],
            weights["coefficients"],
            weights["intercept"],
            description["sharpness"],
        )


def _vectorizer(options: TopicModelOptions) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(options.min_ngram, options.max_ngram),
        min_df=options.min_examples,
        sublinear_tf=True,
        dtype=np.float32,
    )


def _machine(options: TopicModelOptions) -> LinearSVC:
    return LinearSVC(C=options.inverse_regularization, random_state=0)


def _features(
    ngrams: TfidfVectorizer, texts: Sequence[str], embeddings: np.ndarray
) -> scipy.sparse.csr_matrix:
    return scipy.sparse.hstack([ngrams.transform(texts), embeddings], format="csr")


def _fit_sharpness(
    features: scipy.sparse.csr_matrix, labels: np.ndarray, options: TopicModelOptions
) -> float:
    """Find the factor on the margins that makes the true labels of unseen texts likeliest."""
    folds = StratifiedKFold(options.calibration_folds, shuffle=True, random_state=0)
    margins, truth = [], []
    for seen, unseen in folds.split(features, labels):
        machine = _machine(options).fit(features[seen], labels[seen])
        margins.append(machine.decision_function(features[unseen]))
        truth.append(np.searchsorted(machine.classes_, labels[unseen]))
    scores, target = np.vstack(margins), np.concatenate(truth)

    def surprise(sharpness: float) -> float:
        scaled = scores * sharpness
        likelihood = scaled[np.arange(len(target)), target] - logsumexp(scaled, axis=1)
        return float(-likelihood.mean())

    return float(minimize_scalar(surprise, bounds=(0.1, SHARPEST), method="bounded").x)
