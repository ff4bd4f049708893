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
        ngrams: TfidfVectorizer,
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
        ngrams = _vectorizer(options)
        ngrams.fit(texts)
        features, truth = _features(ngrams, texts, embeddings), np.array(labels)
        machine = _machine(options).fit(features, truth)
        return cls(
            ngrams,
            [str(label) for label in machine.classes_],
            machine.coef_.T.astype(np.float32),
            machine.intercept_.astype(np.float32),
            NearestExamples.of(embeddings, truth),
            options.nearest_weight,
            _fit_sharpness(features, embeddings, truth, options),
        )

    def log_probabilities(self, texts: Sequence[str], embeddings: np.ndarray) -> np.ndarray:
        """Natural logarithms of the probabilities: len(texts) x len(labels)."""
        ngrams = self._ngrams.transform(texts)
        of_ngrams, of_embeddings = np.split(self._coefficients, [ngrams.shape[1]])
        margins = ngrams @ of_ngrams + embeddings @ of_embeddings + self._intercept
        scores = margins + self._nearest_weight * self._nearest.similarities(embeddings)
        return np.asarray(log_softmax(scores * self._sharpness, axis=1))

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        np.savez(
            folder / "weights.npz",
            coefficients=self._coefficients,
            intercept=self._intercept,
            inverse_frequency=self._ngrams.idf_.astype(np.float32),
            examples=self._nearest.embeddings.astype(np.float16),
            first_of_label=self._nearest.first_of_label,
        )
        description = {
            "labels": self._labels,
            "sharpness": self._sharpness,
            "nearest_weight": self._nearest_weight,
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
            NearestExamples(weights["examples"].astype(np.float32), weights["first_of_label"]),
            description["nearest_weight"],
            description["sharpness"],
        )


class NearestExamples:
    """The embeddings of all examples, label by label.

    Args:
        embeddings: one row of length 1 an example, float32, sorted by label.
        first_of_label: for each label the row where its examples begin, ascending.
    """

    def __init__(self, embeddings: np.ndarray, first_of_label: np.ndarray) -> None:
        self.embeddings = embeddings
        self.first_of_label = first_of_label

    @classmethod
    def of(cls, embeddings: np.ndarray, labels: np.ndarray) -> NearestExamples:
        """Sort the examples; the columns of `similarities` are the sorted distinct labels."""
        order = np.argsort(labels, kind="stable")
        _, first = np.unique(labels[order], return_index=True)
        # Half precision, as it is saved: a loaded model gives the same answers.
        return cls(embeddings[order].astype(np.float16).astype(np.float32), first)

    def similarities(self, embeddings: np.ndarray) -> np.ndarray:
        """Cosine of each row to the nearest example of each label: len(embeddings) x labels."""
        cosines = embeddings @ self.embeddings.T
        return np.asarray(np.maximum.reduceat(cosines, self.first_of_label, axis=1))


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
