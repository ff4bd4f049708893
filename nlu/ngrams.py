"""Letters of a text as features: the same numbers as scikit-learn's, without its overhead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


class Ngrams:
    """Character n-grams within words: logarithm of the count, times rarity, scaled to length 1.

    What a fitted `TfidfVectorizer(analyzer="char_wb", sublinear_tf=True)` computes. That one is
    made for many texts at once; for one text most of its time goes into checks and matrices.

    Args:
        ngrams: the known n-grams, in the order of the features.
        rarity: the inverse document frequency of each.
        lengths: the shortest and the longest n-gram, in letters.
    """

    def __init__(self, ngrams: Sequence[str], rarity: np.ndarray, lengths: tuple[int, int]) -> None:
        self.ngrams = list(ngrams)
        self.rarity = rarity.astype(np.float32)
        self.lengths = lengths
        self._index = {ngram: i for i, ngram in enumerate(self.ngrams)}
        self._split = TfidfVectorizer(analyzer="char_wb", ngram_range=lengths).build_analyzer()

    @classmethod
    def of(cls, fitted: TfidfVectorizer) -> Ngrams:
        """Take over what scikit-learn has learned."""
        return cls(fitted.get_feature_names_out().tolist(), fitted.idf_, fitted.ngram_range)

    def product(self, text: str, coefficients: np.ndarray) -> np.ndarray:
        """The features of a text times the first rows of `coefficients` (features x labels)."""
        known = [self._index[ngram] for ngram in self._split(text) if ngram in self._index]
        counts = Counter(known)
        rows = np.fromiter(counts.keys(), np.intp, len(counts))
        values = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
        values *= self.rarity[rows]
        length = np.linalg.norm(values)
        return np.asarray((values / length if length else values) @ coefficients[rows])
