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
from scipy.special import log_softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlu.nearest import NearestExamples
from nlu.ngrams import Ngrams, vectorizer

SHARPEST = 10.0


@dataclass(frozen=True)
class TopicModelOptions:
    """How the model is trained.

    Character n-grams of `min_ngram` to `max_ngram` letters, within words, count when at least
    `min_examples` examples have them. `inverse_regularization` is the machine's C.
    `nearest_weight` is what the nearest example of a label counts against the machine's margin.
    """

    min_ngram: int = 2
    max_ngram: int = 4
    min_examples: int = 3
    inverse_regularization: float = 0.5
    nearest_weight: float = 2.0
    calibration_folds: int = 3


class TopicModel:
    """A linear support vector machine on sentence embeddings and character n-grams.

    The n-grams catch spelling, names and short messages; the embeddings catch the meaning. To the
    margin of a label comes the similarity of its nearest example. The sums become probabilities by
    a softmax whose sharpness was fitted on held-out folds.
    """

    def __init__(
        self,
        ngrams: Ngrams,
        labels: list[str],
        coefficients: np.ndarray,
        intercept: np.ndarray,
        nearest: NearestExamples,
        nearest_weight: float,
        sharpness: float,
    ) -> None:
        self._ngrams = ngrams
        self._labels = labels
        self._coefficients = coefficients
        self._intercept = intercept
        self._nearest = nearest
        self._nearest_weight = nearest_weight
        self._sharpness = sharpness

    @property
    def labels(self) -> list[str]:
        """All labels, in the order of the columns of `log_probabilities`."""
        return self._labels

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
        ngrams = vectorizer(
            "char_wb", (options.min_ngram, options.max_ngram), options.min_examples
        ).fit(texts)
        features, truth = _features(ngrams, texts, embeddings), np.array(labels)
        machine = _machine(options).fit(features, truth)
        return cls(
            Ngrams.of(ngrams),
            [str(label) for label in machine.classes_],
            machine.coef_.T.astype(np.float32),
            machine.intercept_.astype(np.float32),
            NearestExamples.of(embeddings, truth),
            options.nearest_weight,
            _fit_sharpness(features, embeddings, truth, options),
        )

    def log_probabilities(self, texts: Sequence[str], embeddings: np.ndarray) -> np.ndarray:
        """Natural logarithms of the probabilities: len(texts) x len(labels)."""
        of_ngrams = np.stack([self._ngrams.product(text, self._coefficients) for text in texts])
        of_embeddings = embeddings @ self._coefficients[-embeddings.shape[1] :]
        margins = of_ngrams + of_embeddings + self._intercept
        scores = margins + self._nearest_weight * self._nearest.similarities(embeddings)
        return np.asarray(log_softmax(scores * self._sharpness, axis=1))

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        np.savez(
            folder / "weights.npz",
            coefficients=self._coefficients,
            intercept=self._intercept,
            rarity=self._ngrams.rarity,
        )
        self._nearest.save(folder)
        description = {
            "labels": self._labels,
            "sharpness": self._sharpness,
            "nearest_weight": self._nearest_weight,
            "ngram_lengths": self._ngrams.lengths,
            "ngrams": self._ngrams.ngrams,
        }
        (folder / "model.json").write_text(json.dumps(description))

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what `save` wrote."""
        description = json.loads((folder / "model.json").read_text())
        weights = np.load(folder / "weights.npz")
        low, high = description["ngram_lengths"]
        ngrams = Ngrams("char_wb", description["ngrams"], weights["rarity"], (low, high))
        return cls(
            ngrams,
            description["labels"],
            weights["coefficients"],
            weights["intercept"],
            NearestExamples.load(folder),
            description["nearest_weight"],
            description["sharpness"],
        )


def _machine(options: TopicModelOptions) -> LinearSVC:
    return LinearSVC(C=options.inverse_regularization, random_state=0)


def _features(
    ngrams: TfidfVectorizer, texts: Sequence[str], embeddings: np.ndarray
) -> scipy.sparse.csr_matrix:
    return scipy.sparse.hstack([ngrams.transform(texts), embeddings], format="csr")


def _fit_sharpness(
    features: scipy.sparse.csr_matrix,
    embeddings: np.ndarray,
    labels: np.ndarray,
    options: TopicModelOptions,
) -> float:
    """Find the factor on the scores that makes the true labels of unseen texts likeliest."""
    folds = StratifiedKFold(options.calibration_folds, shuffle=True, random_state=0)
    held_out, truth = [], []
    for seen, unseen in folds.split(features, labels):
        machine = _machine(options).fit(features[seen], labels[seen])
        nearest = NearestExamples.of(embeddings[seen], labels[seen])
        held_out.append(
            machine.decision_function(features[unseen])
            + options.nearest_weight * nearest.similarities(embeddings[unseen])
        )
        truth.append(np.searchsorted(machine.classes_, labels[unseen]))
    scores, target = np.vstack(held_out), np.concatenate(truth)

    def surprise(sharpness: float) -> float:
        likelihood = log_softmax(scores * sharpness, axis=1)[np.arange(len(target)), target]
        return float(-likelihood.mean())

    return float(minimize_scalar(surprise, bounds=(0.1, SHARPEST), method="bounded").x)
