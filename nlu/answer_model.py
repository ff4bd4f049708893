"""What does a statement mean as the answer to a question: yes, no, unsure? Learned from examples.

"They fitted one in 2011" holds no yes, and "who would push me" no no. No Rasa in here.
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

LETTERS, WORDS = ("char_wb", (2, 4), 2), ("word", (1, 2), 1)
INVERSE_REGULARIZATION = 4.0


class AnswerModel:
    """A logistic regression on letters, words and embeddings, shared by all questions and, once
    more, of each question alone: "nobody made me" is a yes to one and a no to another."""

    def __init__(
        self,
        letters: Ngrams,
        words: Ngrams,
        questions: Sequence[str],
        meanings: Sequence[str],
        weights: np.ndarray,
    ) -> None:
        """`weights`: features (letters, words, embedding, embedding and 1 by question) x meanings.

        The last row is for what is the same for all.
        """
        self._letters = letters
        self._words = words
        self._questions = {question: place for place, question in enumerate(questions)}
        self._meanings = list(meanings)
        self._weights = weights

    @classmethod
    def train(
        cls,
        questions: Sequence[str],
        texts: Sequence[str],
        embeddings: np.ndarray,
        meanings: Sequence[str],
    ) -> AnswerModel:
        """Fit the model: a question, an embedding (row) and a meaning a text."""
        fitted = [vectorizer(*options).fit(texts) for options in (LETTERS, WORDS)]
        known = sorted(set(questions))
        size = embeddings.shape[1] + 1
        own = np.zeros((len(texts), len(known) * size), dtype=np.float32)
        for row, question in enumerate(questions):
            begin = known.index(question) * size
            own[row, begin : begin + size] = np.append(embeddings[row], 1.0)
        features = scipy.sparse.hstack(
            [*(each.transform(texts) for each in fitted), embeddings, own], format="csr"
        )
        machine = LogisticRegression(
            C=INVERSE_REGULARIZATION, solver="liblinear", random_state=0
        ).fit(features, meanings)
        weights = np.vstack([machine.coef_.T, machine.intercept_]).astype(np.float32)
        letters, words = map(Ngrams.of, fitted)
        return cls(letters, words, known, [str(m) for m in machine.classes_], weights)

    def probabilities(self, question: str, text: str, embedding: np.ndarray) -> dict[str, float]:
        """The probability of each meaning, together 1; empty for a question never trained on."""
        place = self._questions.get(question)
        if place is None:
            return {}
        words_begin = len(self._letters)
        shared = words_begin + len(self._words)
        own = shared + len(embedding) * (place + 1) + place
        scores = (
            self._letters.product(text, self._weights)
            + self._words.product(text, self._weights[words_begin:])
            + embedding @ self._weights[shared : shared + len(embedding)]
            + embedding @ self._weights[own : own + len(embedding)]
            + self._weights[own + len(embedding)]
            + self._weights[-1]
        )
        likely = expit(scores)
        return dict(zip(self._meanings, map(float, likely / likely.sum()), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model to files in `folder`, without pickle."""
        np.savez(
            folder / "answers.npz",
            weights=self._weights,
            letters=self._letters.rarity,
            words=self._words.rarity,
        )
        description = {
            "questions": list(self._questions),
            "meanings": self._meanings,
            "letters": self._letters.ngrams,
            "words": self._words.ngrams,
        }
        (folder / "answers.json").write_text(json.dumps(description))

    @classmethod
    def load(cls, folder: Path) -> AnswerModel:
        """Read what `save` wrote."""
        description = json.loads((folder / "answers.json").read_text())
        arrays = np.load(folder / "answers.npz")
        letters = Ngrams(LETTERS[0], description["letters"], arrays["letters"], LETTERS[1])
        words = Ngrams(WORDS[0], description["words"], arrays["words"], WORDS[1])
        return cls(
            letters, words, description["questions"], description["meanings"], arrays["weights"]
        )
